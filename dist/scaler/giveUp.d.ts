import type { Backoff, Capacity, DimensionState, Look, Note } from "./types";
export declare function shortened(reason: string): string;
/** What is to be remembered of failures: those that have faded are dropped. */
export declare function freshBackoff({ backoff }: DimensionState, now: number): DimensionState["backoff"];
/** A success up to `to` ends the back-off that covers it. */
export declare function withoutBackoff(state: DimensionState, { from, to }: {
    from: Capacity;
    to: Capacity;
}): DimensionState["backoff"];
/** An update that failed or was refused. */
export interface FailedUpdate {
    from: Capacity;
    to: Capacity;
    reason: string;
    /** It restarted the application. */
    restarted: boolean;
}
/**
 * An update of ours failed or was refused: the same or more is answered Failed without a call for 10, 20, 40, at most 60 minutes.
 * Where that covers what is desired, desired becomes actual. An application that was restarted rests, whatever is asked for.
 */
export declare function afterFailure(look: Look, state: DimensionState, desired: Capacity, actual: Capacity, { from, to, reason, restarted }: FailedUpdate): {
    state: DimensionState;
    note: Note;
};
/** Why a capacity is refused at the moment, or undefined. */
export declare function refusedFor(state: DimensionState, actual: Capacity, capacity: Capacity, now: number): string | undefined;
export declare function backoffWords({ until, reason }: Backoff): string;
/**
 * A call began nothing: it is made again after 1, 3 and 9 minutes. What would take longer than 15 minutes in all has failed like
 * one that was refused, with its reason. `begun` is when the call was made.
 */
export declare function afterAttempt(look: Look, state: DimensionState, desired: Capacity, actual: Capacity, { from, to, reason, begun }: {
    from: Capacity;
    to: Capacity;
    reason: string;
    begun: number;
}): {
    state: DimensionState;
    note: Note;
    gaveUp: boolean;
};
/** What is desired can't begin in this run. After 15 minutes it has failed, and desired becomes actual. */
export declare function block(look: Look, state: DimensionState, actual: Capacity, desired: Capacity, reason: string): {
    state: DimensionState;
    note: Note;
};
