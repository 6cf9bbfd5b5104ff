"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.describeStream = describeStream;
exports.openShards = openShards;
exports.updateShardCount = updateShardCount;
exports.callPlanStep = callPlanStep;
const errors_1 = require("./errors");
/** Looks at a stream. A stream that isn't there is a sight too; other errors are thrown. */
async function describeStream(aws, name) {
    try {
        const { StreamDescriptionSummary: summary } = await aws.call("kinesis", "DescribeStreamSummary", { StreamName: name });
        return {
            kind: "stream",
            status: (summary?.StreamStatus ?? "MISSING"),
            shards: summary?.OpenShardCount ?? 0,
            onDemand: summary?.StreamModeDetails?.StreamMode === "ON_DEMAND",
        };
    }
    catch (error) {
        if ((0, errors_1.isNotFound)(error))
            return { kind: "stream", status: "MISSING", shards: 0, onDemand: false };
        throw error;
    }
}
/** The open shards' ranges. */
async function openShards(aws, name) {
    const ranges = [];
    let NextToken;
    do {
        // A page's token already names the stream: "ListShards", Amazon Kinesis Data Streams API Reference.
        const input = NextToken ? { NextToken } : { StreamName: name, ShardFilter: { Type: "AT_LATEST" } };
        const page = await aws.call("kinesis", "ListShards", input);
        for (const shard of page.Shards ?? []) {
            if (!shard.ShardId || !shard.HashKeyRange || shard.SequenceNumberRange?.EndingSequenceNumber)
                continue;
            const { StartingHashKey, EndingHashKey } = shard.HashKeyRange;
            ranges.push({ shardId: shard.ShardId, first: BigInt(StartingHashKey ?? 0), last: BigInt(EndingHashKey ?? 0) });
        }
        NextToken = page.NextToken;
    } while (NextToken);
    return ranges;
}
/** Gives the count that the stream really had: DescribeStreamSummary may have shown an older one. */
async function updateShardCount(aws, name, shards) {
    const input = { StreamName: name, TargetShardCount: shards, ScalingType: "UNIFORM_SCALING" };
    const { CurrentShardCount } = await aws.call("kinesis", "UpdateShardCount", input);
    return CurrentShardCount;
}
async function callPlanStep(aws, name, step) {
    if (step.call === "SplitShard") {
        await aws.call("kinesis", "SplitShard", {
            StreamName: name,
            ShardToSplit: step.shardId,
            NewStartingHashKey: step.newStartingHashKey,
        });
    }
    else {
        await aws.call("kinesis", "MergeShards", {
            StreamName: name,
            ShardToMerge: step.shardId,
            AdjacentShardToMerge: step.adjacentShardId,
        });
    }
}
