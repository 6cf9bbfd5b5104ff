import { createHash } from "node:crypto";

/** Hash keys are 128-bit: [0, 2^128). */
export const hashSpace = 1n << 128n;

/** Start of range `i` of `count` equal ones; the last range takes the remainder, as CreateStream lays them out. */
export function equalBoundary(i: number, count: number): bigint {
  return i === count ? hashSpace : (hashSpace / BigInt(count)) * BigInt(i);
}

/** MD5 of the partition key, read as a 128-bit integer. */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash("md5").update(partitionKey, "utf8").digest("hex")}`);
}

/** Position of a hash key in [0, 1], for shares of traffic. */
export function fraction(hashKey: bigint): number {
  return Number(hashKey >> 75n) / 2 ** 53;
}
