import { minute } from "../../core/clock";
import { fraction } from "./hashSpace";
import type { Shard, Stream, Topology } from "./stream";

/** Per shard: "up to 1,000 records per second, up to a maximum data write total of 1 MiB per second". */
export const shardRecordsPerSecond = 1_000;
export const shardBytesPerSecond = 1_048_576;

/** What producers offer in one minute. */
export interface Offer {
  records: number;
  /** All records' bytes, partition keys included. */
  bytes: number;
  /**
   * Weights of equal slices of the hash space, lowest first, for keys that are not even: [3, 1] puts three quarters of the records
   * into the lower half. Pass the same array every minute: shares are remembered per array.
   */
  keys?: readonly number[];
}

export interface OfferResult {
  /** Records that shards took. */
  accepted: number;
  /** Records that were refused with ProvisionedThroughputExceededException. */
  throttled: number;
  acceptedBytes: number;
  /** Open shards that served, averaged over the minute. */
  shards: number;
  /** Records of this mean size that they could take with even keys. */
  capacity: number;
}

/** What one shard took and refused of a minute's records. */
export type ShardCounts = Map<Shard, { accepted: number; throttled: number }>;

/** Records per second that one shard takes of this mean size. */
function recordsPerSecond(offer: Offer): number {
  const bytesEach = offer.records > 0 ? offer.bytes / offer.records : 0;
  return bytesEach > 0 ? Math.min(shardRecordsPerSecond, shardBytesPerSecond / bytesEach) : shardRecordsPerSecond;
}

/** The minute's shards and what they could take. */
export function minuteCapacity(stream: Stream, minuteStart: number, offer: Offer): { shards: number; capacity: number } {
  let shards = 0;
  for (const { topology, ms } of servedDuring(stream, minuteStart, minuteStart + minute)) {
    shards += (topology.shards.length * ms) / minute;
  }
  return { shards, capacity: shards * recordsPerSecond(offer) * 60 };
}

/**
 * One minute against the shards that served during it. Even keys on equal ranges cost the same for any number of shards; `perShard`
 * (for shard-level metrics) and uneven keys cost one step a shard.
 */
export function accountMinute(stream: Stream, minuteStart: number, offer: Offer, perShard?: ShardCounts): number {
  const perSecond = recordsPerSecond(offer);
  let accepted = 0;
  for (const { topology, ms } of servedDuring(stream, minuteStart, minuteStart + minute)) {
    const offered = offer.records * (ms / minute);
    const capacity = (perSecond * ms) / 1_000;
    if (!perShard && !offer.keys && topology.equal) {
      accepted += Math.min(offered, capacity * topology.shards.length);
      continue;
    }
    const shares = offer.keys ? keyShares(topology, offer.keys) : topology.sizes;
    topology.shards.forEach((shard, i) => {
      const asked = offered * shares[i]!;
      const taken = Math.min(asked, capacity);
      accepted += taken;
      if (perShard) addTo(perShard, shard, taken, asked - taken);
    });
  }
  // Sums of shares can miss the whole by a rounding error.
  return Math.abs(accepted - offer.records) < 1e-6 * offer.records ? Math.min(offer.records, settle(accepted)) : settle(accepted);
}

/** Takes a float's rounding error off a whole number. */
const settle = (value: number) => (Math.abs(value - Math.round(value)) < 1e-6 ? Math.round(value) : value);

function addTo(counts: ShardCounts, shard: Shard, accepted: number, throttled: number): void {
  const sum = counts.get(shard);
  if (!sum) counts.set(shard, { accepted, throttled });
  else {
    sum.accepted += accepted;
    sum.throttled += throttled;
  }
}

/** The topologies that served in [from, to) and for how many ms each. */
export function servedDuring(stream: Stream, from: number, to: number): { topology: Topology; ms: number }[] {
  const { served } = stream;
  const last = served.at(-1);
  if (last && last.from <= from) return [{ topology: last.topology, ms: to - from }];
  const parts: { topology: Topology; ms: number }[] = [];
  served.forEach(({ from: since, topology }, i) => {
    const ms = Math.min(to, served[i + 1]?.from ?? Infinity) - Math.max(from, since);
    if (ms > 0) parts.push({ topology, ms });
  });
  return parts;
}

const rememberedShares = new WeakMap<readonly number[], WeakMap<Topology, readonly number[]>>();

/** Each shard's share of the records when keys are weighted over equal slices of the hash space. */
export function keyShares(topology: Topology, keys: readonly number[]): readonly number[] {
  let byTopology = rememberedShares.get(keys);
  if (!byTopology) rememberedShares.set(keys, (byTopology = new WeakMap()));
  let shares = byTopology.get(topology);
  if (!shares) byTopology.set(topology, (shares = computeShares(topology, keys)));
  return shares;
}

function computeShares(topology: Topology, keys: readonly number[]): number[] {
  const below = [0];
  for (const weight of keys) {
    if (!(weight >= 0)) throw new Error(`Key weights must be numbers of at least 0, got ${weight}.`);
    below.push(below.at(-1)! + weight);
  }
  const total = below.at(-1)!;
  if (!(total > 0)) throw new Error("Key weights must not all be 0.");
  const weightBelow = (position: number) => {
    const slice = Math.min(position * keys.length, keys.length);
    const whole = Math.min(Math.floor(slice), keys.length - 1);
    return below[whole]! + (slice - whole) * keys[whole]!;
  };
  return topology.shards.map((s) => (weightBelow(fraction(s.end + 1n)) - weightBelow(fraction(s.start))) / total);
}
