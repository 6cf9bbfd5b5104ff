import type { Capacity, DimensionState, Look, StreamConfig, StreamSight, Verdict } from "./types";
export declare function decideStream(look: Look, sight: StreamSight): Verdict;
/** Why nothing is called for a stream that scales itself; `npm run scale` says it beforehand. */
export declare const onDemandWords = "the stream is in on-demand mode: AWS scales it";
/** The lowest count that a scale-in may go to now: what the day's updates left can climb back from, or where a plan began. */
export declare function lowestReachable(config: StreamConfig, state: DimensionState, from: Capacity, now: number): Capacity;
