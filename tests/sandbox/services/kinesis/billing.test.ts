// Source: Amazon Kinesis Data Streams pricing
import assert = require("node:assert/strict");
import { kinesisFixture } from "./fixture";

describe("what a stream is billed", () => {
  it("is its open shards over time, to the millisecond; the new count from the end of the update", async () => {
    const { kinesis, updateShardCount, pass } = kinesisFixture({ shards: 4 });
    await pass(3_600);
    assert.equal(kinesis.billing("s").shardHours, 4);
    updateShardCount(8);
    await pass(120);
    assert.equal(kinesis.billing("s").shardHours, 4 + (4 * 120) / 3_600);
    await pass(1.5);
    assert.equal(kinesis.billing("s").shardHours, 4 + (4 * 120) / 3_600 + (8 * 1.5) / 3_600);
    assert.equal(kinesis.billing("s").peakShards, 8);
  });

  it("counts a PUT payload unit for every 25 KB of a record, begun ones whole", async () => {
    const { kinesis, cloud, pass } = kinesisFixture({ shards: 10 });
    const at = cloud.clock.now();
    await pass(60);
    kinesis.offer("s", at, { records: 1_000, bytes: 500_000 });
    assert.equal(kinesis.billing("s").putPayloadUnits, 1_000);
    kinesis.offer("s", at, { records: 100, bytes: 100 * 26_000 });
    assert.equal(kinesis.billing("s").putPayloadUnits, 1_200);
  });

  it("starts from zero at a reset, with the shards that are open as the peak", async () => {
    const { kinesis, updateShardCount, pass } = kinesisFixture({ shards: 4 });
    updateShardCount(2);
    await pass(600);
    kinesis.resetBilling("s");
    await pass(3_600);
    const { shardHours, peakShards, reshards } = kinesis.billing("s");
    assert.deepEqual([shardHours, peakShards, reshards], [2, 2, 0]);
  });

  it("is stream-hours and bytes, a record rounded up to 1 KiB, on demand", async () => {
    const { kinesis, call, cloud, pass } = kinesisFixture({ shards: 0 });
    call("CreateStream", { StreamName: "d", StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    const at = cloud.clock.now();
    await pass(3_600);
    kinesis.offer("d", at, { records: 1_000, bytes: 500_000 });
    const { shardHours, onDemandHours, onDemandBytesIn } = kinesis.billing("d");
    assert.deepEqual([shardHours, onDemandHours, onDemandBytesIn], [0, 1, 1_024_000]);
  });

  it("is refused for a stream that isn't there", () => {
    const { kinesis } = kinesisFixture({ shards: 0 });
    assert.throws(() => kinesis.billing("s"), { name: "ResourceNotFoundException" });
  });
});
