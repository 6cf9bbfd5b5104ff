// Source: PutRecord, PutRecords, GetShardIterator, GetRecords (API reference)
import assert = require("node:assert/strict");
import type { Shape } from "../../../../sandbox/core/cloud";
import { kinesisFixture, sumOf, type KinesisFixture } from "./fixture";

const account = "123456789012";
const data = (text: string) => Buffer.from(text);
const put = (f: KinesisFixture, key: string, text = "x") =>
  f.call("PutRecord", { StreamName: "s", PartitionKey: key, Data: data(text) });

function iterator(f: KinesisFixture, options: Shape = {}): string {
  const input = { StreamName: "s", ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON", ...options };
  return f.call("GetShardIterator", input).ShardIterator;
}

const texts = (answer: Shape): string[] => answer.Records.map((r: Shape) => Buffer.from(r.Data).toString());

describe("PutRecord and GetRecords", () => {
  it("route by the MD5 of the partition key, or by an explicit hash key", () => {
    const f = kinesisFixture({ shards: 2 });
    // md5("a") = 0cc1..., md5("b") = 92eb...
    assert.equal(put(f, "a").ShardId, "shardId-000000000000");
    assert.equal(put(f, "b").ShardId, "shardId-000000000001");
    const explicit = (ExplicitHashKey: string) =>
      f.call("PutRecord", { StreamName: "s", PartitionKey: "a", ExplicitHashKey, Data: data("x") });
    assert.equal(explicit(String((1n << 128n) - 1n)).ShardId, "shardId-000000000001");
    assert.throws(() => explicit(String(1n << 128n)), {
      name: "InvalidArgumentException",
      message: `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${1n << 128n}`,
    });
  });

  it("give back what was put, in order, with rising sequence numbers", () => {
    const f = kinesisFixture({ shards: 1 });
    const numbers = ["one", "two", "three"].map((text) => BigInt(put(f, "k", text).SequenceNumber));
    assert.ok(numbers[0]! < numbers[1]! && numbers[1]! < numbers[2]!);
    const answer = f.call("GetRecords", { ShardIterator: iterator(f) });
    assert.deepEqual(texts(answer), ["one", "two", "three"]);
    assert.deepEqual(
      answer.Records.map((r: Shape) => BigInt(r.SequenceNumber)),
      numbers,
    );
    assert.equal(answer.MillisBehindLatest, 0);
    put(f, "k", "four");
    assert.deepEqual(texts(f.call("GetRecords", { ShardIterator: answer.NextShardIterator })), ["four"]);
  });

  it("read at and after a sequence number, from the end, and from a time", async () => {
    const f = kinesisFixture({ shards: 1 });
    put(f, "k", "one");
    await f.pass(10);
    const { SequenceNumber } = put(f, "k", "two");
    const at = f.cloud.clock.now();
    await f.pass(10);
    const read = (options: Shape) => texts(f.call("GetRecords", { ShardIterator: iterator(f, options) }));
    assert.deepEqual(read({ ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: SequenceNumber }), ["two"]);
    assert.deepEqual(read({ ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: SequenceNumber }), []);
    assert.deepEqual(read({ ShardIteratorType: "LATEST" }), []);
    assert.deepEqual(read({ ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(at) }), ["two"]);
    assert.throws(() => read({ ShardIteratorType: "LATEST", StartingSequenceNumber: SequenceNumber }), {
      name: "InvalidArgumentException",
      message:
        "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST " +
        "and no StartingSequenceNumber. Request specified LATEST and also a StartingSequenceNumber.",
    });
    assert.throws(() => read({ ShardIteratorType: "AT_SEQUENCE_NUMBER", StartingSequenceNumber: "17" }), {
      name: "InvalidArgumentException",
      message: `StartingSequenceNumber 17 used in GetShardIterator on shard shardId-000000000000 in stream s under account ${account} is invalid.`,
    });
  });

  it("say how far behind a reader is", async () => {
    const f = kinesisFixture({ shards: 1 });
    put(f, "k", "one");
    put(f, "k", "two");
    await f.pass(30);
    assert.equal(f.call("GetRecords", { ShardIterator: iterator(f), Limit: 1 }).MillisBehindLatest, 30_000);
  });

  it("end a closed shard with its children instead of a next iterator", async () => {
    const f = kinesisFixture({ shards: 1 });
    put(f, "k", "one");
    f.updateShardCount(2);
    await f.pass(120);
    const answer = f.call("GetRecords", { ShardIterator: iterator(f) });
    assert.deepEqual(texts(answer), ["one"]);
    assert.equal(answer.NextShardIterator, undefined);
    assert.deepEqual(
      answer.ChildShards.map((c: Shape) => [c.ShardId, c.ParentShards]),
      [
        ["shardId-000000000001", ["shardId-000000000000"]],
        ["shardId-000000000002", ["shardId-000000000000"]],
      ],
    );
  });

  it("expire iterators after five minutes with AWS's text", async () => {
    const f = kinesisFixture({ shards: 1 });
    const ShardIterator = iterator(f);
    await f.pass(301);
    assert.throws(() => f.call("GetRecords", { ShardIterator }), {
      name: "ExpiredIteratorException",
      message:
        "Iterator expired. The iterator was created at time Mon Mar 02 00:00:00 UTC 2026 while right now it is Mon Mar 02 00:05:01 UTC 2026 " +
        "which is further in the future than the tolerated delay of 300000 milliseconds.",
    });
    assert.throws(() => f.call("GetRecords", { ShardIterator: "nonsense" }), {
      name: "InvalidArgumentException",
      message: "Invalid ShardIterator.",
    });
  });

  it("drop records after the retention period", async () => {
    const f = kinesisFixture({ shards: 1 });
    put(f, "k", "1");
    await f.pass(86_399);
    put(f, "k", "2");
    assert.deepEqual(texts(f.call("GetRecords", { ShardIterator: iterator(f) })), ["1", "2"]);
    await f.pass(2);
    assert.deepEqual(texts(f.call("GetRecords", { ShardIterator: iterator(f) })), ["2"]);
  });

  // Source: the sandbox's own
  it("drop the oldest of all streams where they take more memory than they may, and say so", async () => {
    const f = kinesisFixture({ shards: 2, heldBytes: 1_048_576 });
    const Data = Buffer.alloc(1_024);
    const keys = ["a", "b"];
    for (let second = 0; second < 10; second++) {
      for (const PartitionKey of keys)
        f.call("PutRecords", { StreamName: "s", Records: Array.from({ length: 100 }, () => ({ PartitionKey, Data })) });
      await f.pass(1);
    }
    const begin = f.cloud.clock.now() - 10_000;
    const seconds = [0, 1].map((shard) => {
      const { Records } = f.call("GetRecords", { ShardIterator: iterator(f, { ShardId: `shardId-00000000000${shard}` }) });
      return [...new Set<number>(Records.map((r: Shape) => (r.ApproximateArrivalTimestamp.getTime() - begin) / 1_000))];
    });
    // 1 MiB are 822 records of 1,275 bytes; the newest four seconds are 800.
    assert.deepEqual(seconds, [
      [6, 7, 8, 9],
      [6, 7, 8, 9],
    ]);
    const dropped = f.cloud.events.recent().filter(({ type }) => type === "RecordsDropped");
    assert.deepEqual(
      dropped.map(({ message }) => message),
      ["Records take more than 1 MiB: the oldest are dropped before their retention period ends"],
    );
  });
});

describe("the limits of one shard", () => {
  it("throttle a put above 1,000 records a second, record by record in PutRecords", async () => {
    const f = kinesisFixture({ shards: 1 });
    const Records = Array.from({ length: 500 }, () => ({ PartitionKey: "k", Data: data("x") }));
    const batch = () => f.call("PutRecords", { StreamName: "s", Records });
    assert.deepEqual([batch().FailedRecordCount, batch().FailedRecordCount], [0, 0]);
    const refused = batch();
    assert.equal(refused.FailedRecordCount, 500);
    assert.deepEqual(refused.Records[0], {
      ErrorCode: "ProvisionedThroughputExceededException",
      ErrorMessage: `Rate exceeded for shard shardId-000000000000 in stream s under account ${account}.`,
    });
    assert.throws(() => put(f, "k"), { name: "ProvisionedThroughputExceededException" });
    await f.pass(1);
    assert.equal(batch().FailedRecordCount, 0);
  });

  it("throttle puts above 1 MiB a second", () => {
    const f = kinesisFixture({ shards: 1 });
    const Data = Buffer.alloc(600_000);
    const big = () => f.call("PutRecord", { StreamName: "s", PartitionKey: "k", Data });
    big();
    assert.throws(big, { name: "ProvisionedThroughputExceededException" });
  });

  it("refuse a record above 1 MiB, and a larger one is taken after UpdateMaxRecordSize", () => {
    const f = kinesisFixture({ shards: 1 });
    const Data = Buffer.alloc(2 * 1_048_576);
    const big = () => f.call("PutRecord", { StreamName: "s", PartitionKey: "k", Data });
    assert.throws(big, { name: "ValidationException", message: /less than or equal to 1048576/ });
    f.call("UpdateMaxRecordSize", { StreamARN: f.summary().StreamARN, MaxRecordSizeInKiB: 4_096 });
    assert.equal(big().ShardId, "shardId-000000000000");
  });

  it("throttle a sixth GetRecords within a second, and reads after more than 2 MiB", async () => {
    const f = kinesisFixture({ shards: 1 });
    const ShardIterator = iterator(f);
    for (let i = 0; i < 5; i++) f.call("GetRecords", { ShardIterator });
    assert.throws(() => f.call("GetRecords", { ShardIterator }), { name: "ProvisionedThroughputExceededException" });
    for (let i = 0; i < 4; i++) {
      await f.pass(1);
      f.call("PutRecord", { StreamName: "s", PartitionKey: "k", Data: Buffer.alloc(1_000_000) });
    }
    await f.pass(1);
    assert.equal(f.call("GetRecords", { ShardIterator }).Records.length, 4);
    await f.pass(1);
    assert.throws(() => f.call("GetRecords", { ShardIterator }), { name: "ProvisionedThroughputExceededException" });
    await f.pass(1);
    assert.equal(f.call("GetRecords", { ShardIterator }).Records.length, 4);
  });
});

describe("records put through the API", () => {
  it("count in the minute's metrics, in arrivals and in the bill", async () => {
    const f = kinesisFixture({ shards: 1 });
    const start = f.cloud.clock.now();
    put(f, "key", "1234567");
    put(f, "key", "1234567");
    assert.equal(f.published.length, 0);
    await f.pass(60);
    assert.equal(sumOf(f.published, "IncomingRecords"), 2);
    assert.equal(sumOf(f.published, "IncomingBytes"), 20);
    assert.deepEqual(f.kinesis.arrivals("s", start), { records: 2, bytes: 20 });
    assert.equal(f.kinesis.billing("s").acceptedRecords, 2);
    f.published.length = 0;
    await f.pass(60);
    assert.equal(f.published.length, 0);
  });

  it("are refused by a stream that is being created", () => {
    const f = kinesisFixture({ shards: 0, createStreamSeconds: 10 });
    f.call("CreateStream", { StreamName: "s", ShardCount: 1 });
    assert.throws(() => put(f, "k"), { name: "ResourceNotFoundException" });
  });
});
