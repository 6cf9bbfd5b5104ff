import type { Aws } from "./clients";
import type { PlanStep, ShardRange } from "./plan";
import type { StreamSight } from "./types";
/** Looks at a stream. A stream that isn't there is a sight too; other errors are thrown. */
export declare function describeStream(aws: Aws, name: string): Promise<StreamSight>;
/** The open shards' ranges. */
export declare function openShards(aws: Aws, name: string): Promise<ShardRange[]>;
/** Gives the count that the stream really had: DescribeStreamSummary may have shown an older one. */
export declare function updateShardCount(aws: Aws, name: string, shards: number): Promise<number | undefined>;
export declare function callPlanStep(aws: Aws, name: string, step: PlanStep): Promise<void>;
