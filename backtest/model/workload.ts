import { usEast1, type Prices } from "../../components/prices";
import { shardBytesPerSecond, shardRecordsPerSecond } from "../../sandbox/services/kinesis/offer";
import type { Trace } from "../../sandbox/traffic/trace";

export interface Bounds {
  min: number;
  max: number;
}

/** Traffic, and what it runs through. */
export interface Workload {
  trace: Trace;
  recordBytes: number;
  recordsPerKpuPerMinute: number;
  /** How long a rescale stops the job. */
  restartSeconds: number;
  shards: Bounds;
  kpus: Bounds;
  /** UpdateShardCount calls in any 1,440 minutes: AWS's quota, or what it was raised to. */
  updatesPerDay: number;
  prices: Prices;
}

/** The benchmarks' workload: as much a KPU as a shard, and room for every trace. */
export function workloadOf(trace: Trace, different: Partial<Omit<Workload, "trace">> = {}): Workload {
  return {
    trace,
    recordBytes: 500,
    recordsPerKpuPerMinute: 60_000,
    restartSeconds: 60,
    shards: { min: 1, max: 400 },
    kpus: { min: 1, max: 400 },
    updatesPerDay: 10,
    prices: usEast1,
    ...different,
  };
}

/** Records that a shard takes in a minute. */
export const shardMinute = ({ recordBytes }: Workload): number =>
  60 * Math.min(shardRecordsPerSecond, shardBytesPerSecond / recordBytes);

export const withinBounds = (count: number, { min, max }: Bounds): number => Math.min(max, Math.max(min, count));

/** Utilisation at which a backtest starts. */
const startsAt = 0.7;
const firstMinutes = 3;

/** How many units a backtest starts with: the busiest of its first three minutes is 70 % of them. */
export function initialCount({ trace }: Workload, recordsPerMinute: number, bounds: Bounds): number {
  const busiest = trace.rates.subarray(0, firstMinutes).reduce((most, rate) => Math.max(most, rate), 0);
  return withinBounds(Math.ceil((busiest * 60) / (startsAt * recordsPerMinute)), bounds);
}
