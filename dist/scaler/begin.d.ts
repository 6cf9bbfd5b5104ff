import type { Aws } from "./clients";
import type { Stored } from "./parameters";
import type { Change, DimensionState, Look, Note, Verdict, Wish } from "./types";
import type { WritesLeft } from "./writes";
/** One dimension of a pipeline in one run. */
export interface Member {
    stored: Stored;
    look: Look;
    verdict: Verdict;
}
/** What an invocation is given. `now` is its event's time, ms. */
export interface Context {
    aws: Aws;
    prefix: string;
    stack: string;
    now: number;
}
/** One minute's run. */
export interface Run extends Context {
    writes: WritesLeft;
}
/** Parameters that beginning a change writes: turn and intent before the call, and what came of both. */
export declare const writesToBegin = 4;
/** What came of a turn. */
export interface Begun {
    state: DimensionState;
    notes: Note[];
    failedUpdates: number;
    /** The call that was accepted, and the capacity it goes to. */
    call?: Change["call"];
    target?: number;
}
/**
 * Begins the one change of a pipeline and run. What will be called is stored first, in the dimension and as the pipeline's turn in
 * its first dimension; a run that finds another one's write in between begins nothing. So neither a crash between any two calls
 * nor a second run at the same time loses a change or makes it twice.
 */
export declare function begin(run: Run, member: Member, wish: Wish, pipeline: readonly Member[], risk: string): Promise<Begun>;
