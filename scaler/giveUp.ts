import { activeBackoff, clamp, covers } from "./desired";
import { isoTime } from "./time";
import type { Capacity, DimensionState, Look, Note } from "./types";

const minute = 60_000;
/** What can't begin within this time has failed, and desired becomes actual. */
const patienceMinutes = 15;
const firstBackoffMinutes = 10;
const longestBackoffMinutes = 60;

/** SSM's standard parameters hold 4 KB: reasons are cut so that the state always fits. */
const reasonLength = 300;

export function shortened(reason: string): string {
  return reason.length <= reasonLength ? reason : `${reason.slice(0, reasonLength - 3)}...`;
}

/**
 * An update of ours failed or was refused: the same or more is answered Failed without a call for 10, 20, 40, at most 60 minutes.
 * Where that covers what is desired, desired becomes actual.
 */
export function afterFailure(
  look: Look,
  state: DimensionState,
  desired: Capacity,
  actual: Capacity,
  { from, to }: { from: Capacity; to: Capacity },
  reason: string,
): { state: DimensionState; note: Note } {
  const minutes = state.backoff ? Math.min(longestBackoffMinutes, 2 * state.backoff.minutes) : firstBackoffMinutes;
  const words = shortened(reason);
  const backoff = { from, to, minutes, until: look.now + minutes * minute, reason: words };
  const next: DimensionState = { ...state, change: undefined, blocked: undefined, backoff };
  if (covers(backoff, desired) || state.plan) {
    next.settled = { desired: clamp(look.config, actual), of: look.key, at: look.now, reason: words, failed: true };
  }
  return { state: next, note: { action: "failed", reason: `${words}; the same or more is refused for ${minutes} minutes` } };
}

/** Why a capacity is refused at the moment, or undefined. */
export function refusedFor(state: DimensionState, capacity: Capacity, now: number): string | undefined {
  const backoff = activeBackoff(state, capacity, now);
  return backoff && `not tried before ${isoTime(backoff.until)}: ${backoff.reason}`;
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
