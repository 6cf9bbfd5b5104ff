/** USD in us-east-1. Sources: the pricing pages of Amazon Kinesis Data Streams and Amazon Managed Service for Apache Flink. */
export interface Prices {
  /** A shard of a provisioned stream for an hour. */
  shardHour: number;
  /** A million PUT payload units: chunks of 25 KB of a record, the last one rounded up. */
  millionPutUnits: number;
  /** A KPU for an hour. */
  kpuHour: number;
  /** KPUs that each application pays for beside its own, for orchestration. */
  orchestrationKpus: number;
}

export const usEast1: Prices = { shardHour: 0.015, millionPutUnits: 0.014, kpuHour: 0.11, orchestrationKpus: 1 };

/** The pricing page's 25 KB are KiB: its example counts 41 units for a record of 1 MB. */
export const putUnitBytes = 25 * 1024;

export const putUnits = (recordBytes: number): number => Math.ceil(recordBytes / putUnitBytes);

/** Capacity of the stream. The records' PUT payload units are apart. */
export const streamCostUsd = (prices: Prices, shardHours: number): number => prices.shardHour * shardHours;

/** @param kpuHours the application's own. @param hours how long it existed: the orchestration KPU's hours. */
export const flinkCostUsd = (prices: Prices, kpuHours: number, hours: number): number =>
  prices.kpuHour * (kpuHours + prices.orchestrationKpus * hours);
