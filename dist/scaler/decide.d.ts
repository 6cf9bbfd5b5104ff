import type { Look, Verdict } from "./types";
/**
 * The decision about one dimension: what became of its last change, what is desired, and what it would begin. Pure: the
 * same look gives the same verdict. Whether it may begin is the pipeline's decision (turns.ts).
 */
export declare function decide(look: Look): Verdict;
