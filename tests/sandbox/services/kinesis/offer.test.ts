// Source: Quotas and limits (Amazon Kinesis Data Streams Developer Guide); the workload model
import assert = require("node:assert/strict");
import fc from "fast-check";
import { minute } from "../../../../sandbox/core/clock";
import { kinesisFixture, sumOf, type KinesisFixture } from "./fixture";

const bytes = 500;

/** Lets a minute pass and offers it `records` of 500 bytes (or `size`). */
async function offerMinute(fixture: KinesisFixture, records: number, options: { keys?: number[]; size?: number } = {}) {
  const start = fixture.cloud.clock.now();
  // Traffic of a minute is accounted before the changes that are due at its end complete.
  let result: ReturnType<typeof fixture.kinesis.offer> | undefined;
  fixture.cloud.clock.at(start + minute, 0, () => {
    result = fixture.kinesis.offer("s", start, { records, bytes: records * (options.size ?? bytes), keys: options.keys });
  });
  await fixture.pass(60);
  return result!;
}

describe("a minute of offered records", () => {
  it("is taken up to 1,000 records a second and shard", async () => {
    const fixture = kinesisFixture({ shards: 2 });
    assert.deepEqual(await offerMinute(fixture, 120_000), {
      accepted: 120_000,
      throttled: 0,
      acceptedBytes: 60_000_000,
      shards: 2,
      capacity: 120_000,
    });
    const { accepted, throttled } = await offerMinute(fixture, 150_000);
    assert.deepEqual([accepted, throttled], [120_000, 30_000]);
  });

  it("is taken up to 1 MiB a second and shard, partial records not rounded", async () => {
    const fixture = kinesisFixture({ shards: 2 });
    const { accepted, throttled, acceptedBytes } = await offerMinute(fixture, 20_000, { size: 10_240 });
    assert.equal(acceptedBytes, 2 * 60 * 1_048_576);
    assert.equal(accepted, 12_288);
    assert.equal(throttled, 20_000 - 12_288);
  });

  it("meets the shards that served in it: the new count serves from the minute after the update", async () => {
    const fixture = kinesisFixture({ shards: 2 });
    await offerMinute(fixture, 0);
    fixture.updateShardCount(4);
    const taken: number[] = [];
    for (let i = 0; i < 3; i++) taken.push((await offerMinute(fixture, 1_000_000)).accepted);
    assert.deepEqual(taken, [120_000, 120_000, 240_000]);
  });

  it("meets a change in mid-minute with each count's part of it", async () => {
    const fixture = kinesisFixture({ shards: 1 });
    fixture.call("SplitShard", { StreamName: "s", ShardToSplit: "shardId-000000000000", NewStartingHashKey: String(1n << 127n) });
    const { accepted, shards } = await offerMinute(fixture, 1_000_000);
    assert.equal(shards, 1.5);
    assert.equal(accepted, 90_000);
  });

  it("throttles a hot shard although the stream has room", async () => {
    const fixture = kinesisFixture({ shards: 4 });
    const keys = [7, 1, 1, 1];
    const { accepted, throttled, capacity } = await offerMinute(fixture, 120_000, { keys });
    assert.equal(capacity, 240_000);
    assert.equal(accepted, 60_000 + 36_000);
    assert.equal(throttled, 24_000);
    assert.equal((await offerMinute(fixture, 120_000)).throttled, 0);
  });

  it("cools down when the hot range is split", async () => {
    const fixture = kinesisFixture({ shards: 2 });
    const keys = [3, 1];
    assert.equal((await offerMinute(fixture, 100_000, { keys })).throttled, 15_000);
    fixture.call("SplitShard", { StreamName: "s", ShardToSplit: "shardId-000000000000", NewStartingHashKey: String(1n << 126n) });
    await offerMinute(fixture, 0);
    assert.equal((await offerMinute(fixture, 100_000, { keys })).throttled, 0);
  });

  it("fills ranges of unequal size unequally with even keys", async () => {
    const fixture = kinesisFixture({ shards: 1 });
    // A quarter and three quarters of the hash space.
    fixture.call("SplitShard", { StreamName: "s", ShardToSplit: "shardId-000000000000", NewStartingHashKey: String(1n << 126n) });
    await fixture.pass(60);
    const { accepted } = await offerMinute(fixture, 100_000);
    assert.equal(accepted, 25_000 + 60_000);
  });

  it("accepts and throttles what was offered, no more than the capacity, whatever keys and shards", async () => {
    const weights = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 }).filter((w) => w.some((x) => x > 0));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 3_000_000 }),
        fc.option(weights),
        async (shards, records, keys) => {
          const fixture = kinesisFixture({ shards });
          const { accepted, throttled, capacity } = await offerMinute(fixture, records, { keys: keys ?? undefined });
          assert.ok(Math.abs(accepted + throttled - records) < 1e-6);
          assert.ok(accepted <= capacity + 1e-6 && throttled >= 0);
          const even = (await offerMinute(fixture, records)).accepted;
          assert.equal(even, Math.min(records, 60_000 * shards));
          assert.ok(accepted <= even + 1e-6);
        },
      ),
      { seed: 7, numRuns: 80 },
    );
  });

  it("publishes nothing when nothing was offered", async () => {
    const fixture = kinesisFixture({ shards: 2 });
    assert.deepEqual(await offerMinute(fixture, 0), {
      accepted: 0,
      throttled: 0,
      acceptedBytes: 0,
      shards: 2,
      capacity: 120_000,
    });
    assert.deepEqual(fixture.published, []);
  });

  it("is refused whole by a stream that doesn't exist or is still being created", async () => {
    const fixture = kinesisFixture({ shards: 0, createStreamSeconds: 300 });
    assert.equal((await offerMinute(fixture, 10)).throttled, 10);
    fixture.call("CreateStream", { StreamName: "s", ShardCount: 1 });
    assert.equal((await offerMinute(fixture, 10)).throttled, 10);
    assert.deepEqual(fixture.published, []);
  });

  it("publishes its sums under the minute's start", async () => {
    const fixture = kinesisFixture({ shards: 1 });
    const start = fixture.cloud.clock.now();
    await offerMinute(fixture, 90_000);
    const sums = Object.fromEntries(fixture.published.map((d) => [d.name, sumOf([d], d.name)]));
    assert.deepEqual(sums, {
      IncomingRecords: 60_000,
      IncomingBytes: 30_000_000,
      "PutRecords.Bytes": 30_000_000,
      "PutRecords.Latency": 12 * 180,
      "PutRecords.Success": 180,
      "PutRecords.TotalRecords": 90_000,
      "PutRecords.SuccessfulRecords": 60_000,
      "PutRecords.FailedRecords": 0,
      "PutRecords.ThrottledRecords": 30_000,
      WriteProvisionedThroughputExceeded: 30_000,
    });
    for (const datum of fixture.published) {
      assert.equal(datum.namespace, "AWS/Kinesis");
      assert.equal(datum.timestamp, start);
      assert.deepEqual(datum.dimensions, { StreamName: "s" });
    }
  });

  it("publishes shard-level metrics, summing to the stream's, only while enhanced monitoring is on", async () => {
    const fixture = kinesisFixture({ shards: 3 });
    const shardLevel = () => fixture.published.filter((d) => "ShardId" in d.dimensions);
    await offerMinute(fixture, 90_000);
    assert.equal(shardLevel().length, 0);
    fixture.call("EnableEnhancedMonitoring", {
      StreamName: "s",
      ShardLevelMetrics: ["IncomingRecords", "WriteProvisionedThroughputExceeded"],
    });
    fixture.published.length = 0;
    const { accepted, throttled } = await offerMinute(fixture, 150_000, { keys: [4, 1, 1] });
    assert.deepEqual(new Set(shardLevel().map((d) => d.dimensions.ShardId)).size, 3);
    assert.ok(Math.abs(sumOf(shardLevel(), "IncomingRecords") - accepted) < 1e-6);
    assert.ok(Math.abs(sumOf(shardLevel(), "WriteProvisionedThroughputExceeded") - throttled) < 1e-6);
    assert.ok(accepted > 0 && throttled > 0);
    assert.equal(sumOf(shardLevel(), "IncomingBytes"), 0);
    fixture.call("DisableEnhancedMonitoring", { StreamName: "s", ShardLevelMetrics: ["ALL"] });
    fixture.published.length = 0;
    await offerMinute(fixture, 90_000);
    assert.equal(shardLevel().length, 0);
  });

  it("leaves what a stream took readable for those who process it", async () => {
    const fixture = kinesisFixture({ shards: 1 });
    const start = fixture.cloud.clock.now();
    await offerMinute(fixture, 90_000);
    assert.deepEqual(fixture.kinesis.arrivals("s", start), { records: 60_000, bytes: 30_000_000 });
    assert.deepEqual(fixture.kinesis.arrivals("s", start + minute), { records: 0, bytes: 0 });
  });

  it("doesn't let memory grow with time", async () => {
    const fixture = kinesisFixture({ shards: 4 });
    for (let i = 0; i < 3_000; i++) {
      await offerMinute(fixture, 100_000);
      if (i % 300 === 0) fixture.updateShardCount(fixture.summary().OpenShardCount === 4 ? 5 : 4);
      fixture.published.length = 0;
    }
    // Closed shards of the last 24 hours are listed, older ones are gone.
    assert.ok(fixture.shards().length < 60, String(fixture.shards().length));
  });
});
