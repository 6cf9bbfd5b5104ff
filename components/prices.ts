/** What a stream in on-demand mode costs, USD. */
export interface OnDemandPrices {
  /** A stream for an hour. */
  streamHour: number;
  /** A GiB written. */
  gibIn: number;
  /** Bytes to which each record that is written is rounded up. */
  roundedTo: number;
  /** A GiB read, by one consumer. */
  gibOut: number;
  /** MiB a second that are paid at least, written and read: an account's commitment in a region. */
  leastMibPerSecond: number;
}

/** USD. Sources: the pricing pages of Amazon Kinesis Data Streams and Amazon Managed Service for Apache Flink. */
export interface Prices {
  /** A shard of a provisioned stream for an hour. */
  shardHour: number;
  /** A million PUT payload units: chunks of 25 KB of a record, the last one rounded up. */
  millionPutUnits: number;
  /** A KPU for an hour. */
  kpuHour: number;
  /** KPUs that each application pays for beside its own, for orchestration. */
  orchestrationKpus: number;
  onDemandStandard: OnDemandPrices;
  onDemandAdvantage: OnDemandPrices;
}

export const usEast1: Prices = {
  shardHour: 0.015,
  millionPutUnits: 0.014,
  kpuHour: 0.11,
  orchestrationKpus: 1,
  onDemandStandard: { streamHour: 0.04, gibIn: 0.08, roundedTo: 1024, gibOut: 0.04, leastMibPerSecond: 0 },
  onDemandAdvantage: { streamHour: 0, gibIn: 0.032, roundedTo: 1, gibOut: 0.016, leastMibPerSecond: 25 },
};

/** By region, where they are known. */
export const pricesByRegion: Readonly<Record<string, Prices>> = { "us-east-1": usEast1 };

/** The pricing page's 25 KB are KiB: its example counts 41 units for a record of 1 MB. */
export const putUnitBytes = 25 * 1024;

export const putUnits = (recordBytes: number): number => Math.ceil(recordBytes / putUnitBytes);

/** Capacity of the stream. The records' PUT payload units are apart. */
export const streamCostUsd = (prices: Prices, shardHours: number): number => prices.shardHour * shardHours;

/** @param kpuHours the application's own. @param hours how long it existed: the orchestration KPU's hours. */
export const flinkCostUsd = (prices: Prices, kpuHours: number, hours: number): number =>
  prices.kpuHour * (kpuHours + prices.orchestrationKpus * hours);

/** @param records that the stream took and one consumer read. */
export function onDemandCostUsd(prices: OnDemandPrices, hours: number, records: number, recordBytes: number): number {
  const gib = 1024 ** 3;
  const leastGib = (prices.leastMibPerSecond * 3600 * hours) / 1024;
  const written = (records * Math.ceil(recordBytes / prices.roundedTo) * prices.roundedTo) / gib;
  const read = (records * recordBytes) / gib;
  return prices.streamHour * hours + prices.gibIn * Math.max(leastGib, written) + prices.gibOut * Math.max(leastGib, read);
}
