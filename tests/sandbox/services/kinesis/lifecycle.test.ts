// Source: CreateStream, DeleteStream, UpdateStreamMode, IncreaseStreamRetentionPeriod, StartStreamEncryption (API reference)
import assert = require("node:assert/strict");
import { kinesisFixture } from "./fixture";

const account = "123456789012";

describe("CreateStream", () => {
  it("is CREATING until it is ACTIVE with shards of equal ranges as CreateStream lays them out", async () => {
    const { call, pass, summary, shards } = kinesisFixture({ shards: 0, createStreamSeconds: 10 });
    assert.equal(call("CreateStream", { StreamName: "s", ShardCount: 3 }), undefined);
    assert.deepEqual([summary().StreamStatus, summary().OpenShardCount], ["CREATING", 0]);
    await pass(10);
    assert.deepEqual([summary().StreamStatus, summary().OpenShardCount], ["ACTIVE", 3]);
    assert.deepEqual(
      shards().map((s) => [s.ShardId, s.HashKeyRange.StartingHashKey, s.HashKeyRange.EndingHashKey]),
      [
        ["shardId-000000000000", "0", "113427455640312821154458202477256070484"],
        ["shardId-000000000001", "113427455640312821154458202477256070485", "226854911280625642308916404954512140969"],
        ["shardId-000000000002", "226854911280625642308916404954512140970", "340282366920938463463374607431768211455"],
      ],
    );
  });

  it("refuses a name that exists", () => {
    const { call } = kinesisFixture();
    assert.throws(() => call("CreateStream", { StreamName: "s", ShardCount: 1 }), {
      name: "ResourceInUseException",
      message: `Stream s under account ${account} already exists.`,
    });
  });

  it("refuses more than five streams in CREATING", () => {
    const { call } = kinesisFixture({ shards: 0, createStreamSeconds: 10 });
    for (let i = 0; i < 5; i++) call("CreateStream", { StreamName: `s${i}`, ShardCount: 1 });
    assert.throws(() => call("CreateStream", { StreamName: "s5", ShardCount: 1 }), { name: "LimitExceededException" });
  });

  it("refuses more shards than the account may have with AWS's text", () => {
    const { call } = kinesisFixture({ shards: 4, shardLimit: 10 });
    assert.throws(() => call("CreateStream", { StreamName: "t", ShardCount: 7 }), {
      name: "LimitExceededException",
      message:
        `This request would exceed the shard limit for the account ${account} in eu-west-1. Current shard count for the account: 4. ` +
        "Limit: 10. Number of additional shards that would have resulted from this request: 7. Refer to the AWS Service Limits page " +
        "(http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.",
    });
  });

  it("needs a shard count in provisioned mode and none on demand, where a stream starts with four shards", () => {
    const { call } = kinesisFixture({ shards: 0 });
    const onDemand = { StreamMode: "ON_DEMAND" };
    assert.throws(() => call("CreateStream", { StreamName: "s" }), { name: "ValidationException" });
    assert.throws(() => call("CreateStream", { StreamName: "s", ShardCount: 2, StreamModeDetails: onDemand }), {
      name: "ValidationException",
    });
    call("CreateStream", { StreamName: "s", StreamModeDetails: onDemand });
    assert.equal(call("DescribeStreamSummary", { StreamName: "s" }).StreamDescriptionSummary.OpenShardCount, 4);
  });
});

describe("DeleteStream", () => {
  it("is DELETING and then gone; the name is free again", async () => {
    const { call, pass, summary } = kinesisFixture({ deleteStreamSeconds: 10 });
    call("DeleteStream", { StreamName: "s" });
    assert.equal(summary().StreamStatus, "DELETING");
    await pass(10);
    assert.throws(summary, { name: "ResourceNotFoundException", message: `Stream s under account ${account} not found.` });
    call("CreateStream", { StreamName: "s", ShardCount: 2 });
    assert.equal(summary().OpenShardCount, 2);
  });

  it("lets no change complete on a stream of the same name that came later", async () => {
    const { call, pass, summary, updateShardCount } = kinesisFixture({ shards: 4, deleteStreamSeconds: 0 });
    updateShardCount(8);
    await pass(60);
    assert.throws(() => call("DeleteStream", { StreamName: "s" }), { name: "ResourceInUseException" });
    await pass(60);
    updateShardCount(4);
    await pass(120);
    call("DeleteStream", { StreamName: "s" });
    call("CreateStream", { StreamName: "s", ShardCount: 2 });
    await pass(300);
    assert.equal(summary().OpenShardCount, 2);
  });

  it("refuses a stream with consumers unless told to delete them", async () => {
    const { call, pass } = kinesisFixture({ registerConsumerSeconds: 5, deleteStreamSeconds: 0 });
    const StreamARN = `arn:aws:kinesis:eu-west-1:${account}:stream/s`;
    call("RegisterStreamConsumer", { StreamARN, ConsumerName: "c" });
    await pass(5);
    assert.throws(() => call("DeleteStream", { StreamName: "s" }), { name: "ResourceInUseException" });
    call("DeleteStream", { StreamName: "s", EnforceConsumerDeletion: true });
    assert.deepEqual(call("ListStreams").StreamNames, []);
  });
});

describe("the retention period", () => {
  it("goes from 24 to 8,760 hours with AWS's texts", () => {
    const { call, summary } = kinesisFixture();
    const change = (direction: string, hours: number) =>
      call(`${direction}StreamRetentionPeriod`, { StreamName: "s", RetentionPeriodHours: hours });
    assert.throws(() => change("Decrease", 23), {
      name: "InvalidArgumentException",
      message: "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.",
    });
    assert.throws(() => change("Increase", 8_761), {
      name: "InvalidArgumentException",
      message: "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is too long.",
    });
    change("Increase", 48);
    assert.equal(summary().RetentionPeriodHours, 48);
    assert.throws(() => change("Increase", 24), {
      name: "InvalidArgumentException",
      message:
        "Requested retention period (24 hours) for stream s can not be shorter than existing retention period (48 hours). Use DecreaseRetentionPeriod API.",
    });
    assert.throws(() => change("Decrease", 72), {
      name: "InvalidArgumentException",
      message: /longer .* Use IncreaseRetentionPeriod API/,
    });
    change("Decrease", 24);
    assert.equal(summary().RetentionPeriodHours, 24);
  });

  it("is how long closed shards are listed", async () => {
    const { updateShardCount, shards, pass } = kinesisFixture({ shards: 2 });
    updateShardCount(4);
    await pass(120 + 86_399);
    assert.equal(shards().length, 6);
    await pass(1);
    assert.equal(shards().length, 4);
  });
});

describe("encryption, mode and record size", () => {
  it("pass through UPDATING", async () => {
    const { call, summary, pass } = kinesisFixture({ updateStreamSeconds: 5 });
    call("StartStreamEncryption", { StreamName: "s", EncryptionType: "KMS", KeyId: "alias/aws/kinesis" });
    assert.deepEqual([summary().StreamStatus, summary().EncryptionType], ["UPDATING", "NONE"]);
    assert.throws(() => call("StopStreamEncryption", { StreamName: "s", EncryptionType: "KMS", KeyId: "alias/aws/kinesis" }), {
      name: "ResourceInUseException",
    });
    await pass(5);
    assert.deepEqual([summary().StreamStatus, summary().EncryptionType, summary().KeyId], ["ACTIVE", "KMS", "alias/aws/kinesis"]);
    call("StopStreamEncryption", { StreamName: "s", EncryptionType: "KMS", KeyId: "alias/aws/kinesis" });
    await pass(5);
    assert.deepEqual([summary().EncryptionType, summary().KeyId], ["NONE", undefined]);
  });

  it("switches the mode twice within 24 hours, not three times, and keeps the shards", async () => {
    const { call, summary, pass } = kinesisFixture({ shards: 6 });
    const StreamARN = summary().StreamARN;
    const mode = (StreamMode: string) => call("UpdateStreamMode", { StreamARN, StreamModeDetails: { StreamMode } });
    mode("ON_DEMAND");
    mode("PROVISIONED");
    assert.deepEqual([summary().StreamModeDetails.StreamMode, summary().OpenShardCount], ["PROVISIONED", 6]);
    assert.throws(() => mode("ON_DEMAND"), { name: "LimitExceededException" });
    await pass(86_400);
    mode("ON_DEMAND");
    assert.equal(summary().StreamModeDetails.StreamMode, "ON_DEMAND");
  });
});

describe("enhanced monitoring", () => {
  it("answers current and desired shard-level metrics; ALL means all seven", () => {
    const { call, summary } = kinesisFixture();
    const on = call("EnableEnhancedMonitoring", { StreamName: "s", ShardLevelMetrics: ["IncomingBytes"] });
    assert.deepEqual([on.CurrentShardLevelMetrics, on.DesiredShardLevelMetrics], [[], ["IncomingBytes"]]);
    const all = call("EnableEnhancedMonitoring", { StreamName: "s", ShardLevelMetrics: ["ALL"] });
    assert.equal(all.DesiredShardLevelMetrics.length, 7);
    call("DisableEnhancedMonitoring", { StreamName: "s", ShardLevelMetrics: ["ALL"] });
    assert.deepEqual(summary().EnhancedMonitoring, [{ ShardLevelMetrics: [] }]);
  });
});
