import type { Random } from "../../sandbox/core/random";
import type { Input } from "./kinesisSides";

export interface ShardShape {
  ShardId: string;
  ParentShardId?: string;
  AdjacentParentShardId?: string;
  HashKeyRange: { StartingHashKey: string; EndingHashKey: string };
  SequenceNumberRange: { StartingSequenceNumber: string; EndingSequenceNumber?: string };
}

export interface Step {
  operation: string;
  input: Input;
}

const highest = 2n ** 128n - 1n;

/** One step of a seeded sequence of splits, merges, puts and looks, good and bad ones, on the stream as it is now. */
export function randomStep(random: Random, stream: string, shards: readonly ShardShape[]): Step {
  const open = shards.filter((shard) => shard.SequenceNumberRange.EndingSequenceNumber === undefined);
  const pick = <T>(items: readonly T[]): T => items[random.integer(0, items.length - 1)]!;
  const anyShard = () => pick([pick(open), pick(open), pick(open), pick(shards)]).ShardId;
  const step = (operation: string, input: Input): Step => ({ operation, input: { StreamName: stream, ...input } });
  const kinds: (() => Step)[] = [
    () => splitStep(random, step, open, pick),
    () => splitStep(random, step, open, pick),
    () => mergeStep(random, step, open, anyShard),
    () => mergeStep(random, step, open, anyShard),
    () => step("PutRecord", record(random)),
    () => step("PutRecords", { Records: Array.from({ length: random.integer(1, 20) }, () => record(random)) }),
    () =>
      step("ListShards", { MaxResults: random.integer(1, 5), ...(random.next() < 0.3 && { ExclusiveStartShardId: anyShard() }) }),
    () => step("ListShards", { ShardFilter: { Type: pick(["AT_LATEST", "FROM_TRIM_HORIZON"]) } }),
    () => step("ListShards", { ShardFilter: { Type: "AFTER_SHARD_ID", ShardId: anyShard() } }),
    () => step("DescribeStreamSummary", {}),
    () => step("UpdateShardCount", { TargetShardCount: 2 * open.length + random.integer(1, 3), ScalingType: "UNIFORM_SCALING" }),
    () => step("GetShardIterator", { ShardId: anyShard(), ShardIteratorType: pick(["TRIM_HORIZON", "LATEST"]) }),
  ];
  return pick(kinds)();
}

type MakeStep = (operation: string, input: Input) => Step;

function splitStep(random: Random, step: MakeStep, open: readonly ShardShape[], pick: <T>(items: readonly T[]) => T): Step {
  const shard = pick(open);
  const start = BigInt(shard.HashKeyRange.StartingHashKey);
  const end = BigInt(shard.HashKeyRange.EndingHashKey);
  const middle = start + (end - start) / BigInt(random.integer(2, 5));
  const outside = end < highest ? end + 2n : start - 2n;
  const at = pick([middle, middle, middle, middle, outside < 0n ? middle : outside]);
  return step("SplitShard", { ShardToSplit: shard.ShardId, NewStartingHashKey: String(at) });
}

function mergeStep(random: Random, step: MakeStep, open: readonly ShardShape[], anyShard: () => string): Step {
  const ordered = [...open].sort((a, b) =>
    BigInt(a.HashKeyRange.StartingHashKey) < BigInt(b.HashKeyRange.StartingHashKey) ? -1 : 1,
  );
  const i = random.integer(0, Math.max(0, ordered.length - 2));
  const pair = [ordered[i]!.ShardId, (ordered[i + 1] ?? ordered[i]!).ShardId];
  if (random.next() < 0.5) pair.reverse();
  const [ShardToMerge, AdjacentShardToMerge] = random.next() < 0.7 ? pair : [anyShard(), anyShard()];
  return step("MergeShards", { ShardToMerge, AdjacentShardToMerge });
}

function record(random: Random): Input {
  const PartitionKey = `key-${random.integer(0, 1_000_000)}`;
  const Data = Buffer.from(`data-${random.integer(0, 1_000_000)}`);
  if (random.next() < 0.7) return { PartitionKey, Data };
  return { PartitionKey, Data, ExplicitHashKey: String((highest * BigInt(random.integer(0, 1_000))) / 1_000n) };
}

/** Calls that AWS refuses or that stand at a limit; none of them changes the stream "probe" (three equal shards). */
export const badCalls: readonly [operation: string, input: Input][] = [
  ["CreateStream", { StreamName: "probe", ShardCount: 3 }],
  ["CreateStream", { StreamName: "none-1" }],
  ["CreateStream", { StreamName: "none-2", ShardCount: 0 }],
  ["CreateStream", { StreamName: "a b", ShardCount: 1 }],
  ["CreateStream", { StreamName: "x".repeat(129), ShardCount: 1 }],
  ["DescribeStreamSummary", { StreamName: "none" }],
  ["DescribeStreamSummary", {}],
  ["ListShards", { StreamName: "none" }],
  ["ListShards", {}],
  ["ListShards", { StreamName: "probe", MaxResults: 0 }],
  ["ListShards", { StreamName: "probe", MaxResults: 10_001 }],
  ["ListShards", { StreamName: "probe", NextToken: "x" }],
  ["ListShards", { NextToken: "x" }],
  ["ListShards", { StreamName: "probe", ShardFilter: { Type: "AFTER_SHARD_ID" } }],
  ["UpdateShardCount", { StreamName: "probe", TargetShardCount: 7, ScalingType: "UNIFORM_SCALING" }],
  ["UpdateShardCount", { StreamName: "probe", TargetShardCount: 10_001, ScalingType: "UNIFORM_SCALING" }],
  ["UpdateShardCount", { StreamName: "probe", TargetShardCount: 3, ScalingType: "X" }],
  ["UpdateShardCount", { StreamName: "none", TargetShardCount: 3, ScalingType: "UNIFORM_SCALING" }],
  ["SplitShard", { StreamName: "probe", ShardToSplit: "shardId-000000000009", NewStartingHashKey: "5" }],
  ["SplitShard", { StreamName: "probe", ShardToSplit: "nonsense", NewStartingHashKey: "5" }],
  ["SplitShard", { StreamName: "probe", ShardToSplit: "shardId-000000000000", NewStartingHashKey: "abc" }],
  ["SplitShard", { StreamName: "probe", ShardToSplit: "shardId-000000000000", NewStartingHashKey: String(highest) }],
  ["MergeShards", { StreamName: "probe", ShardToMerge: "shardId-000000000000", AdjacentShardToMerge: "shardId-000000000002" }],
  ["MergeShards", { StreamName: "probe", ShardToMerge: "shardId-000000000000", AdjacentShardToMerge: "shardId-000000000007" }],
  ["PutRecord", { StreamName: "probe", Data: Buffer.from("a"), PartitionKey: "" }],
  ["PutRecord", { StreamName: "probe", Data: Buffer.from("a"), PartitionKey: "k".repeat(257) }],
  ["PutRecord", { StreamName: "probe", Data: Buffer.alloc(1_048_577), PartitionKey: "a" }],
  ["PutRecord", { StreamName: "probe", Data: Buffer.from("a"), PartitionKey: "k", ExplicitHashKey: String(highest + 1n) }],
  ["PutRecord", { StreamName: "probe", Data: Buffer.from("a"), PartitionKey: "k", ExplicitHashKey: "x" }],
  ["PutRecord", { StreamName: "none", Data: Buffer.from("a"), PartitionKey: "k" }],
  ["PutRecords", { StreamName: "probe", Records: [] }],
  ["PutRecords", { StreamName: "probe", Records: Array(501).fill({ Data: Buffer.from("a"), PartitionKey: "k" }) }],
  ["PutRecords", { StreamName: "probe", Records: [{ Data: Buffer.from("a"), PartitionKey: "" }] }],
  ["GetShardIterator", { StreamName: "probe", ShardId: "shardId-000000000000", ShardIteratorType: "X" }],
  ["GetShardIterator", { StreamName: "probe", ShardId: "shardId-000000000009", ShardIteratorType: "LATEST" }],
  ["GetShardIterator", { StreamName: "probe", ShardId: "shardId-000000000000", ShardIteratorType: "AT_SEQUENCE_NUMBER" }],
  [
    "GetShardIterator",
    { StreamName: "probe", ShardId: "shardId-000000000000", ShardIteratorType: "LATEST", StartingSequenceNumber: "5" },
  ],
  ["GetShardIterator", { StreamName: "probe", ShardId: "shardId-000000000000", ShardIteratorType: "AT_TIMESTAMP" }],
  [
    "GetShardIterator",
    { StreamName: "probe", ShardId: "shardId-000000000000", ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(4e12) },
  ],
  ["GetRecords", { ShardIterator: "x" }],
  ["GetRecords", { ShardIterator: "" }],
  ["GetRecords", { ShardIterator: "x", Limit: 0 }],
];
