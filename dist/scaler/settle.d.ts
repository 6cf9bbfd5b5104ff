import type { Capacity, DimensionState, Look, Note, Verdict, Wish } from "./types";
/** What both kinds share: a service at rest, its capacity known, a change of ours ended or none. */
export interface Rest {
    state: DimensionState;
    actual: Capacity;
    /** The capacity is what a change of ours made of it. */
    ours: boolean;
    notes: Note[];
    failedUpdates: number;
}
/** Takes note of the capacity that is there: first sight, a change done, or another hand. Gives the desired that now counts. */
export declare function settle(look: Look, rest: Rest): Rest & {
    desired: Capacity;
};
/** The verdict of a service that is at work: nothing begins, in this dimension or its pipeline. */
export declare function working(look: Look, observed: Capacity, reason: string, own: boolean): Verdict;
/** The verdict of a service that isn't there: the pipeline's other dimension goes on without it. */
export declare function gone(look: Look, reason: string): Verdict;
/** The verdict of a service at rest: reached, kept by an obstacle, or wishing to begin. */
export declare function wishing(look: Look, rest: Rest & {
    desired: Capacity;
}, wish: Wish | undefined, obstacle: string | undefined): Verdict;
