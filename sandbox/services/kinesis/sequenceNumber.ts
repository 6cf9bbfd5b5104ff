/** What a sequence number encodes (version 2, as seen on AWS: creation time, index, arrival time, shard). */
export interface Sequence {
  shardCreatedAt: number;
  shardIndex: number;
  /** Counts up through the stream; the end of a shard is 2^63 - 1. */
  index: bigint;
  time: number;
}

export const lastIndex = (1n << 63n) - 1n;

const hex = (value: number | bigint, digits: number) => value.toString(16).padStart(digits, "0").slice(-digits);

export function sequenceNumber({ shardCreatedAt, shardIndex, index, time }: Sequence): string {
  const text = `2${hex(Math.floor(shardCreatedAt / 1_000), 9)}${hex(shardIndex, 1)}${hex(index, 16)}00${hex(Math.floor(time / 1_000), 9)}${hex(shardIndex, 8)}2`;
  return BigInt(`0x${text}`).toString();
}

/** Undefined if the number isn't one of ours. Times are whole seconds. */
export function parseSequenceNumber(text: string): Sequence | undefined {
  const digits = BigInt(text).toString(16);
  if (digits.length !== 47 || digits[0] !== "2" || digits[46] !== "2") return undefined;
  const part = (from: number, to: number) => parseInt(digits.slice(from, to), 16);
  return {
    shardCreatedAt: part(1, 10) * 1_000,
    index: BigInt(`0x${digits.slice(11, 27)}`),
    time: part(29, 38) * 1_000,
    shardIndex: part(38, 46),
  };
}
