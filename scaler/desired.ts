import type { Backoff, Capacity, DesiredRecord, DimensionConfig, DimensionState } from "./types";

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

/** True for the failed capacity and everything beyond it, seen from where the update started. */
export function covers(backoff: Backoff, capacity: Capacity): boolean {
  return backoff.to > backoff.from ? capacity >= backoff.to : capacity <= backoff.to;
}

/** The back-off that still refuses `capacity`, if there is one. */
export function activeBackoff(state: DimensionState, capacity: Capacity, now: number): Backoff | undefined {
  const { backoff } = state;
  return backoff && now < backoff.until && covers(backoff, capacity) ? backoff : undefined;
}
