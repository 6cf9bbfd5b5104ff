import { strict as assert } from "node:assert";
import { callPlanStep, describeStream, openShards, updateShardCount } from "../../../scaler/aws/kinesis";
import { answering } from "./answering";
import { awsError } from "../fakeAws";

const shard = (id: number, first: string, last: string, closed = false) => ({
  ShardId: `shardId-${id}`,
  HashKeyRange: { StartingHashKey: first, EndingHashKey: last },
  SequenceNumberRange: { StartingSequenceNumber: "1", ...(closed ? { EndingSequenceNumber: "2" } : {}) },
});

describe("a look at a stream", () => {
  it("gives its status, its open shards and its mode", async () => {
    for (const [StreamMode, onDemand] of [
      ["ON_DEMAND", true],
      ["PROVISIONED", false],
    ] as const) {
      const summary = { StreamStatus: "UPDATING", OpenShardCount: 7, StreamModeDetails: { StreamMode } };
      const { aws, asked } = answering({ DescribeStreamSummary: () => ({ StreamDescriptionSummary: summary }) });
      assert.deepEqual(await describeStream(aws, "orders"), { status: "UPDATING", shards: 7, onDemand });
      assert.deepEqual(asked, [{ operation: "DescribeStreamSummary", input: { StreamName: "orders" } }]);
    }
  });

  it("takes an answer without a mode for a provisioned stream, and one without anything for a missing one", async () => {
    const of = (answer: unknown) => describeStream(answering({ DescribeStreamSummary: () => answer }).aws, "orders");
    const active = { StreamDescriptionSummary: { StreamStatus: "ACTIVE", OpenShardCount: 2 } };
    assert.deepEqual(await of(active), { status: "ACTIVE", shards: 2, onDemand: false });
    assert.deepEqual(await of({}), { status: "MISSING", shards: 0, onDemand: false });
  });

  it("sees a stream that isn't there, and passes other errors on", async () => {
    const failing = (name: string) =>
      answering({
        DescribeStreamSummary: () => {
          throw awsError(name);
        },
      }).aws;
    const missing = { status: "MISSING", shards: 0, onDemand: false };
    assert.deepEqual(await describeStream(failing("ResourceNotFoundException"), "orders"), missing);
    await assert.rejects(describeStream(failing("LimitExceededException"), "orders"), { name: "LimitExceededException" });
  });
});

describe("the open shards", () => {
  it("are listed page by page; a page's token goes without the stream's name, which AWS refuses beside it", async () => {
    const pages: Record<string, unknown> = {
      "": { Shards: [shard(0, "0", "9")], NextToken: "two" },
      two: { Shards: [shard(1, "10", "19")], NextToken: "three" },
      three: { Shards: [shard(2, "20", "29")] },
    };
    const { aws, asked } = answering({ ListShards: ({ NextToken }) => pages[String(NextToken ?? "")] });
    assert.deepEqual(await openShards(aws, "orders"), [
      { shardId: "shardId-0", first: 0n, last: 9n },
      { shardId: "shardId-1", first: 10n, last: 19n },
      { shardId: "shardId-2", first: 20n, last: 29n },
    ]);
    assert.deepEqual(
      asked.map(({ input }) => input),
      [{ StreamName: "orders", ShardFilter: { Type: "AT_LATEST" } }, { NextToken: "two" }, { NextToken: "three" }],
    );
  });

  it("are without the closed ones, which have an ending sequence number", async () => {
    const Shards = [shard(0, "0", "9", true), shard(1, "0", "4"), shard(2, "5", "9")];
    const { aws } = answering({ ListShards: () => ({ Shards }) });
    assert.deepEqual(
      (await openShards(aws, "orders")).map(({ shardId }) => shardId),
      ["shardId-1", "shardId-2"],
    );
  });

  it("keep keys that are too large for a number", async () => {
    const last = String(2n ** 128n - 1n);
    const { aws } = answering({ ListShards: () => ({ Shards: [shard(0, "170141183460469231731687303715884105728", last)] }) });
    assert.deepEqual(await openShards(aws, "orders"), [{ shardId: "shardId-0", first: 2n ** 127n, last: 2n ** 128n - 1n }]);
  });

  it("are none where AWS lists none, or nothing that is a shard", async () => {
    const odd = [{}, { ShardId: "shardId-0" }, { HashKeyRange: { StartingHashKey: "0", EndingHashKey: "9" } }];
    for (const answer of [{}, { Shards: [] }, { Shards: odd }])
      assert.deepEqual(await openShards(answering({ ListShards: () => answer }).aws, "orders"), []);
  });
});

describe("a change of a stream", () => {
  it("is UpdateShardCount with equal ranges; its answer tells the shards that the stream really had", async () => {
    const { aws, asked } = answering({ UpdateShardCount: () => ({ CurrentShardCount: 5, TargetShardCount: 8 }) });
    assert.equal(await updateShardCount(aws, "orders", 8), 5);
    assert.deepEqual(asked, [
      {
        operation: "UpdateShardCount",
        input: { StreamName: "orders", TargetShardCount: 8, ScalingType: "UNIFORM_SCALING" },
      },
    ]);
  });

  it("is SplitShard or MergeShards of a plan", async () => {
    const { aws, asked } = answering({ SplitShard: () => ({}), MergeShards: () => ({}) });
    await callPlanStep(aws, "orders", { call: "SplitShard", shardId: "a", newStartingHashKey: "5" });
    await callPlanStep(aws, "orders", { call: "MergeShards", shardId: "b", adjacentShardId: "c" });
    assert.deepEqual(asked, [
      { operation: "SplitShard", input: { StreamName: "orders", ShardToSplit: "a", NewStartingHashKey: "5" } },
      { operation: "MergeShards", input: { StreamName: "orders", ShardToMerge: "b", AdjacentShardToMerge: "c" } },
    ]);
  });
});
