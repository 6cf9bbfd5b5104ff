import type { Context } from "../aws/context";
import type { Broken, Stored } from "../aws/parameters";
import type { Verdict } from "../decide/types";
import type { WritesLeft } from "./writes";

/** One minute's run. */
export interface Run extends Context {
  writes: WritesLeft;
  /** Dimensions that can't be handled in it. */
  broken: readonly Broken[];
}

/** One dimension of a pipeline in one run. */
export interface Member {
  stored: Stored;
  verdict: Verdict;
  /** What could not be done for it, gathered on the way. */
  errors: string[];
}
