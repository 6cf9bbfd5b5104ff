import type { Backoff, Capacity, DesiredRecord, DimensionConfig, DimensionState } from "./types";
/**
 * Bounds of a dimension. An application's capacity also ends at maxParallelism: KPUs = ceil(parallelism / parallelismPerKpu).
 */
export declare function bounds(config: DimensionConfig): {
    min: Capacity;
    max: Capacity;
};
export declare function clamp(config: DimensionConfig, capacity: Capacity): Capacity;
/**
 * Identity of one value of the `desired` parameter: SSM's version and the request's time. The minute run's answers name the
 * value they answer, so that a PATCH which was accepted meanwhile is never overruled, whatever the clocks say.
 */
export declare function desiredKey(version: number, record: DesiredRecord | undefined): string;
/** What was asked for last: what the minute run settled if it answers this very value, else what PATCH accepted. */
export declare function askedFor(record: DesiredRecord | undefined, key: string, state: DimensionState): Capacity | undefined;
/** The desired that counts: what was asked for, within the bounds. */
export declare function effectiveDesired(config: DimensionConfig, record: DesiredRecord | undefined, key: string, state: DimensionState): Capacity | undefined;
/** What can't begin within this time has failed, and desired becomes actual. */
export declare const patienceMinutes = 15;
/** Not looked at by a run in time: what somebody wanted a while ago says nothing of what is wanted now. */
export declare function isOverdue(record: DesiredRecord | undefined, key: string, state: DimensionState, now: number): boolean;
/** A time far ahead is no request's: what came with it is not newer. */
export declare function isNewer(record: DesiredRecord, than: {
    at: number;
}): boolean;
export type Direction = "out" | "in";
/** True for the failed capacity and everything beyond it. */
export declare function covers(backoff: Backoff, direction: Direction, capacity: Capacity): boolean;
/** The back-off that still refuses to go from `actual` to `capacity`, if there is one. */
export declare function activeBackoff(state: DimensionState, actual: Capacity, capacity: Capacity, now: number): Backoff | undefined;
/** The back-off of either direction that lasts longest. */
export declare function anyBackoff(state: DimensionState, now: number): Backoff | undefined;
