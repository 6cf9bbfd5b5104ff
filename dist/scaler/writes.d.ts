import type { Aws } from "./clients";
/** Parameters that a run may still write. What doesn't fit is left to the next run, which begins with other pipelines. */
export interface WritesLeft {
    count: number;
}
export declare function writesOfRun(): WritesLeft;
/** A second has passed in which the run may have written nothing: what is left still ends in time. */
export declare function secondPassed(left: WritesLeft): void;
/** Sets writes aside, or none if there are too few. */
export declare function reserve(left: WritesLeft, count: number): boolean;
/** AWS with writes of parameters one after the other, under SSM's rate. */
export declare function pacedWrites(aws: Aws): Aws;
