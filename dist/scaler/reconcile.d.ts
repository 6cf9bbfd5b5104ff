import type { Context } from "./begin";
import type { Stored } from "./parameters";
/** The minute run over all pipelines. What goes wrong in one stays there. */
export declare function reconcile({ aws, ...event }: Context): Promise<void>;
/** Dimensions by pipeline. The first of each holds the pipeline's turn: a stream if there is one, then by id. */
export declare function pipelinesOf(entries: readonly Stored[]): Stored[][];
