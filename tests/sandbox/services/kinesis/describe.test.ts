// Source: DescribeStreamSummary, ListShards, ShardFilter, DescribeLimits (API reference)
import assert = require("node:assert/strict");
import { kinesisFixture } from "./fixture";

const account = "123456789012";

describe("DescribeStreamSummary", () => {
  it("answers status, mode, retention, encryption and the open shards", () => {
    const { summary, cloud } = kinesisFixture({ shards: 4 });
    const { StreamId, ...rest } = summary();
    assert.match(StreamId, /^[a-z0-9]{20}-[a-z0-9]{3}$/);
    assert.deepEqual(rest, {
      StreamName: "s",
      StreamARN: `arn:aws:kinesis:eu-west-1:${account}:stream/s`,
      StreamStatus: "ACTIVE",
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      RetentionPeriodHours: 24,
      StreamCreationTimestamp: new Date(cloud.clock.now()),
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: "NONE",
      OpenShardCount: 4,
      ConsumerCount: 0,
      MaxRecordSizeInKiB: 1_024,
    });
  });

  it("finds the stream by name, by ARN or by both, and nothing by neither", () => {
    const { call } = kinesisFixture();
    const StreamARN = `arn:aws:kinesis:eu-west-1:${account}:stream/s`;
    for (const input of [{ StreamName: "s" }, { StreamARN }, { StreamName: "s", StreamARN }]) {
      assert.equal(call("DescribeStreamSummary", input).StreamDescriptionSummary.StreamName, "s");
    }
    assert.throws(() => call("DescribeStreamSummary", {}), { name: "InvalidArgumentException" });
    assert.throws(() => call("DescribeStreamSummary", { StreamName: "t", StreamARN }), { name: "InvalidArgumentException" });
    assert.throws(() => call("DescribeStreamSummary", { StreamName: "t" }), {
      name: "ResourceNotFoundException",
      message: `Stream t under account ${account} not found.`,
    });
  });
});

describe("ListShards", () => {
  it("pages by MaxResults; a NextToken stands alone and expires after 300 seconds", async () => {
    const { call, pass } = kinesisFixture({ shards: 5 });
    const first = call("ListShards", { StreamName: "s", MaxResults: 2 });
    const second = call("ListShards", { NextToken: first.NextToken, MaxResults: 2 });
    const last = call("ListShards", { NextToken: second.NextToken, MaxResults: 2 });
    const ids = [first, second, last].map((page) => page.Shards.map((s: { ShardId: string }) => Number(s.ShardId.slice(-1))));
    assert.deepEqual(ids, [[0, 1], [2, 3], [4]]);
    assert.equal(last.NextToken, undefined);
    assert.throws(() => call("ListShards", { StreamName: "s", NextToken: first.NextToken }), {
      name: "InvalidArgumentException",
      message: "NextToken and StreamName cannot be provided together.",
    });
    await pass(301);
    assert.throws(() => call("ListShards", { NextToken: first.NextToken }), { name: "ExpiredNextTokenException" });
  });

  it("refuses a token that isn't one, and no name at all", () => {
    const { call } = kinesisFixture();
    assert.throws(() => call("ListShards", { NextToken: "???" }), {
      name: "InvalidArgumentException",
      message: "Invalid NextToken.",
    });
    assert.throws(() => call("ListShards", {}), {
      name: "InvalidArgumentException",
      message: "Either NextToken or StreamName should be provided.",
    });
  });

  it("lists closed shards too, and filters as ShardFilter says", async () => {
    const { call, cloud, pass, updateShardCount } = kinesisFixture({ shards: 2 });
    const before = new Date(cloud.clock.now() + 1_000);
    updateShardCount(4);
    await pass(120);
    const ids = (ShardFilter?: object) =>
      call("ListShards", { StreamName: "s", ShardFilter }).Shards.map((s: { ShardId: string }) => Number(s.ShardId.slice(-1)));
    assert.deepEqual(ids(), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(ids({ Type: "AT_LATEST" }), [2, 3, 4, 5]);
    assert.deepEqual(ids({ Type: "AFTER_SHARD_ID", ShardId: "shardId-000000000003" }), [4, 5]);
    assert.deepEqual(ids({ Type: "AT_TRIM_HORIZON" }), [0, 1]);
    assert.deepEqual(ids({ Type: "AT_TIMESTAMP", Timestamp: before }), [0, 1]);
    assert.deepEqual(ids({ Type: "FROM_TIMESTAMP", Timestamp: new Date(cloud.clock.now()) }), [2, 3, 4, 5]);
    assert.deepEqual(ids({ Type: "FROM_TRIM_HORIZON" }), [0, 1, 2, 3, 4, 5]);
    assert.throws(() => ids({ Type: "AT_TIMESTAMP" }), { name: "InvalidArgumentException" });
    assert.throws(() => ids({ Type: "AFTER_SHARD_ID" }), { name: "InvalidArgumentException" });
  });

  it("is refused while the stream is being created", () => {
    const { call } = kinesisFixture({ shards: 0, createStreamSeconds: 10 });
    call("CreateStream", { StreamName: "s", ShardCount: 1 });
    assert.throws(() => call("ListShards", { StreamName: "s" }), { name: "ResourceInUseException" });
  });
});

describe("DescribeStream", () => {
  it("gives at most 100 shards a call and says whether there are more", () => {
    const { call } = kinesisFixture({ shards: 150 });
    const first = call("DescribeStream", { StreamName: "s", Limit: 500 }).StreamDescription;
    assert.deepEqual([first.Shards.length, first.HasMoreShards], [100, true]);
    const rest = call("DescribeStream", {
      StreamName: "s",
      ExclusiveStartShardId: first.Shards.at(-1).ShardId,
    }).StreamDescription;
    assert.deepEqual([rest.Shards.length, rest.HasMoreShards], [50, false]);
  });
});

describe("ListStreams", () => {
  it("lists names in order, page by page", () => {
    const { call } = kinesisFixture({ shards: 0 });
    for (const StreamName of ["c", "a", "b"]) call("CreateStream", { StreamName, ShardCount: 1 });
    const first = call("ListStreams", { Limit: 2 });
    assert.deepEqual([first.StreamNames, first.HasMoreStreams], [["a", "b"], true]);
    const second = call("ListStreams", { ExclusiveStartStreamName: "b" });
    assert.deepEqual([second.StreamNames, second.HasMoreStreams], [["c"], false]);
    assert.deepEqual(call("ListStreams", { NextToken: first.NextToken }).StreamNames, ["c"]);
  });
});

describe("DescribeLimits", () => {
  it("answers the account's shards and limits: 20,000 shards in the large regions, provisioned ones counted", () => {
    const { call } = kinesisFixture({ shards: 4 });
    call("CreateStream", { StreamName: "d", StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    assert.deepEqual(call("DescribeLimits"), {
      ShardLimit: 20_000,
      OpenShardCount: 4,
      OnDemandStreamCount: 1,
      OnDemandStreamCountLimit: 50,
    });
  });
});
