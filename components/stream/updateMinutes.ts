/**
 * Minutes that one UpdateShardCount takes, about. AWS says "a few minutes" (UpdateShardCount); the same figure as the sandbox's: 2 minutes
 * for every 64 shards begun.
 */
export const updateMinutes = (from: number, to: number): number => 2 * Math.ceil(Math.max(from, to) / 64);
