import { activeBackoff, clamp, covers, patienceMinutes } from "./desired";
import type { Direction } from "./desired";
import { writtenBytes } from "../aws/parse";
import { isoTime } from "./time";
import type { Backoff, Capacity, DimensionState, Look, Note } from "../types";

const minute = 60_000;
const firstBackoffMinutes = 10;
const longestBackoffMinutes = 60;
/** A failure that lies further back than this, counted from the end of its back-off, says nothing of the next one. */
const fadeMinutes = 60;
/** A failed update has cost a restart, and the one after it would cost the next. */
const restMinutes = 10;
/** Minutes from the first, second, ... call that began nothing to the next one. */
const attemptPauses = [1, 3, 9] as const;

/** SSM's standard parameters hold 4 KB: reasons are cut so that the state always fits. Bytes as written. */
const reasonBytes = 300;

export function shortened(reason: string): string {
  if (writtenBytes(reason) <= reasonBytes) return reason;
  let end = Math.min(reason.length, reasonBytes);
  while (writtenBytes(reason.slice(0, end)) > reasonBytes - 3) end--;
  return `${reason.slice(0, end)}...`;
}

/** What is to be remembered of failures: those that have faded are dropped. */
export function freshBackoff({ backoff }: DimensionState, now: number): DimensionState["backoff"] {
  const fresh = (one: Backoff | undefined) => (one && now - one.until < fadeMinutes * minute ? one : undefined);
  const [out, scaleIn] = [fresh(backoff?.out), fresh(backoff?.in)];
  return out || scaleIn ? { out, in: scaleIn } : undefined;
}

/** A success up to `to` ends the back-off that covers it. */
export function withoutBackoff(state: DimensionState, { from, to }: { from: Capacity; to: Capacity }): DimensionState["backoff"] {
  const direction = directionOf(from, to);
  const { backoff } = state;
  const one = backoff?.[direction];
  return one && covers(one, direction, to) ? { ...backoff, [direction]: undefined } : backoff;
}

function directionOf(from: Capacity, to: Capacity): Direction {
  return to > from ? "out" : "in";
}

/** An update that failed or was refused. */
export interface FailedUpdate {
  from: Capacity;
  to: Capacity;
  reason: string;
  /** It restarted the application. */
  restarted: boolean;
}

/**
 * An update of ours failed or was refused: the same or more is answered Failed without a call for 10, 20, 40, at most 60 minutes.
 * Where that covers what is desired, desired becomes actual. An application that was restarted rests, whatever is asked for.
 */
export function afterFailure(
  look: Look,
  state: DimensionState,
  desired: Capacity,
  actual: Capacity,
  { from, to, reason, restarted }: FailedUpdate,
): { state: DimensionState; note: Note } {
  const direction = directionOf(from, to);
  const backoff = freshBackoff(state, look.now);
  const before = backoff?.[direction];
  const minutes = before ? Math.min(longestBackoffMinutes, 2 * before.minutes) : firstBackoffMinutes;
  const words = shortened(reason);
  const nearest = before ? (direction === "out" ? Math.min(to, before.to) : Math.max(to, before.to)) : to;
  const failed: Backoff = { to: nearest, minutes, until: look.now + minutes * minute, reason: words };
  const next: DimensionState = {
    ...state,
    change: undefined,
    blocked: undefined,
    attempts: undefined,
    backoff: { ...backoff, [direction]: failed },
    restUntil: restarted ? look.now + restMinutes * minute : state.restUntil,
  };
  if ((directionOf(actual, desired) === direction && covers(failed, direction, desired)) || state.plan) {
    next.settled = { desired: clamp(look.config, actual), of: look.key, at: look.now, reason: words, failed: true };
  }
  return { state: next, note: { action: "failed", reason: `${words}; the same or more is refused for ${minutes} minutes` } };
}

/** Why a capacity is refused at the moment, or undefined. */
export function refusedFor(state: DimensionState, actual: Capacity, capacity: Capacity, now: number): string | undefined {
  const backoff = activeBackoff(state, actual, capacity, now);
  return backoff && backoffWords(backoff);
}

export function backoffWords({ until, reason }: Backoff): string {
  return `not tried before ${isoTime(until)}: ${reason}`;
}

/**
 * A call began nothing: it is made again after 1, 3 and 9 minutes. What would take longer than 15 minutes in all has failed like
 * one that was refused, with its reason. `begun` is when the call was made.
 */
export function afterAttempt(
  look: Look,
  state: DimensionState,
  desired: Capacity,
  actual: Capacity,
  { from, to, reason, begun }: { from: Capacity; to: Capacity; reason: string; begun: number },
): { state: DimensionState; note: Note; gaveUp: boolean } {
  const since = state.attempts?.since ?? begun;
  const count = (state.attempts?.count ?? 0) + 1;
  const next = Math.max(look.now, begun + (attemptPauses[count - 1] ?? patienceMinutes) * minute);
  if (next - since < patienceMinutes * minute) {
    const waiting: DimensionState = { ...state, change: undefined, attempts: { since, count, next } };
    return { state: waiting, note: { action: "blocked", reason: shortened(reason) }, gaveUp: false };
  }
  const words = `${reason}, after ${count} attempts in ${Math.round((look.now - since) / minute)} minutes`;
  return { ...afterFailure(look, state, desired, actual, { from, to, reason: words, restarted: false }), gaveUp: true };
}

/** What is desired can't begin in this run. After 15 minutes it has failed, and desired becomes actual. */
export function block(
  look: Look,
  state: DimensionState,
  actual: Capacity,
  desired: Capacity,
  reason: string,
): { state: DimensionState; note: Note } {
  const words = shortened(reason);
  const since = state.blocked?.of === look.key ? state.blocked.since : look.now;
  if (look.now - since < patienceMinutes * minute) {
    return { state: { ...state, blocked: { of: look.key, since, reason: words } }, note: { action: "blocked", reason: words } };
  }
  const given = shortened(`${desired} could not begin within ${patienceMinutes} minutes: ${words}`);
  const settled = { desired: clamp(look.config, actual), of: look.key, at: look.now, reason: given, failed: true };
  return { state: { ...state, blocked: undefined, settled }, note: { action: "giveUp", reason: given } };
}
