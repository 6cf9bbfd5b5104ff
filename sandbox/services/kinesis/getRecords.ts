import type { Operation, Shape } from "../../core/cloud";
import { hour, minute } from "../../core/clock";
import { findShard, findStream, kinesisError, type KinesisAccount } from "./account";
import { timestampMs } from "./memberValidation";
import { inSecond, positionOf, recordsOf, trim, type StoredRecord } from "./recordStore";
import { parseSequenceNumber } from "./sequenceNumber";
import type { Shard, Stream } from "./stream";

/** Reading with shard iterators. */
export function getOperations(account: KinesisAccount): Record<string, Operation> {
  return {
    GetShardIterator: (input) => getShardIterator(account, input),
    GetRecords: (input) => getRecords(account, input),
  };
}

/** Where an iterator stands: the index of the next record to read, in the encoded form of ShardIterator. */
interface Position {
  stream: string;
  streamCreatedAt: number;
  shard: string;
  next: string;
  madeAt: number;
}

const encode = (position: Position) => Buffer.from(JSON.stringify(position)).toString("base64");

export function decodeIterator(text: unknown): Position | undefined {
  try {
    const position = JSON.parse(Buffer.from(String(text), "base64").toString("utf8"));
    return typeof position?.stream === "string" && /^\d+$/.test(position.next) ? position : undefined;
  } catch {
    return undefined;
  }
}

const iteratorLifetime = 5 * minute;

function getShardIterator(account: KinesisAccount, input: Shape): Shape {
  const stream = findStream(account, input);
  const shard = iteratorShard(account, stream, input.ShardId);
  const now = account.cloud.clock.now();
  const next = startIndex(account, stream, shard, input);
  const position = { stream: stream.name, streamCreatedAt: stream.createdAt, shard: shard.id, next: String(next), madeAt: now };
  return { ShardIterator: encode(position) };
}

/** A shard that isn't there has a text of its own here; one whose name isn't a shard's has the one of the other operations. */
function iteratorShard(account: KinesisAccount, stream: Stream, given: string): Shard {
  const index = /^(?:[^-]*-)?(\d+)$/.exec(given)?.[1];
  const id = index && `shardId-${index.padStart(12, "0").slice(-12)}`;
  if (id === undefined || stream.shards.has(id)) return findShard(account, stream, given);
  const text = `Shard ${id} in stream ${stream.name} under account ${account.cloud.account} does not exist`;
  throw kinesisError("ResourceNotFoundException", text);
}

function startIndex(account: KinesisAccount, stream: Stream, shard: Shard, input: Shape): bigint {
  const { ShardIteratorType: type, StartingSequenceNumber: given } = input;
  const numbered = type === "AT_SEQUENCE_NUMBER" || type === "AFTER_SEQUENCE_NUMBER";
  if (numbered !== (given !== undefined)) {
    throw kinesisError(
      "InvalidArgumentException",
      "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST " +
        `and no StartingSequenceNumber. Request specified ${type} and ${given === undefined ? "no" : "also a"} StartingSequenceNumber.`,
    );
  }
  if (numbered) return indexOfSequence(account, stream, shard, given) + (type === "AFTER_SEQUENCE_NUMBER" ? 1n : 0n);
  if (type === "LATEST") return stream.nextSequence;
  if (type === "TRIM_HORIZON") return 0n;
  if (input.Timestamp === undefined) {
    throw kinesisError("InvalidArgumentException", "Must specify Timestamp for ShardIteratorType AT_TIMESTAMP.");
  }
  const from = timestampMs(input.Timestamp);
  if (from > account.cloud.clock.now()) {
    throw kinesisError(
      "InvalidArgumentException",
      "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis.",
    );
  }
  const { kept, first } = recordsOf(shard);
  return kept.find((record, i) => i >= first && record.arrivedAt >= from)?.index ?? stream.nextSequence;
}

function indexOfSequence(account: KinesisAccount, stream: Stream, shard: Shard, given: string): bigint {
  const used =
    `StartingSequenceNumber ${given} used in GetShardIterator on shard ${shard.id} in stream ${stream.name} ` +
    `under account ${account.cloud.account} is invalid`;
  const parsed = parseSequenceNumber(given);
  if (!parsed) throw kinesisError("InvalidArgumentException", `${used}.`);
  if (parsed.shardIndex !== shard.index) {
    throw kinesisError(
      "InvalidArgumentException",
      `Invalid StartingSequenceNumber. It encodes shardId-${String(parsed.shardIndex).padStart(12, "0")}, ` +
        `while it was used in a call to a shard with ${shard.id}`,
    );
  }
  if (parsed.shardCreatedAt !== Math.floor(shard.createdAt / 1_000) * 1_000) {
    throw kinesisError("InvalidArgumentException", `${used} because it did not come from this stream.`);
  }
  return parsed.index;
}

function getRecords(account: KinesisAccount, input: Shape): Shape {
  const now = account.cloud.clock.now();
  const position = decodeIterator(input.ShardIterator);
  if (!position) throw kinesisError("InvalidArgumentException", "Invalid ShardIterator.");
  if (now - position.madeAt > iteratorLifetime) {
    throw kinesisError(
      "ExpiredIteratorException",
      `Iterator expired. The iterator was created at time ${amzTime(position.madeAt)} while right now it is ${amzTime(now)} ` +
        `which is further in the future than the tolerated delay of ${iteratorLifetime} milliseconds.`,
    );
  }
  const stream = account.streams.get(position.stream);
  const shard = stream?.createdAt === position.streamCreatedAt ? stream?.shards.get(position.shard) : undefined;
  if (!stream || !shard) {
    throw kinesisError(
      "ResourceNotFoundException",
      `Shard ${position.shard} in stream ${position.stream} under account ${account.cloud.account} does not exist`,
    );
  }
  return readShard(account, stream, shard, position, Math.min(input.Limit ?? 10_000, 10_000));
}

const maxAnswerBytes = 10 * 1_048_576;
const readBytesPerSecond = 2 * 1_048_576;

function readShard(account: KinesisAccount, stream: Stream, shard: Shard, position: Position, limit: number): Shape {
  const now = account.cloud.clock.now();
  const rateNow = account.cloud.clock.rateTime();
  const store = inSecond(recordsOf(shard), rateNow);
  // "Five transactions per second per shard"; after a large answer calls "within the next 5 seconds throw".
  if (++store.reads > 5 || rateNow < store.readBlockedUntil) {
    throw kinesisError(
      "ProvisionedThroughputExceededException",
      `Rate exceeded for shard ${shard.id} in stream ${stream.name} under account ${account.cloud.account}.`,
    );
  }
  trim(store, now - stream.retentionHours * hour);
  const from = BigInt(position.next);
  const begin = positionOf(store, from);
  const records = takeUpTo(store.kept, begin, limit);
  const firstUnread = store.kept[begin + records.length];
  const bytes = records.reduce((sum, r) => sum + r.data.byteLength, 0);
  store.readBlockedUntil = bytes > readBytesPerSecond ? rateNow + (bytes / readBytesPerSecond) * 1_000 : 0;
  const ended = shard.closedAt !== undefined && !firstUnread;
  const next = records.length > 0 ? records.at(-1)!.index + 1n : from;
  return {
    Records: records.map(recordShape),
    ...(!ended && { NextShardIterator: encode({ ...position, next: String(next), madeAt: now }) }),
    MillisBehindLatest: firstUnread ? now - firstUnread.arrivedAt : 0,
    ...(ended && { ChildShards: childShapes(stream, shard) }),
  };
}

function takeUpTo(records: readonly StoredRecord[], begin: number, limit: number): StoredRecord[] {
  const most = Math.min(records.length, begin + limit);
  let bytes = 0;
  let end = begin;
  while (end < most) {
    bytes += records[end]!.data.byteLength;
    if (end > begin && bytes > maxAnswerBytes) break;
    end++;
  }
  return records.slice(begin, end);
}

const recordShape = (record: StoredRecord): Shape => ({
  SequenceNumber: record.sequenceNumber,
  ApproximateArrivalTimestamp: new Date(record.arrivedAt),
  Data: record.data,
  PartitionKey: record.partitionKey,
  ...(record.encryptionType === "KMS" && { EncryptionType: "KMS" }),
});

const childShapes = (stream: Stream, shard: Shard): Shape[] =>
  shard.children.flatMap((id) => {
    const child = stream.shards.get(id);
    if (!child) return [];
    return {
      ShardId: child.id,
      ParentShards: [child.parent, child.adjacentParent].filter((parent) => parent !== undefined),
      HashKeyRange: { StartingHashKey: String(child.start), EndingHashKey: String(child.end) },
    };
  });

/** "Thu Jan 22 01:22:02 UTC 2015" */
function amzTime(time: number): string {
  const [weekday, dayOfMonth, month, year, clock] = new Date(time).toUTCString().split(/,? /);
  return `${weekday} ${month} ${dayOfMonth} ${clock} UTC ${year}`;
}
