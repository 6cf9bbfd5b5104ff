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
  /** Oldest first. */
  kept: StoredRecord[];
  /** Writes and reads in the second `second` of the clock's rateTime(). */
  second: number;
  writtenRecords: number;
  writtenBytes: number;
  reads: number;
  /** Reads are refused before this time: more than 2 MiB were read at once. */
  readBlockedUntil: number;
}

export function recordsOf(shard: { records?: ShardRecords }): ShardRecords {
  return (shard.records ??= { kept: [], second: -1, writtenRecords: 0, writtenBytes: 0, reads: 0, readBlockedUntil: 0 });
}

/** Starts the counters of a new second. */
export function inSecond(records: ShardRecords, now: number): ShardRecords {
  const current = Math.floor(now / 1_000);
  if (records.second !== current) {
    Object.assign(records, { second: current, writtenRecords: 0, writtenBytes: 0, reads: 0 });
  }
  return records;
}

/** Drops what is older than the retention period, and beyond `most` the oldest. */
export function trim(records: ShardRecords, trimHorizon: number, most: number): void {
  const { kept } = records;
  let gone = Math.max(0, kept.length - most);
  while (gone < kept.length && kept[gone]!.arrivedAt < trimHorizon) gone++;
  if (gone > 0) kept.splice(0, gone);
}
