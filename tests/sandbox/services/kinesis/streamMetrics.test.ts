// Source: Monitor the Amazon Kinesis Data Streams service with Amazon CloudWatch
import assert = require("node:assert/strict");
import { kinesisFixture, named, sumOf } from "./fixture";

describe("what a consumer reads", () => {
  it("is published as GetRecords.* with the age of the oldest unread record", () => {
    const { kinesis, published, cloud } = kinesisFixture({ shards: 2 });
    kinesis.read("s", cloud.clock.now(), { records: 1_000, bytes: 500_000, iteratorAgeMilliseconds: 7_000 });
    assert.equal(sumOf(published, "GetRecords.Records"), 1_000);
    assert.equal(sumOf(published, "GetRecords.Bytes"), 500_000);
    const [age] = named(published, "GetRecords.IteratorAgeMilliseconds");
    assert.deepEqual(age!.value, { sum: 7_000 * 600, sampleCount: 600, minimum: 7_000, maximum: 7_000 });
    assert.equal(sumOf(published, "ReadProvisionedThroughputExceeded"), 0);
  });

  it("shows as read throttling above 2 MiB a second and shard", () => {
    const { kinesis, published, cloud } = kinesisFixture({ shards: 1 });
    const limit = 60 * 2 * 1_048_576;
    kinesis.read("s", cloud.clock.now(), { records: 1_000, bytes: 2 * limit, iteratorAgeMilliseconds: 0 });
    assert.equal(sumOf(published, "ReadProvisionedThroughputExceeded"), 150);
  });

  it("is SubscribeToShardEvent.* with the consumer's name for enhanced fan-out", () => {
    const { kinesis, published, cloud } = kinesisFixture({ shards: 1 });
    kinesis.read("s", cloud.clock.now(), { records: 10, bytes: 100, iteratorAgeMilliseconds: 500, consumerName: "c" });
    assert.deepEqual(new Set(published.map((d) => d.name.split(".")[0])), new Set(["SubscribeToShardEvent"]));
    const [behind] = named(published, "SubscribeToShardEvent.MillisBehindLatest");
    assert.deepEqual(behind!.dimensions, { StreamName: "s", ConsumerName: "c" });
    assert.equal((behind!.value as { maximum: number }).maximum, 500);
  });

  it("goes out per shard, too, where enhanced monitoring asks for it", () => {
    const { kinesis, call, published, cloud } = kinesisFixture({ shards: 4 });
    call("EnableEnhancedMonitoring", { StreamName: "s", ShardLevelMetrics: ["OutgoingRecords", "IteratorAgeMilliseconds"] });
    kinesis.read("s", cloud.clock.now(), { records: 100, bytes: 100, iteratorAgeMilliseconds: 500 });
    assert.equal(named(published, "OutgoingRecords").length, 4);
    assert.equal(sumOf(published, "OutgoingRecords"), 100);
    assert.equal(named(published, "IteratorAgeMilliseconds").length, 4);
    assert.equal(named(published, "OutgoingBytes").length, 0);
  });

  it("shows the read throttling of each shard where enhanced monitoring asks for it", () => {
    const { kinesis, call, published, cloud } = kinesisFixture({ shards: 2 });
    call("EnableEnhancedMonitoring", { StreamName: "s", ShardLevelMetrics: ["ReadProvisionedThroughputExceeded"] });
    kinesis.read("s", cloud.clock.now(), { records: 1, bytes: 4 * 2 * 60 * 1_048_576, iteratorAgeMilliseconds: 0 });
    const perShard = named(published, "ReadProvisionedThroughputExceeded").filter((d) => "ShardId" in d.dimensions);
    assert.deepEqual(
      perShard.map((d) => sumOf([d], d.name)),
      [150, 150],
    );
  });
});
