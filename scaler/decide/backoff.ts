import type { Backoff, Capacity, DimensionState } from "../types";
import { isoTime } from "./words";

const minute = 60_000;
const firstMinutes = 10;
const longestMinutes = 60;
/** A failure that lies further back than this, counted from the end of its back-off, says nothing of the next one. */
const fadeMinutes = 60;

export type Direction = "out" | "in";

export function directionOf(from: Capacity, to: Capacity): Direction {
  return to > from ? "out" : "in";
}

/** True for the failed capacity and everything beyond it. */
export function covers(backoff: Backoff, direction: Direction, capacity: Capacity): boolean {
  return direction === "out" ? capacity >= backoff.to : capacity <= backoff.to;
}

/** What is to be remembered of failures: those that have faded are dropped. */
export function freshBackoff({ backoff }: DimensionState, now: number): DimensionState["backoff"] {
  const fresh = (one: Backoff | undefined) => (one && now - one.until < fadeMinutes * minute ? one : undefined);
  const [out, scaleIn] = [fresh(backoff?.out), fresh(backoff?.in)];
  return out || scaleIn ? { out, in: scaleIn } : undefined;
}

/** The back-off after one more failure in this direction: 10, 20, 40, at most 60 minutes, for the nearest of what failed. */
export function nextBackoff(
  before: Backoff | undefined,
  direction: Direction,
  to: Capacity,
  now: number,
  reason: string,
): Backoff {
  const minutes = before ? Math.min(longestMinutes, 2 * before.minutes) : firstMinutes;
  const nearest = before ? (direction === "out" ? Math.min(to, before.to) : Math.max(to, before.to)) : to;
  return { to: nearest, minutes, until: now + minutes * minute, reason };
}

/** A success up to `to` ends the back-off that covers it. */
export function withoutBackoff(state: DimensionState, { from, to }: { from: Capacity; to: Capacity }): DimensionState["backoff"] {
  const direction = directionOf(from, to);
  const { backoff } = state;
  const one = backoff?.[direction];
  return one && covers(one, direction, to) ? { ...backoff, [direction]: undefined } : backoff;
}

/** The back-off that still refuses to go from `actual` to `capacity`, if there is one. */
export function activeBackoff(state: DimensionState, actual: Capacity, capacity: Capacity, now: number): Backoff | undefined {
  if (capacity === actual) return undefined;
  const direction = directionOf(actual, capacity);
  const backoff = state.backoff?.[direction];
  return backoff && now < backoff.until && covers(backoff, direction, capacity) ? backoff : undefined;
}

/** The back-off of either direction that lasts longest. */
export function anyBackoff(state: DimensionState, now: number): Backoff | undefined {
  const active = [state.backoff?.out, state.backoff?.in].filter((one) => one !== undefined && now < one.until);
  return active.sort((a, b) => (b?.until ?? 0) - (a?.until ?? 0))[0];
}

/** Why a capacity is refused at the moment, or undefined. */
export function refusedFor(state: DimensionState, actual: Capacity, capacity: Capacity, now: number): string | undefined {
  const backoff = activeBackoff(state, actual, capacity, now);
  return backoff && backoffWords(backoff);
}

export function backoffWords({ until, reason }: Backoff): string {
  return `not tried before ${isoTime(until)}: ${reason}`;
}
