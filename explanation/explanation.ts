/** A scaling, or one that did not happen, explained. Times are ms since the epoch. */
export interface Explanation {
  time: number;
  /** When it ended, or was last seen. */
  end?: number;
  /** Id of the dimension. */
  id: string;
  kind?: "stream" | "flink";
  outcome: Outcome;
  from?: number;
  to?: number;
  /** Who asked, and what it saw. */
  cause: string;
  /** Threshold and policy, where an alarm asked. */
  rule?: string;
  /** What came of it, in the order of time. */
  steps: { time: number; text: string }[];
  result: string;
}

/**
 * done, inProgress, failed: a change. replaced: another one took its place. unchanged: asked for what is there already.
 * refused: the scaler didn't accept it. notScaled: a policy was triggered and asked for nothing. observed: what act mode would have done.
 * noted: nobody asked. trouble: the scaler could not do its work.
 */
export type Outcome =
  "done" | "inProgress" | "failed" | "replaced" | "unchanged" | "refused" | "notScaled" | "observed" | "noted" | "trouble";
