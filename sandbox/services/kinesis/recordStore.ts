/** A record that was put through the API; offered traffic is counted, not stored. */
export interface StoredRecord {
  /** Position in the stream: the index that its sequence number encodes. */
  index: bigint;
  sequenceNumber: string;
  arrivedAt: number;
  data: Uint8Array;
  partitionKey: string;
  encryptionType: "NONE" | "KMS";
}

/** What one shard holds for GetRecords and has been asked for lately. */
export interface ShardRecords {
  /** Oldest first, from the position `first` on; what stands before it is gone. */
  kept: StoredRecord[];
  first: number;
  /** Memory that they take. */
  bytes: number;
  /** Writes and reads in the second `second` of the clock's rateTime(). */
  second: number;
  writtenRecords: number;
  writtenBytes: number;
  reads: number;
  /** Reads are refused before this time: more than 2 MiB were read at once. */
  readBlockedUntil: number;
}

export function recordsOf(shard: { records?: ShardRecords }): ShardRecords {
  return (shard.records ??= {
    kept: [],
    first: 0,
    bytes: 0,
    second: -1,
    writtenRecords: 0,
    writtenBytes: 0,
    reads: 0,
    readBlockedUntil: 0,
  });
}

/** Starts the counters of a new second. */
export function inSecond(records: ShardRecords, now: number): ShardRecords {
  const current = Math.floor(now / 1_000);
  if (records.second !== current) {
    Object.assign(records, { second: current, writtenRecords: 0, writtenBytes: 0, reads: 0 });
  }
  return records;
}

/** What a record takes beside its data and its key: its object, its sequence number's text. */
const overheadBytes = 250;

export const memoryOf = (record: StoredRecord): number => record.data.byteLength + record.partitionKey.length + overheadBytes;

export function keep(records: ShardRecords, record: StoredRecord): void {
  records.kept.push(record);
  records.bytes += memoryOf(record);
}

export const oldest = ({ kept, first }: ShardRecords): StoredRecord | undefined => kept[first];

/** Position in `kept` of the first record of at least this index; its length if there is none. */
export function positionOf({ kept, first }: ShardRecords, index: bigint): number {
  let [from, to] = [first, kept.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (kept[middle]!.index < index) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Drops what arrived before `trimHorizon`. */
export function trim(records: ShardRecords, trimHorizon: number): void {
  const { kept } = records;
  let { first } = records;
  while (first < kept.length && kept[first]!.arrivedAt < trimHorizon) records.bytes -= memoryOf(kept[first++]!);
  records.first = first;
  // Rarely, so that a record is moved about once in its life.
  if (first > 1_000 && first > kept.length / 2) {
    kept.splice(0, first);
    records.first = 0;
  }
}
