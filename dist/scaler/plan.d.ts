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
export type PlanStep = {
    call: "SplitShard";
    shardId: string;
    newStartingHashKey: string;
} | {
    call: "MergeShards";
    shardId: string;
    adjacentShardId: string;
};
/** First key of range number `index` of `count` equal ones. */
export declare function equalBoundary(index: bigint, count: number): bigint;
/** Calls that lead to `count` equal ranges: one for each boundary that is missing or goes. n + m - 2 gcd(n, m) from equal ones. */
export declare function planLength(ranges: readonly ShardRange[], count: number): number;
/**
 * The next call towards `count` equal ranges, or undefined when they are there.
 * Ranges wider than the equal ones are split first, the widest (the fullest) before the others. Merges stay within one of the
 * equal ranges, so that none makes a range wider than it will be in the end.
 */
export declare function nextPlanStep(ranges: readonly ShardRange[], count: number): PlanStep | undefined;
