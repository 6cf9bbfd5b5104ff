import type { Operation, Shape } from "../../core/cloud";
import { hour, minute, Phase } from "../../core/clock";
import { findStream, kinesisError, type KinesisAccount } from "./account";
import { hashKeyOf, hashSpace } from "./hashSpace";
import { shardBytesPerSecond, shardRecordsPerSecond, type ShardCounts } from "./offer";
import { memoryLimit, type MemoryLimit } from "./memoryLimit";
import { inSecond, keep, memoryOf, recordsOf, trim, type StoredRecord } from "./recordStore";
import { sequenceNumber } from "./sequenceNumber";
import type { Shard, Stream } from "./stream";
import { publishPuts } from "./streamMetrics";

const mebibyte = 1_048_576;
const requestBytes = 10 * mebibyte;

/** Records put through the API are held for readers; the workload's minutes go through `offer` and are counted. */
export function putOperations(account: KinesisAccount): Record<string, Operation> {
  const puts: Puts = { account, tallies: new WeakMap(), memory: memoryLimit(account) };
  return {
    PutRecord: (input) => putRecord(puts, input),
    PutRecords: (input) => putRecords(puts, input),
  };
}

interface Puts {
  account: KinesisAccount;
  tallies: WeakMap<Stream, Tally>;
  memory: MemoryLimit;
}

/** The current minute's puts of a stream, published when it ends. */
interface Tally {
  minuteStart: number;
  accepted: number;
  throttled: number;
  acceptedBytes: number;
  perShard: ShardCounts;
}

interface Entry {
  PartitionKey: string;
  ExplicitHashKey?: string;
  Data: Uint8Array | string;
}

function writableStream(account: KinesisAccount, input: Shape): Stream {
  const stream = findStream(account, input);
  if (stream.status !== "CREATING") return stream;
  throw kinesisError("ResourceNotFoundException", `Stream ${stream.name} under account ${account.cloud.account} not found.`);
}

function putRecord(puts: Puts, input: Shape): Shape {
  const { account } = puts;
  const stream = writableStream(account, input);
  const data = bytesOf(input.Data);
  checkSizes(stream, [{ data, key: input.PartitionKey }]);
  const put = putOne(puts, stream, input, data);
  if (put.sequence === undefined) throw throttled(account, stream, put.shard);
  return { ShardId: put.shard.id, SequenceNumber: put.sequence, EncryptionType: stream.encryptionType };
}

function putRecords(puts: Puts, input: Shape): Shape {
  const { account } = puts;
  const stream = writableStream(account, input);
  const entries: { entry: Entry; data: Uint8Array; key: string }[] = input.Records.map((entry: Entry) => ({
    entry,
    data: bytesOf(entry.Data),
    key: entry.PartitionKey,
  }));
  checkSizes(stream, entries);
  for (const { entry } of entries) hashKey(entry);
  const answers = entries.map(({ entry, data }) => {
    const { shard, sequence } = putOne(puts, stream, entry, data);
    if (sequence !== undefined) return { SequenceNumber: sequence, ShardId: shard.id };
    const { name, message } = throttled(account, stream, shard);
    return { ErrorCode: name, ErrorMessage: message };
  });
  const failed = answers.filter((a) => "ErrorCode" in a).length;
  return { FailedRecordCount: failed, Records: answers, EncryptionType: stream.encryptionType };
}

const throttled = (account: KinesisAccount, stream: Stream, shard: Shard) =>
  kinesisError(
    "ProvisionedThroughputExceededException",
    `Rate exceeded for shard ${shard.id} in stream ${stream.name} under account ${account.cloud.account}.`,
  );

export const bytesOf = (data: Uint8Array | string): Uint8Array => (typeof data === "string" ? Buffer.from(data, "base64") : data);

/** Size counts data and partition key: 1 MiB a record unless UpdateMaxRecordSize raised it, 10 MiB a request. */
function checkSizes(stream: Stream, records: readonly { data: Uint8Array; key: string }[]): void {
  let total = 0;
  records.forEach(({ data, key }, i) => {
    const limit = stream.maxRecordSizeInKiB * 1_024;
    const size = data.byteLength + Buffer.byteLength(key, "utf8");
    total += size;
    if (size <= limit) return;
    const at = records.length === 1 ? "data" : `records.${i + 1}.member.data`;
    throw kinesisError(
      "ValidationException",
      `1 validation error detected: Value at '${at}' failed to satisfy constraint: Member must have length less than or equal to ${limit}`,
    );
  });
  if (total > requestBytes) throw kinesisError("InvalidArgumentException", "Records size exceeds 10 MiB limit");
}

function hashKey(entry: Entry): bigint {
  if (entry.ExplicitHashKey === undefined) return hashKeyOf(entry.PartitionKey);
  const key = BigInt(entry.ExplicitHashKey);
  if (key < hashSpace) return key;
  throw kinesisError(
    "InvalidArgumentException",
    `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${key}`,
  );
}

function putOne(
  { account, tallies, memory }: Puts,
  stream: Stream,
  entry: Entry,
  data: Uint8Array,
): { shard: Shard; sequence?: string } {
  const now = account.cloud.clock.now();
  const key = hashKey(entry);
  const shard = shardOf(stream, key);
  const size = data.byteLength + Buffer.byteLength(entry.PartitionKey, "utf8");
  const records = inSecond(recordsOf(shard), account.cloud.clock.rateTime());
  const fits =
    records.writtenRecords < shardRecordsPerSecond && records.writtenBytes + size <= Math.max(shardBytesPerSecond, size);
  count(account, tallies, stream, shard, fits ? size : undefined);
  if (!fits) return { shard };
  records.writtenRecords++;
  records.writtenBytes += size;
  const index = stream.nextSequence++;
  const sequence = sequenceNumber({ shardCreatedAt: shard.createdAt, shardIndex: shard.index, index, time: now });
  const record: StoredRecord = {
    index,
    sequenceNumber: sequence,
    arrivedAt: now,
    data,
    partitionKey: entry.PartitionKey,
    encryptionType: stream.encryptionType,
  };
  keep(records, record);
  trim(records, now - stream.retentionHours * hour);
  memory.kept(memoryOf(record));
  return { shard, sequence };
}

/** The open shards' ranges cover the hash space, in order. */
function shardOf({ topology: { shards } }: Stream, key: bigint): Shard {
  let [from, to] = [0, shards.length - 1];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (shards[middle]!.end < key) from = middle + 1;
    else to = middle;
  }
  return shards[from]!;
}

/** `size` undefined: the record was throttled. */
function count(
  account: KinesisAccount,
  tallies: WeakMap<Stream, Tally>,
  stream: Stream,
  shard: Shard,
  size: number | undefined,
): void {
  const { clock } = account.cloud;
  const minuteStart = Math.floor(clock.now() / minute) * minute;
  let tally = tallies.get(stream);
  if (tally?.minuteStart !== minuteStart) {
    tally = { minuteStart, accepted: 0, throttled: 0, acceptedBytes: 0, perShard: new Map() };
    tallies.set(stream, tally);
    const ended = tally;
    clock.at(minuteStart + minute, Phase.Traffic, () => publishPuts(account.cloud, stream, minuteStart, ended, ended.perShard));
  }
  const { ledger } = stream;
  ledger.offeredRecords++;
  const sum = tally.perShard.get(shard) ?? { accepted: 0, throttled: 0 };
  tally.perShard.set(shard, sum);
  if (size === undefined) {
    sum.throttled++;
    tally.throttled++;
    ledger.throttledRecords++;
    return;
  }
  sum.accepted++;
  tally.accepted++;
  tally.acceptedBytes += size;
  countAccepted(stream, minuteStart, 1, size);
}

/** What a stream took in a minute: for its bill, and for whoever reads it. */
export function countAccepted(stream: Stream, minuteStart: number, records: number, bytes: number): void {
  const { ledger, arrivals } = stream;
  ledger.acceptedRecords += records;
  ledger.acceptedBytes += bytes;
  // "PUT Payload Units are 25 KB 'chunks'": rounded up per record, here at the mean size.
  const bytesEach = records > 0 ? bytes / records : 0;
  ledger.putPayloadUnits += records * Math.max(1, Math.ceil(bytesEach / 25_600));
  if (stream.mode === "ON_DEMAND") ledger.onDemandBytesIn += records * Math.max(1, Math.ceil(bytesEach / 1_024)) * 1_024;
  const sum = arrivals.get(minuteStart);
  if (sum) {
    sum.records += records;
    sum.bytes += bytes;
  } else {
    arrivals.set(minuteStart, { records, bytes });
    for (const old of arrivals.keys()) if (old < minuteStart - 5 * minute) arrivals.delete(old);
  }
}
