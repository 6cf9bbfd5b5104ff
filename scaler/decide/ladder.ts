import type { Capacity, DimensionState } from "../types";

/**
 * UpdateShardCount's limits: at most double, at least half of the open shards, and a number of calls in a rolling 24 hours
 * ("UpdateShardCount", Amazon Kinesis Data Streams API Reference).
 */

/** Minutes that an update counts. One more than a day: a run may call later within its minute than the one a day before. */
const windowMinutes = 1_441;

/** After a refusal for the daily limit nobody knows when the unseen updates leave the window: ask again after an hour. */
const refusalMinutes = 60;

/** The parameter holds 4 KB: so many updates are remembered at most. */
const rememberedUpdates = 120;

/** Minutes since the epoch. */
function minuteOf(time: number): number {
  return Math.floor(time / 60_000);
}

/** The updates that still count. */
export function recentUpdates(state: DimensionState, now: number): [number, number][] {
  return (state.updates ?? []).filter(([at]) => minuteOf(now) - at < windowMinutes).slice(-rememberedUpdates);
}

export function withUpdate(state: DimensionState, at: number, from: Capacity): [number, number][] {
  return [...recentUpdates(state, at), [minuteOf(at), from]];
}

/** The updates without one that was set down before its call, and never began. */
export function withoutUpdate(
  { updates = [] }: DimensionState,
  { at, from }: { at: number; from: Capacity },
): [number, number][] {
  const index = updates.findLastIndex(([minute, before]) => minute === minuteOf(at) && before === from);
  return updates.filter((_, i) => i !== index);
}

/** UpdateShardCount calls left of the rolling day. */
export function updatesLeft(updatesPerDay: number, state: DimensionState, now: number): number {
  if (state.refusedAt !== undefined && minuteOf(now) - minuteOf(state.refusedAt) < refusalMinutes) return 0;
  return Math.max(0, updatesPerDay - recentUpdates(state, now).length);
}

/** The furthest that one call gets from `from` towards `to`. Half of an odd count is rounded up: less than half is refused. */
export function nextRung(from: Capacity, to: Capacity): Capacity {
  return to > from ? Math.min(to, 2 * from) : Math.max(to, Math.ceil(from / 2));
}

/** Calls that UpdateShardCount needs from `from` to `to`. */
export function rungs(from: Capacity, to: Capacity): number {
  let calls = 0;
  for (let at = from; at !== to; at = nextRung(at, to)) calls++;
  return calls;
}

/** The largest stream of the last 24 hours: what a scale-in must be able to climb back to. */
export function dayPeak(current: Capacity, state: DimensionState, now: number): Capacity {
  return Math.max(current, ...recentUpdates(state, now).map(([, from]) => from));
}

/** The smallest count from which the updates that are then left still reach `peak`; `current` if there is none below it. */
export function scaleInFloor(current: Capacity, peak: Capacity, left: number): Capacity {
  let low = 1;
  let high = current;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (rungs(current, middle) + rungs(Math.min(middle, peak), peak) <= left) high = middle;
    else low = middle + 1;
  }
  return high;
}
