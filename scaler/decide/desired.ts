import type { Capacity, DesiredRecord, DimensionConfig, DimensionState } from "../types";

const minute = 60_000;

/** What can't begin within this time has failed, and desired becomes actual. */
export const patienceMinutes = 15;

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
