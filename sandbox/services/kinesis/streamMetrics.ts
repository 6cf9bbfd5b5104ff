import type { Cloud } from "../../core/cloud";
import type { ShardCounts } from "./offer";
import type { Stream } from "./stream";

/** Records of one PutRecords call at most; calls are modelled full. */
const recordsPerCall = 500;
/** Modelled, not measured. */
const putLatencyMs = 12;
const getLatencyMs = 18;

type Publish = (name: string, sum: number, samples: number, unit: string) => void;

/**
 * AWS/Kinesis metrics have one sample per call (some per record); statistic sets stand for a minute's calls. Sums are exact;
 * the number of calls, and so minimum, maximum and average, are modelled: calls alike, 500 records each.
 */
function publisher(cloud: Cloud, dimensions: Record<string, string>, timestamp: number): Publish {
  return (name, sum, samples, unit) => {
    const mean = sum / samples;
    cloud.peers.publishMetric({
      namespace: "AWS/Kinesis",
      name,
      dimensions,
      timestamp,
      value: { sum, sampleCount: samples, minimum: mean, maximum: mean },
      unit,
    });
  };
}

/** What a minute of puts came to. */
export interface PutCounts {
  accepted: number;
  throttled: number;
  acceptedBytes: number;
}

/** Nothing is published for a minute without puts: a stopped producer leaves no datapoints. */
export function publishPuts(cloud: Cloud, stream: Stream, minuteStart: number, result: PutCounts, perShard?: ShardCounts): void {
  const { accepted, throttled, acceptedBytes } = result;
  const total = accepted + throttled;
  if (total <= 0) return;
  const publish = publisher(cloud, { StreamName: stream.name }, minuteStart);
  const calls = Math.max(1, Math.ceil(total / recordsPerCall));
  publish("IncomingRecords", accepted, calls, "Count");
  publish("IncomingBytes", acceptedBytes, calls, "Bytes");
  publish("PutRecords.Bytes", acceptedBytes, calls, "Bytes");
  publish("PutRecords.Latency", putLatencyMs * calls, calls, "Milliseconds");
  publish("PutRecords.Success", accepted > 0 ? calls : 0, calls, "Count");
  publish("PutRecords.TotalRecords", total, calls, "Count");
  publish("PutRecords.SuccessfulRecords", accepted, calls, "Count");
  publish("PutRecords.FailedRecords", 0, calls, "Count");
  publish("PutRecords.ThrottledRecords", throttled, calls, "Count");
  publish("WriteProvisionedThroughputExceeded", throttled, calls, "Count");
  if (perShard) publishShardPuts(cloud, stream, minuteStart, acceptedBytes / Math.max(accepted, 1e-9), perShard);
}

function publishShardPuts(cloud: Cloud, stream: Stream, minuteStart: number, bytesEach: number, perShard: ShardCounts): void {
  const wanted = stream.shardLevelMetrics;
  for (const [shard, { accepted, throttled }] of perShard) {
    if (accepted + throttled <= 0) continue;
    const publish = publisher(cloud, { StreamName: stream.name, ShardId: shard.id }, minuteStart);
    const calls = Math.max(1, Math.ceil((accepted + throttled) / recordsPerCall));
    if (wanted.has("IncomingRecords")) publish("IncomingRecords", accepted, calls, "Count");
    if (wanted.has("IncomingBytes")) publish("IncomingBytes", accepted * bytesEach, calls, "Bytes");
    if (wanted.has("WriteProvisionedThroughputExceeded")) {
      publish("WriteProvisionedThroughputExceeded", throttled, calls, "Count");
    }
  }
}

/** What a consumer read of a stream in one minute. */
export interface StreamRead {
  records: number;
  bytes: number;
  /** Age of the oldest unread record at the minute's end, ms. */
  iteratorAgeMilliseconds: number;
  /** Name of an enhanced fan-out consumer; without one the consumer polls (GetRecords). */
  consumerName?: string;
}

/** Reads per shard: five GetRecords calls a second at most; the Flink connector polls every 200 ms. */
const pollsPerShardAndMinute = 300;
/** "Each shard can support reads up to ... a maximum data read total of 2 MiB per second." */
const shardReadBytesPerMinute = 2 * 1_048_576 * 60;

/**
 * The consumer's side: GetRecords.* and iterator age, or SubscribeToShard* for an enhanced fan-out consumer. Reads above a shard's
 * 2 MiB/s show as ReadProvisionedThroughputExceeded; they are not slowed down (the workload model has no read limit).
 */
export function publishReads(cloud: Cloud, stream: Stream, minuteStart: number, read: StreamRead): void {
  const shards = Math.max(1, stream.topology.shards.length);
  const age = read.iteratorAgeMilliseconds;
  const polls = shards * pollsPerShardAndMinute;
  if (read.consumerName !== undefined) {
    const publish = publisher(cloud, { StreamName: stream.name, ConsumerName: read.consumerName }, minuteStart);
    publish("SubscribeToShardEvent.Records", read.records, polls, "Count");
    publish("SubscribeToShardEvent.Bytes", read.bytes, polls, "Bytes");
    publish("SubscribeToShardEvent.Success", polls, polls, "Count");
    publish("SubscribeToShardEvent.MillisBehindLatest", age * polls, polls, "Milliseconds");
    return;
  }
  const publish = publisher(cloud, { StreamName: stream.name }, minuteStart);
  const excess = Math.max(0, read.bytes - shards * shardReadBytesPerMinute);
  publish("GetRecords.Records", read.records, polls, "Count");
  publish("GetRecords.Bytes", read.bytes, polls, "Bytes");
  publish("GetRecords.Latency", getLatencyMs * polls, polls, "Milliseconds");
  publish("GetRecords.Success", polls, polls, "Count");
  publish("GetRecords.IteratorAgeMilliseconds", age * polls, polls, "Milliseconds");
  publish("ReadProvisionedThroughputExceeded", read.bytes > 0 ? Math.round((polls * excess) / read.bytes) : 0, polls, "Count");
  publishShardReads(cloud, stream, minuteStart, read, read.bytes > 0 ? excess / read.bytes : 0);
}

const shardReadMetrics = ["OutgoingBytes", "OutgoingRecords", "IteratorAgeMilliseconds", "ReadProvisionedThroughputExceeded"];

/** `excess`: the part of the reads that is above the shards' limit. */
function publishShardReads(cloud: Cloud, stream: Stream, minuteStart: number, read: StreamRead, excess: number): void {
  const wanted = stream.shardLevelMetrics;
  if (!shardReadMetrics.some((name) => wanted.has(name))) return;
  const polls = pollsPerShardAndMinute;
  const age = read.iteratorAgeMilliseconds;
  stream.topology.shards.forEach((shard, i) => {
    const publish = publisher(cloud, { StreamName: stream.name, ShardId: shard.id }, minuteStart);
    const share = stream.topology.sizes[i]!;
    if (wanted.has("OutgoingRecords")) publish("OutgoingRecords", read.records * share, polls, "Count");
    if (wanted.has("OutgoingBytes")) publish("OutgoingBytes", read.bytes * share, polls, "Bytes");
    if (wanted.has("ReadProvisionedThroughputExceeded")) {
      publish("ReadProvisionedThroughputExceeded", Math.round(polls * excess), polls, "Count");
    }
    if (wanted.has("IteratorAgeMilliseconds")) publish("IteratorAgeMilliseconds", age * polls, polls, "Milliseconds");
  });
}
