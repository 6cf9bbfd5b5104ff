import type { Capacity, DimensionState } from "./types";
/** The updates that still count. */
export declare function recentUpdates(state: DimensionState, now: number): [number, number][];
export declare function withUpdate(state: DimensionState, at: number, from: Capacity): [number, number][];
/** The updates without one that was set down before its call, and never began. */
export declare function withoutUpdate({ updates }: DimensionState, { at, from }: {
    at: number;
    from: Capacity;
}): [number, number][];
/** UpdateShardCount calls left of the rolling day. */
export declare function updatesLeft(updatesPerDay: number, state: DimensionState, now: number): number;
/** The furthest that one call gets from `from` towards `to`. Half of an odd count is rounded up: less than half is refused. */
export declare function nextRung(from: Capacity, to: Capacity): Capacity;
/** Calls that UpdateShardCount needs from `from` to `to`. */
export declare function rungs(from: Capacity, to: Capacity): number;
/** The largest stream of the last 24 hours: what a scale-in must be able to climb back to. */
export declare function dayPeak(current: Capacity, state: DimensionState, now: number): Capacity;
/** The smallest count from which the updates that are then left still reach `peak`; `current` if there is none below it. */
export declare function scaleInFloor(current: Capacity, peak: Capacity, left: number): Capacity;
