import { hour } from "../core/clock";
import type { MinuteRecord } from "../traffic/minuteRecord";
import { lagDistribution } from "./lagDistribution";
import { flinkCostUsd, onDemandCostUsd, type Prices, putUnits, streamCostUsd, usEast1 } from "../../components/prices";

/** A change of capacity that a service accepted. */
export interface ScalingChange {
  dimension: "stream" | "flink";
  /** `update`: UpdateShardCount or UpdateApplication. */
  kind: "update" | "split" | "merge";
  /** When the call was accepted, ms since the epoch. */
  time: number;
  from: number;
  to: number;
}

/** What a policy did to a stream. The order of the fields is the report's. */
export interface StreamReport {
  shardHours: number;
  /** Shard-hours at their price; on-demand's charges instead. */
  costUsd: number;
  /** PUT payload units of the accepted records: no policy changes them; on-demand has none. */
  putUsd: number;
  /** First attempts. */
  offeredRecords: number;
  /** First attempts that were refused. */
  throttledRecords: number;
  /** Records refused twice, or in the hands of a producer that died. */
  lostRecords: number;
  /** UpdateShardCount calls accepted. */
  reshards: number;
  splits: number;
  merges: number;
  /** UpdateShardCount calls within an hour after one in the other direction. */
  reversals: number;
  /** Calls that Kinesis refused. */
  rejectedUpdates: number;
  peakShards: number;
}

/** What a policy did to an application. The order of the fields is the report's. */
export interface FlinkReport {
  /** Of the application's own KPUs, the larger of old and new during a restart; the orchestration KPU is not counted. */
  kpuHours: number;
  /** KPU-hours and the orchestration KPU's hours at their price. */
  costUsd: number;
  rescales: number;
  /** Rescales within an hour after one in the other direction. */
  reversals: number;
  rejectedUpdates: number;
  /** Minutes that end with more than 60 s of lag. */
  lagMinutes: number;
  /** Nearest-rank 99th percentile of the lag at the end of all minutes, restarts included; exact to half a second. */
  lagP99Seconds: number;
  lagMaxSeconds: number;
  peakKpus: number;
}

export interface PolicyReport {
  /** Name of the pipeline where a stack has several. */
  pipeline?: string;
  trace: string;
  policy: string;
  minutes: number;
  costUsd: number;
  /** null: the policy leaves this dimension alone. */
  stream: StreamReport | null;
  flink: FlinkReport | null;
}

/** A service's own figures; what is missing is taken from the minutes and from `refused`. */
export interface ServiceCounts {
  shardHours?: number;
  streamRejected?: number;
  kpuHours?: number;
  flinkRejected?: number;
}

export interface ReportOptions {
  trace: string;
  policy: string;
  recordBytes: number;
  /** Which dimensions the policy scales. */
  stream: boolean;
  flink: boolean;
  prices?: Prices;
  /** The stream is in on-demand mode, and what it is charged by. */
  onDemand?: "standard" | "advantage";
  /** What the services themselves counted since the run began, hours to the millisecond; without it minutes are added up. */
  counted?: () => ServiceCounts;
}

/** What a report needs of a minute. */
export interface ReportedMinute extends Pick<MinuteRecord, "offered" | "accepted" | "throttled" | "lost"> {
  stream?: Pick<NonNullable<MinuteRecord["stream"]>, "shards">;
  flink?: Pick<NonNullable<MinuteRecord["flink"]>, "kpus" | "billedKpus" | "lagSeconds">;
}

export interface Report {
  minute(record: ReportedMinute | MinuteRecord): void;
  change(change: ScalingChange): void;
  /** A call that the service refused. */
  refused(dimension: "stream" | "flink"): void;
  /** Changes by direction; those of a plan of splits and merges by their own. */
  directions(): { stream: Directions; flink: Directions };
  result(): PolicyReport;
}

export interface Directions {
  out: number;
  in: number;
}

const lagGoalSeconds = 60;

/** Adds a run up, minute by minute; its memory doesn't grow with the run. */
export function startReport(options: ReportOptions): Report {
  const { trace, policy, prices = usEast1 } = options;
  const stream = options.stream ? streamTotals(prices, options) : undefined;
  const flink = options.flink ? flinkTotals(prices) : undefined;
  const of = (dimension: "stream" | "flink") => (dimension === "stream" ? stream : flink);
  const directions = { stream: { out: 0, in: 0 }, flink: { out: 0, in: 0 } };
  let minutes = 0;
  return {
    minute(record) {
      minutes++;
      stream?.minute(record);
      flink?.minute(record);
    },
    change(change) {
      if (change.to > change.from) directions[change.dimension].out++;
      if (change.to < change.from) directions[change.dimension].in++;
      of(change.dimension)?.change(change);
    },
    directions: () => structuredClone(directions),
    refused: (dimension) => of(dimension)?.refused(),
    result() {
      const counted = options.counted?.() ?? {};
      const parts = {
        stream: stream?.result(minutes, counted.shardHours, counted.streamRejected) ?? null,
        flink: flink?.result(minutes, counted.kpuHours, counted.flinkRejected) ?? null,
      };
      const costUsd = rounded((parts.stream?.costUsd ?? 0) + (parts.flink?.costUsd ?? 0));
      return { trace, policy, minutes, costUsd, ...parts };
    },
  };
}

function streamTotals(prices: Prices, { recordBytes, onDemand }: ReportOptions) {
  const calls = { update: 0, split: 0, merge: 0 };
  const reversals = reversalCounter();
  const sums = { shardMinutes: 0, offered: 0, accepted: 0, throttled: 0, lost: 0, refused: 0, peak: 0 };
  return {
    minute(record: ReportedMinute) {
      const shards = record.stream?.shards ?? 0;
      sums.shardMinutes += shards;
      // The mean of a minute in which shards split is between two counts.
      sums.peak = Math.max(sums.peak, Math.ceil(shards));
      sums.offered += record.offered;
      sums.accepted += record.accepted;
      sums.throttled += record.throttled;
      sums.lost += record.lost;
    },
    change(change: ScalingChange) {
      calls[change.kind]++;
      // A plan of splits and merges has both whichever way it goes.
      if (change.kind === "update") reversals.add(change);
    },
    refused: () => void sums.refused++,
    result(minutes: number, shardHours = sums.shardMinutes / 60, rejectedUpdates = sums.refused): StreamReport {
      const tariff = onDemand && { standard: prices.onDemandStandard, advantage: prices.onDemandAdvantage }[onDemand];
      return {
        shardHours: rounded(shardHours),
        costUsd: rounded(
          tariff ? onDemandCostUsd(tariff, minutes / 60, sums.accepted, recordBytes) : streamCostUsd(prices, shardHours),
        ),
        putUsd: tariff ? 0 : rounded((sums.accepted * putUnits(recordBytes) * prices.millionPutUnits) / 1e6),
        offeredRecords: Math.round(sums.offered),
        throttledRecords: Math.round(sums.throttled),
        lostRecords: Math.round(sums.lost),
        reshards: calls.update,
        splits: calls.split,
        merges: calls.merge,
        reversals: reversals.count(),
        rejectedUpdates,
        peakShards: sums.peak,
      };
    },
  };
}

function flinkTotals(prices: Prices) {
  const reversals = reversalCounter();
  const lags = lagDistribution();
  const sums = { kpuMinutes: 0, rescales: 0, refused: 0, lagMinutes: 0, peak: 0 };
  return {
    minute({ flink }: ReportedMinute) {
      if (!flink) return;
      sums.kpuMinutes += flink.billedKpus;
      sums.peak = Math.max(sums.peak, flink.kpus);
      if (flink.lagSeconds > lagGoalSeconds) sums.lagMinutes++;
      lags.add(flink.lagSeconds);
    },
    change(change: ScalingChange) {
      sums.rescales++;
      reversals.add(change);
    },
    refused: () => void sums.refused++,
    result(minutes: number, kpuHours = sums.kpuMinutes / 60, rejectedUpdates = sums.refused): FlinkReport {
      return {
        kpuHours: rounded(kpuHours),
        costUsd: rounded(flinkCostUsd(prices, kpuHours, minutes / 60)),
        rescales: sums.rescales,
        reversals: reversals.count(),
        rejectedUpdates,
        lagMinutes: sums.lagMinutes,
        lagP99Seconds: lags.percentile(99),
        lagMaxSeconds: lags.maximum(),
        peakKpus: sums.peak,
      };
    },
  };
}

/** Counts scalings within an hour (inclusive) after any one in the other direction. */
function reversalCounter() {
  let count = 0;
  let lastOut = -Infinity;
  let lastIn = -Infinity;
  return {
    add({ time, from, to }: ScalingChange) {
      if (from === to) return;
      const other = to > from ? lastIn : lastOut;
      if (time - other <= hour) count++;
      if (to > from) lastOut = time;
      else lastIn = time;
    },
    count: () => count,
  };
}

/** To a hundredth of a cent; -0 and binary noise disappear. */
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
