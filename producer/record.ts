/** One record of the stream, and when it is to be sent. */
export interface DueRecord {
  /** ms since the epoch. */
  due: number;
  partitionKey: string;
  data: Uint8Array;
}

/** Records in the order in which they are due, a handful at a time: a promise for each would cost more than the record. */
export type Source = AsyncIterator<readonly DueRecord[], void>;

/** Told of each line that can't be read. It may throw. */
export type BadLine = (line: number, reason: string) => void;
