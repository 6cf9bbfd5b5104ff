import type { PlanStep, ShardRange } from "../decide/plan";
import type { StreamSight, StreamStatus } from "../decide/types";
import type { Aws } from "./clients";
import { isNotFound } from "./errors";

/** Looks at a stream. A stream that isn't there is a sight too; other errors are thrown. */
export async function describeStream(aws: Aws, name: string): Promise<StreamSight> {
  try {
    const { StreamDescriptionSummary: summary } = await aws.call("kinesis", "DescribeStreamSummary", { StreamName: name });
    return {
      status: (summary?.StreamStatus ?? "MISSING") as StreamStatus,
      shards: summary?.OpenShardCount ?? 0,
      onDemand: summary?.StreamModeDetails?.StreamMode === "ON_DEMAND",
    };
  } catch (error) {
    if (isNotFound(error)) return { status: "MISSING", shards: 0, onDemand: false };
    throw error;
  }
}

/** The open shards' ranges. */
export async function openShards(aws: Aws, name: string): Promise<ShardRange[]> {
  const ranges: ShardRange[] = [];
  let NextToken: string | undefined;
  do {
    // A page's token already names the stream: "ListShards", Amazon Kinesis Data Streams API Reference.
    const input = NextToken ? { NextToken } : { StreamName: name, ShardFilter: { Type: "AT_LATEST" as const } };
    const page = await aws.call("kinesis", "ListShards", input);
    for (const shard of page.Shards ?? []) {
      if (!shard.ShardId || !shard.HashKeyRange || shard.SequenceNumberRange?.EndingSequenceNumber) continue;
      const { StartingHashKey, EndingHashKey } = shard.HashKeyRange;
      ranges.push({ shardId: shard.ShardId, first: BigInt(StartingHashKey ?? 0), last: BigInt(EndingHashKey ?? 0) });
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return ranges;
}

/** Gives the count that the stream really had: DescribeStreamSummary may have shown an older one. */
export async function updateShardCount(aws: Aws, name: string, shards: number): Promise<number | undefined> {
  const input = { StreamName: name, TargetShardCount: shards, ScalingType: "UNIFORM_SCALING" as const };
  const { CurrentShardCount } = await aws.call("kinesis", "UpdateShardCount", input);
  return CurrentShardCount;
}

export async function callPlanStep(aws: Aws, name: string, step: PlanStep): Promise<void> {
  if (step.call === "SplitShard") {
    await aws.call("kinesis", "SplitShard", {
      StreamName: name,
      ShardToSplit: step.shardId,
      NewStartingHashKey: step.newStartingHashKey,
    });
  } else {
    await aws.call("kinesis", "MergeShards", {
      StreamName: name,
      ShardToMerge: step.shardId,
      AdjacentShardToMerge: step.adjacentShardId,
    });
  }
}
