import type { Capacity, DesiredRecord, DimensionConfig, DimensionState } from "../types";
import { freshBackoff } from "./backoff";
import type { Standing, StoredValues, Verdict } from "./types";

const minute = 60_000;

/** What can't begin within this time has failed, and desired becomes actual. */
export const patienceMinutes = 15;
/** A claim of the pipeline's turn is over after this time: the Lambda's timeout (55 s) and the event's age (60 s) are less. */
const turnMilliseconds = 120_000;

/**
 * Bounds of a dimension. An application's capacity also ends at maxParallelism: KPUs = ceil(parallelism / parallelismPerKpu).
 */
export function bounds(config: DimensionConfig): { min: Capacity; max: Capacity } {
  if (config.kind === "stream") return { min: config.min, max: config.max };
  return { min: config.min, max: Math.min(config.max, Math.ceil(config.maxParallelism / config.parallelismPerKpu)) };
}

export function clamp(config: DimensionConfig, capacity: Capacity): Capacity {
  const { min, max } = bounds(config);
  return Math.min(max, Math.max(min, capacity));
}

/**
 * Identity of one value of the `desired` parameter: SSM's version and the request's time. The minute run's answers name the
 * value they answer, so that a PATCH which was accepted meanwhile is never overruled, whatever the clocks say.
 */
export function desiredKey(version: number, record: DesiredRecord | undefined): string {
  return `${version}:${record?.at ?? 0}`;
}

/** Not looked at by a run in time: what somebody wanted a while ago says nothing of what is wanted now. */
export function isOverdue(record: DesiredRecord | undefined, key: string, state: DimensionState, now: number): boolean {
  return record !== undefined && state.seen !== key && Math.abs(now - record.at) > patienceMinutes * minute;
}

/** A time far ahead is no request's: what came with it is not newer. */
export function isNewer(record: DesiredRecord, than: { at: number }): boolean {
  return record.at > than.at && record.at - than.at <= patienceMinutes * minute;
}

/**
 * How a dimension stands: what of its parameters still counts, and the capacity that is desired. What nobody looked at in time is nobody's
 * wish any more.
 */
export function standingOf(stored: StoredValues & { config: DimensionConfig }, now: number): Standing {
  const { id, config, key, record } = stored;
  const overdue = isOverdue(record, key, stored.state, now) ? record : undefined;
  const state = { ...stored.state };
  if (state.backoff) state.backoff = freshBackoff(state, now);
  if (!overdue) state.seen = key;
  if (state.settled && state.settled.of !== key) delete state.settled;
  if (state.turn && now - state.turn.at >= turnMilliseconds) delete state.turn;
  if (state.restUntil !== undefined && state.restUntil <= now) delete state.restUntil;
  const asked = state.settled?.desired ?? (overdue ? undefined : record?.desired);
  const counted = asked ?? state.actual;
  const desired = counted === undefined ? undefined : clamp(config, counted);
  return { id, record, key, state, now, overdue, asked, desired };
}

/** The minute run's own word in the place of what was asked for. */
export function withSettled<V extends Verdict>(verdict: V, capacity: Capacity, reason: string, failed: boolean) {
  const { config, key, now } = verdict.look;
  const desired = clamp(config, capacity);
  return { ...verdict, desired, state: { ...verdict.state, settled: { desired, of: key, at: now, reason, failed } } };
}

/** Something counts as desired: it was asked for, or a run has answered or adopted it. */
export function isAsked({ look, state }: Verdict): boolean {
  return look.asked !== undefined || state.settled !== undefined;
}

/** Since when actual has differed from desired. */
export function withPending(verdict: Verdict): Verdict {
  const { look, state, actual, desired } = verdict;
  if (actual === undefined) return verdict;
  const pendingSince = desired !== actual && isAsked(verdict) ? (state.pendingSince ?? look.now) : undefined;
  return pendingSince === state.pendingSince ? verdict : { ...verdict, state: { ...state, pendingSince } };
}
