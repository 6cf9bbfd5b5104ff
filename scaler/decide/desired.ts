import type { Backoff, Capacity, DesiredRecord, DimensionConfig, DimensionState } from "../types";

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

/** What was asked for last: what the minute run settled if it answers this very value, else what PATCH accepted. */
export function askedFor(record: DesiredRecord | undefined, key: string, state: DimensionState): Capacity | undefined {
  return state.settled?.of === key ? state.settled.desired : record?.desired;
}

/** The desired that counts: what was asked for, within the bounds. */
export function effectiveDesired(
  config: DimensionConfig,
  record: DesiredRecord | undefined,
  key: string,
  state: DimensionState,
): Capacity | undefined {
  const asked = askedFor(record, key, state);
  return asked === undefined ? undefined : clamp(config, asked);
}

const minute = 60_000;

/** What can't begin within this time has failed, and desired becomes actual. */
export const patienceMinutes = 15;

/** Not looked at by a run in time: what somebody wanted a while ago says nothing of what is wanted now. */
export function isOverdue(record: DesiredRecord | undefined, key: string, state: DimensionState, now: number): boolean {
  return record !== undefined && state.seen !== key && Math.abs(now - record.at) > patienceMinutes * minute;
}

/** A time far ahead is no request's: what came with it is not newer. */
export function isNewer(record: DesiredRecord, than: { at: number }): boolean {
  return record.at > than.at && record.at - than.at <= patienceMinutes * minute;
}

export type Direction = "out" | "in";

/** True for the failed capacity and everything beyond it. */
export function covers(backoff: Backoff, direction: Direction, capacity: Capacity): boolean {
  return direction === "out" ? capacity >= backoff.to : capacity <= backoff.to;
}

/** The back-off that still refuses to go from `actual` to `capacity`, if there is one. */
export function activeBackoff(state: DimensionState, actual: Capacity, capacity: Capacity, now: number): Backoff | undefined {
  if (capacity === actual) return undefined;
  const direction = capacity > actual ? "out" : "in";
  const backoff = state.backoff?.[direction];
  return backoff && now < backoff.until && covers(backoff, direction, capacity) ? backoff : undefined;
}

/** The back-off of either direction that lasts longest. */
export function anyBackoff(state: DimensionState, now: number): Backoff | undefined {
  const active = [state.backoff?.out, state.backoff?.in].filter((one) => one !== undefined && now < one.until);
  return active.sort((a, b) => (b?.until ?? 0) - (a?.until ?? 0))[0];
}
