/**
 * The second road: SplitShard and MergeShards have no daily limit. A plan isn't stored: its next step is computed from the open
 * shards each time, so it may be interrupted between any two calls.
 */

/** An open shard's range of hash keys, both ends included. */
export interface ShardRange {
  shardId: string;
  first: bigint;
  last: bigint;
}

export type PlanStep =
  | { call: "SplitShard"; shardId: string; newStartingHashKey: string }
  | { call: "MergeShards"; shardId: string; adjacentShardId: string };

function keySpace(): bigint {
  return 2n ** 128n;
}

/** First key of range number `index` of `count` equal ones. */
export function equalBoundary(index: bigint, count: number): bigint {
  return (index * keySpace()) / BigInt(count);
}

/** AWS's rounding of equal ranges isn't documented: keys as near as this are one boundary (a billionth of all keys). */
function same(a: bigint, b: bigint): boolean {
  const distance = a > b ? a - b : b - a;
  return distance <= keySpace() / 1_000_000_000n;
}

function nearestIndex(key: bigint, count: number): bigint {
  return (key * BigInt(count) + keySpace() / 2n) / keySpace();
}

function isBoundary(key: bigint, count: number): boolean {
  return same(key, equalBoundary(nearestIndex(key, count), count));
}

/** Boundaries strictly between two keys: first and last index, or undefined where there are none. */
function boundariesBetween(start: bigint, end: bigint, count: number): { low: bigint; high: bigint } | undefined {
  const atStart = nearestIndex(start, count);
  const atEnd = nearestIndex(end, count);
  const low = equalBoundary(atStart, count) > start && !same(equalBoundary(atStart, count), start) ? atStart : atStart + 1n;
  const high = equalBoundary(atEnd, count) < end && !same(equalBoundary(atEnd, count), end) ? atEnd : atEnd - 1n;
  return low <= high ? { low, high } : undefined;
}

function byFirstKey(ranges: readonly ShardRange[]): ShardRange[] {
  return [...ranges].sort((a, b) => Number(a.first - b.first));
}

function width(range: ShardRange): bigint {
  return range.last - range.first;
}

/** Calls that lead to `count` equal ranges: one for each boundary that is missing or goes. n + m - 2 gcd(n, m) from equal ones. */
export function planLength(ranges: readonly ShardRange[], count: number): number {
  const inner = byFirstKey(ranges).slice(1);
  const kept = inner.filter((range) => isBoundary(range.first, count)).length;
  return count - 1 - kept + (inner.length - kept);
}

/**
 * The next call towards `count` equal ranges, or undefined when they are there.
 * Ranges wider than the equal ones are split first, the widest (the fullest) before the others. Merges stay within one of the
 * equal ranges, so that none makes a range wider than it will be in the end.
 */
export function nextPlanStep(ranges: readonly ShardRange[], count: number): PlanStep | undefined {
  const open = byFirstKey(ranges);
  const splittable = open
    .filter((range) => boundariesBetween(range.first, range.last, count))
    .sort((a, b) => Number(width(b) - width(a)));
  const widest = splittable[0];
  if (widest && width(widest) > keySpace() / BigInt(count)) return split(widest, count);
  return merge(open, count) ?? (widest && split(widest, count));
}

function merge(open: readonly ShardRange[], count: number): PlanStep | undefined {
  for (const [i, right] of open.entries()) {
    const left = open[i - 1];
    if (!left || isBoundary(right.first, count) || boundariesBetween(left.first, right.last, count)) continue;
    return { call: "MergeShards", shardId: left.shardId, adjacentShardId: right.shardId };
  }
  return undefined;
}

/** Splits at the boundary nearest to the range's middle: it relieves the range most. */
function split(range: ShardRange, count: number): PlanStep | undefined {
  const inside = boundariesBetween(range.first, range.last, count);
  if (!inside) return undefined;
  const middle = nearestIndex((range.first + range.last + 1n) / 2n, count);
  const index = middle < inside.low ? inside.low : middle > inside.high ? inside.high : middle;
  return { call: "SplitShard", shardId: range.shardId, newStartingHashKey: equalBoundary(index, count).toString() };
}
