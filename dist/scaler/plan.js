"use strict";
/**
 * The second road: SplitShard and MergeShards have no daily limit. A plan isn't stored: its next step is computed from the open
 * shards each time, so it may be interrupted between any two calls.
 */
Object.defineProperty(exports, "__esModule", { value: true });
exports.equalBoundary = equalBoundary;
exports.planLength = planLength;
exports.nextPlanStep = nextPlanStep;
function keySpace() {
    return 2n ** 128n;
}
/** First key of range number `index` of `count` equal ones. */
function equalBoundary(index, count) {
    return (index * keySpace()) / BigInt(count);
}
/** AWS's rounding of equal ranges isn't documented: keys as near as this are one boundary (a billionth of all keys). */
function same(a, b) {
    const distance = a > b ? a - b : b - a;
    return distance <= keySpace() / 1000000000n;
}
function nearestIndex(key, count) {
    return (key * BigInt(count) + keySpace() / 2n) / keySpace();
}
function isBoundary(key, count) {
    return same(key, equalBoundary(nearestIndex(key, count), count));
}
/** Boundaries strictly between two keys: first and last index, or undefined where there are none. */
function boundariesBetween(start, end, count) {
    const atStart = nearestIndex(start, count);
    const atEnd = nearestIndex(end, count);
    const low = equalBoundary(atStart, count) > start && !same(equalBoundary(atStart, count), start) ? atStart : atStart + 1n;
    const high = equalBoundary(atEnd, count) < end && !same(equalBoundary(atEnd, count), end) ? atEnd : atEnd - 1n;
    return low <= high ? { low, high } : undefined;
}
function byFirstKey(ranges) {
    return [...ranges].sort((a, b) => Number(a.first - b.first));
}
function width(range) {
    return range.last - range.first;
}
/** Calls that lead to `count` equal ranges: one for each boundary that is missing or goes. n + m - 2 gcd(n, m) from equal ones. */
function planLength(ranges, count) {
    const inner = byFirstKey(ranges).slice(1);
    const kept = inner.filter((range) => isBoundary(range.first, count)).length;
    return count - 1 - kept + (inner.length - kept);
}
/**
 * The next call towards `count` equal ranges, or undefined when they are there.
 * Ranges wider than the equal ones are split first, the widest (the fullest) before the others. Merges stay within one of the
 * equal ranges, so that none makes a range wider than it will be in the end.
 */
function nextPlanStep(ranges, count) {
    const open = byFirstKey(ranges);
    const splittable = open
        .filter((range) => boundariesBetween(range.first, range.last, count))
        .sort((a, b) => Number(width(b) - width(a)));
    const widest = splittable[0];
    if (widest && width(widest) > keySpace() / BigInt(count))
        return split(widest, count);
    return merge(open, count) ?? (widest && split(widest, count));
}
function merge(open, count) {
    for (const [i, right] of open.entries()) {
        const left = open[i - 1];
        if (!left || isBoundary(right.first, count) || boundariesBetween(left.first, right.last, count))
            continue;
        return { call: "MergeShards", shardId: left.shardId, adjacentShardId: right.shardId };
    }
    return undefined;
}
/** Splits at the boundary nearest to the range's middle: it relieves the range most. */
function split(range, count) {
    const inside = boundariesBetween(range.first, range.last, count);
    if (!inside)
        return undefined;
    const middle = nearestIndex((range.first + range.last + 1n) / 2n, count);
    const index = middle < inside.low ? inside.low : middle > inside.high ? inside.high : middle;
    return { call: "SplitShard", shardId: range.shardId, newStartingHashKey: equalBoundary(index, count).toString() };
}
