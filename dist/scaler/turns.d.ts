import type { DimensionConfig, Verdict } from "./types";
/** A dimension as the pipeline sees it. */
export interface Turn {
    id: string;
    config: DimensionConfig;
    verdict: Verdict;
}
/** The newest lag and the minute it is of; undefined when there is none, or it is reported as -1. */
export interface Lag {
    milliseconds: number;
    at: number;
}
/** Who may begin (at most one), and why the others wait. */
export interface Turns {
    go?: string;
    /** What may be lost by it, in words; "" where nothing. */
    risk: string;
    /** Why a dimension waits, by id. */
    waiting: Map<string, string>;
    /** Dimensions that wait for parents to be drained, and a plan that waits for them: their 15 minutes to begin don't run meanwhile. */
    patient: string[];
}
/** True where the application's lag decides whose turn it is, or what is risked by it: only then is it worth a call. */
export declare function needsLag(turns: readonly Turn[], now: number): boolean;
/**
 * One change at a time in a pipeline: stream out, application out, application in, stream in. The order depends on what is
 * stored and seen alone, so that two runs at once come to the same.
 */
export declare function takeTurns(turns: readonly Turn[], lag: Lag | undefined, now: number): Turns;
