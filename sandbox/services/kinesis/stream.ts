import { hour, minute } from "../../core/clock";
import { equalBoundary, fraction, hashSpace } from "./hashSpace";
import { lastIndex, sequenceNumber } from "./sequenceNumber";
import type { ShardRecords } from "./recordStore";

export type StreamStatus = "CREATING" | "ACTIVE" | "UPDATING" | "DELETING";
export type StreamMode = "PROVISIONED" | "ON_DEMAND";

export interface Shard {
  id: string;
  index: number;
  /** Hash key range, both ends included. */
  start: bigint;
  end: bigint;
  createdAt: number;
  closedAt?: number;
  parent?: string;
  adjacentParent?: string;
  startingSequenceNumber: string;
  endingSequenceNumber?: string;
  /** Shards that took over when this one closed. */
  children: string[];
  records?: ShardRecords;
}

/** The open shards at one time, in the order of their hash ranges. */
export interface Topology {
  shards: readonly Shard[];
  /** Each shard's part of the hash space; their sum is 1. */
  sizes: readonly number[];
  /** All parts are equal but for rounding. */
  equal: boolean;
}

export interface Consumer {
  name: string;
  arn: string;
  createdAt: number;
  status: "CREATING" | "ACTIVE" | "DELETING";
  tags: Map<string, string>;
}

/** Exact counters since the last reset; `at` is when shardMs and onDemandMs were last brought up to date. */
export interface Ledger {
  at: number;
  shardMs: number;
  onDemandMs: number;
  peakShards: number;
  reshards: number;
  splits: number;
  merges: number;
  rejectedUpdates: number;
  offeredRecords: number;
  acceptedRecords: number;
  throttledRecords: number;
  acceptedBytes: number;
  putPayloadUnits: number;
  /** On-demand: bytes in with each record rounded up to 1 KiB. */
  onDemandBytesIn: number;
}

export interface Stream {
  name: string;
  arn: string;
  id: string;
  createdAt: number;
  status: StreamStatus;
  mode: StreamMode;
  retentionHours: number;
  encryptionType: "NONE" | "KMS";
  keyId?: string;
  maxRecordSizeInKiB: number;
  /** Open and closed shards that are not expired, in the order of creation. */
  shards: Map<string, Shard>;
  topology: Topology;
  /** Which topology served from when on; kept for the minutes that are still to be accounted. */
  served: { from: number; topology: Topology }[];
  nextShardIndex: number;
  nextSequence: bigint;
  /** Starts of UpdateShardCount within the last 24 hours. */
  updateStarts: number[];
  /** Mode switches within the last 24 hours. */
  modeSwitches: number[];
  shardLevelMetrics: Set<string>;
  tags: Map<string, string>;
  consumers: Map<string, Consumer>;
  ledger: Ledger;
  /** What was accepted in the minutes just past, offered and put: minute start -> sums. */
  arrivals: Map<number, { records: number; bytes: number }>;
  /** On-demand: highest records and bytes per second of each of the last 30 days. */
  dailyPeaks: { day: number; records: number; bytes: number }[];
  /** On-demand: more shards are on their way. */
  growing: boolean;
}

export const emptyTopology: Topology = { shards: [], sizes: [], equal: true };

export function topologyOf(shards: Iterable<Shard>): Topology {
  const open = [...shards].filter((s) => s.closedAt === undefined).sort((a, b) => (a.start < b.start ? -1 : 1));
  const sizes = open.map((s) => fraction(s.end + 1n) - fraction(s.start));
  const smallest = sizes.reduce((a, b) => Math.min(a, b), 1);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  return { shards: open, sizes, equal: largest - smallest < 1e-9 };
}

export function openShards(stream: Stream): number {
  return stream.topology.shards.length;
}

export function addShard(stream: Stream, now: number, range: { start: bigint; end: bigint }, parents: Shard[] = []): Shard {
  const index = stream.nextShardIndex++;
  const shard: Shard = {
    id: `shardId-${String(index).padStart(12, "0")}`,
    index,
    ...range,
    createdAt: now,
    parent: parents[0]?.id,
    adjacentParent: parents[1]?.id,
    startingSequenceNumber: sequenceNumber({ shardCreatedAt: now, shardIndex: index, index: 0n, time: now }),
    children: [],
  };
  for (const parent of parents) parent.children.push(shard.id);
  stream.shards.set(shard.id, shard);
  return shard;
}

export function closeShard(shard: Shard, now: number): void {
  shard.closedAt = now;
  shard.endingSequenceNumber = sequenceNumber({
    shardCreatedAt: shard.createdAt,
    shardIndex: shard.index,
    index: lastIndex,
    time: now,
  });
}

export function addEqualShards(stream: Stream, count: number, now: number): void {
  for (let i = 0; i < count; i++) {
    addShard(stream, now, {
      start: equalBoundary(i, count),
      end: (i === count - 1 ? hashSpace : equalBoundary(i + 1, count)) - 1n,
    });
  }
}

/** Makes the shards that are open now serve, and be billed, from now on. */
export function serveFrom(stream: Stream, now: number): void {
  bringUpToDate(stream, now);
  stream.topology = topologyOf(stream.shards.values());
  stream.ledger.peakShards = Math.max(stream.ledger.peakShards, openShards(stream));
  const last = stream.served.at(-1);
  if (last && last.from === now) last.topology = stream.topology;
  else stream.served.push({ from: now, topology: stream.topology });
  forgetServed(stream, now - 5 * minute);
  expireShards(stream, now);
}

/** Shard time up to `now` into the ledger; the sum is exact whenever it is called. */
export function bringUpToDate(stream: Stream, now: number): void {
  const { ledger } = stream;
  const ms = now - ledger.at;
  if (ms <= 0) return;
  ledger.at = now;
  if (stream.status === "CREATING" || stream.status === "DELETING") return;
  if (stream.mode === "PROVISIONED") ledger.shardMs += ms * openShards(stream);
  else ledger.onDemandMs += ms;
}

/** Drops what served only before `time`. */
export function forgetServed(stream: Stream, time: number): void {
  while (stream.served.length > 1 && stream.served[1]!.from <= time) stream.served.shift();
}

/** Closed shards are listed until their last record can have expired: the retention period after they closed. */
export function expireShards(stream: Stream, now: number): void {
  const oldest = now - stream.retentionHours * hour;
  for (const shard of stream.shards.values()) {
    if (shard.closedAt !== undefined && shard.closedAt <= oldest) stream.shards.delete(shard.id);
  }
}

export function emptyLedger(now: number, shards: number): Ledger {
  return {
    at: now,
    shardMs: 0,
    onDemandMs: 0,
    peakShards: shards,
    reshards: 0,
    splits: 0,
    merges: 0,
    rejectedUpdates: 0,
    offeredRecords: 0,
    acceptedRecords: 0,
    throttledRecords: 0,
    acceptedBytes: 0,
    putPayloadUnits: 0,
    onDemandBytesIn: 0,
  };
}
