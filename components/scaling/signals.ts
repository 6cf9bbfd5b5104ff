import type { MetricQuery, MetricStat } from "../metrics/metricQuery";
import {
  applicationScalerMetrics,
  consumerMetrics,
  sourceMetrics,
  statOf,
  streamMetrics,
  streamScalerMetrics,
} from "../metrics/catalogue";
import type { MetricEntry } from "../metrics/catalogue";
import type { PipelineNames } from "../names";

/**
 * What the scaling alarms watch: utilisation in percent of the capacity asked for, as metric math.
 *
 * A missing datapoint counts as 0 in arithmetic and a division by zero gives no point ("Using math expressions with CloudWatch
 * metrics"). So every result ends divided by the capacity `c`: a minute without capacity has no utilisation, a minute with
 * capacity and no records has 0. `+ 0 * c` fills a series with zeros wherever there is capacity; it stands wherever a
 * missing point would otherwise drop out (inside IF, MIN and MAX).
 *
 * Records may come up to three minutes late, after the capacity, or not at all for hours. So a minute counts (`known`) once its
 * records are in; without them it had none (`idle`) only if a witness in the same namespace says so: a consumer that was served and
 * read next to nothing, once the settled capacity is there, which is published when nothing should come any more.
 *
 * Absence of data is no evidence. For scaling in, a settled minute that isn't known is `unknownPercent`, which lies above any
 * threshold; for scaling out it has no datapoint.
 */

/** A scaling direction: `out` divides by the largest capacity asked for in the minute, `in` by the smallest. */
export type Direction = "out" | "in";

/** Per shard and minute: 1,000 records and 1 MiB a second ("Quotas and limits", Kinesis Data Streams). */
export const recordsPerShardMinute = 60_000;
export const bytesPerShardMinute = 60 * 1_048_576;

/**
 * Throttled demand counts where the shards that serve are fuller than this, in percent; below it, throttling is a hot shard. The
 * shards asked for don't tell: while they are on their way, those that serve can be full at a low utilisation.
 */
export const throttlingCountsAbovePercent = 50;

/** Utilisation to scale in by of a settled minute of which something is not known, in percent. */
export const unknownPercent = 100;

/**
 * Bytes that consumers read in a minute without records at most: 1 KiB a second. Not 0: what came at the end of one minute is read in
 * the next.
 */
export const idleReadBytes = 60 * 1_024;

/** Where the consumer's lag is read. */
export const LagMetric = { Flink: "flink", IteratorAge: "iteratorAge", EnhancedFanOut: "efo" } as const;
export type LagMetric = (typeof LagMetric)[keyof typeof LagMetric];

export interface FlinkSignal {
  recordsPerKpuPerMinute: number;
  /** Seconds in which a backlog is to be worked off. */
  catchUpSeconds: number;
  /** Seconds of lag that count as 100 % where scaling in is decided. */
  lagForScaleInSeconds: number;
  lagMetric: LagMetric;
}

/** The metric that says how far the consumer is behind, in milliseconds; Flink reports -1 until it knows. */
export function lagEntry(lagMetric: string): MetricEntry {
  if (lagMetric === LagMetric.IteratorAge) return streamMetrics["GetRecords.IteratorAgeMilliseconds"];
  if (lagMetric === LagMetric.EnhancedFanOut) return consumerMetrics["SubscribeToShardEvent.MillisBehindLatest"];
  return sourceMetrics.millisBehindLatest;
}

export function lagStat(names: PipelineNames, lagMetric: LagMetric): MetricStat {
  return statOf(lagEntry(lagMetric), names, "Maximum");
}

/**
 * Utilisation of the stream in percent: the larger of records and bytes, accepted plus throttled. Throttled records are retries
 * too, so they count at most once more (MIN) and only where the shards that serve are more than half full. For scaling in, a
 * minute whose throttled records aren't in counts as throttled once, and one whose shards that serve aren't known isn't known.
 */
export function streamUtilisation(direction: Direction, names: PipelineNames): MetricQuery[] {
  const factor = `IF(serving > ${throttlingCountsAbovePercent}, throttledOnce / records, 0)`;
  const demand = `accepted * (1 + ${factor})`;
  const inputs = [
    ...acceptedUtilisation(direction, names),
    row("t", throttled(names)),
    row("s", statOf(streamScalerMetrics.settled, names)),
    ...consumerReads(names),
    term("records", "r + 0 * c"),
    term("throttled", direction === "out" ? "t + 0 * c" : "IF((t >= 0) + 0 * c, t, r) + 0 * c"),
    term("throttledOnce", "MIN([throttled, records])"),
    term("idle", idle("(r >= 0) + (b >= 0) + (t >= 0)", names)),
  ];
  if (direction === "out") {
    return [
      ...inputs,
      term("known", "((r >= 0) * ((b >= 0) * (t >= 0) + s) + idle) * c"),
      result("utilisation", `${demand} * known / known`, "Stream utilisation (%)"),
    ];
  }
  return [
    ...inputs,
    term("known", "(r >= 0) * (b >= 0) * (a >= 0) + idle"),
    result("utilisation", unlessUnknown(demand), "Stream utilisation (%)"),
  ];
}

/** `r / r`: a minute counts when its records are in; until then all that came would seem throttled. */
const throttledShare = "100 * t / (r + t) * (r / r)";

/**
 * Percent of the attempts that were throttled although the shards that serve are at most half full on average: a hot shard, or
 * bursts within a second. 0 where they are fuller.
 */
export function hotShardThrottling(names: PipelineNames): MetricQuery[] {
  return [
    ...acceptedUtilisation("out", names),
    row("t", throttled(names)),
    term("share", throttledShare),
    result("hot", `IF(serving <= ${throttlingCountsAbovePercent}, share, 0)`, "Throttled below half load (%)"),
  ];
}

/** Percent of the attempts that were throttled. */
export function throttledPercent(names: PipelineNames): MetricQuery[] {
  return [row("r", incomingRecords(names)), row("t", throttled(names)), result("share", throttledShare, "Throttled (%)")];
}

/**
 * Utilisation of the application in percent: rate * (1 + lag / catchUp) / (KPUs * throughput of a KPU). A lag that is missing or -1
 * (not known yet) counts 0. For scaling in, the larger of that and the lag in percent of `lagForScaleInSeconds`; a minute without a
 * lag (the job restarts, or fails in front of a backlog) isn't known.
 */
export function flinkUtilisation(direction: Direction, names: PipelineNames, signal: FlinkSignal): MetricQuery[] {
  const demand = `100 * r * (1 + lag / ${signal.catchUpSeconds}) / (${signal.recordsPerKpuPerMinute} * c)`;
  const inputs = [
    row("c", capacity(direction, applicationScalerMetrics.desired, names)),
    row("r", incomingRecords(names)),
    row("l", lagStat(names, signal.lagMetric)),
    row("s", statOf(applicationScalerMetrics.settled, names)),
    ...consumerReads(names),
    term("lag", "(IF(l > 0, l, 0) + 0 * c) / 1000"),
    term("idle", idle("(r >= 0)", names)),
  ];
  if (direction === "out") {
    return [
      ...inputs,
      term("known", "((r >= 0) + idle) * c"),
      result("utilisation", `${demand} * known / known`, "Application utilisation (%)"),
    ];
  }
  return [
    ...inputs,
    term("demand", demand),
    term("backlog", `100 * lag * c / (${signal.lagForScaleInSeconds} * c)`),
    term("known", "((r >= 0) + idle) * (l >= 0)"),
    result("utilisation", unlessUnknown("MAX([demand, backlog])"), "Application utilisation or backlog (%)"),
  ];
}

/** What the consumers read of the stream: by polling, and the enhanced fan-out consumer where there is one. Present records or not. */
function consumerReads(names: PipelineNames): MetricQuery[] {
  const polled = row("w", statOf(streamMetrics["GetRecords.Bytes"], names));
  return names.consumerName ? [polled, row("v", statOf(consumerMetrics["SubscribeToShardEvent.Bytes"], names))] : [polled];
}

/** Above 0 in a settled minute of which none of `counts` came in and the consumers read next to nothing; 0 in others with capacity. */
function idle(counts: string, names: PipelineNames): string {
  const read = names.consumerName ? "(w + v)" : "w";
  return `((${counts} + 0 * c) == 0) * (${read} <= ${idleReadBytes}) * s`;
}

/** The demand of a known minute, `unknownPercent` of a settled one that isn't known, no datapoint of others and without capacity. */
const unlessUnknown = (demand: string) => `IF(known > 0, ${demand}, ${unknownPercent}) * ((known + s) * c) / ((known + s) * c)`;

function acceptedUtilisation(direction: Direction, names: PipelineNames): MetricQuery[] {
  return [
    row("c", capacity(direction, streamScalerMetrics.desired, names)),
    row("r", incomingRecords(names)),
    row("b", statOf(streamMetrics.IncomingBytes, names, "Sum")),
    term("byRecords", `100 * r / (${recordsPerShardMinute} * c)`),
    term("byBytes", `100 * b / (${bytesPerShardMinute} * c)`),
    term("accepted", "MAX([byRecords, byBytes])"),
    row("a", statOf(streamScalerMetrics.actual, names)),
    term("serving", "accepted * c / a + 0 * c"),
  ];
}

function capacity(direction: Direction, desired: MetricEntry, names: PipelineNames): MetricStat {
  return statOf(desired, names, direction === "out" ? "Maximum" : "Minimum");
}

const incomingRecords = (names: PipelineNames) => statOf(streamMetrics.IncomingRecords, names, "Sum");
const throttled = (names: PipelineNames) => statOf(streamMetrics.WriteProvisionedThroughputExceeded, names, "Sum");

export const row = (id: string, metric: MetricStat): MetricQuery => ({ id, metric, returnData: false });
export const term = (id: string, expression: string): MetricQuery => ({ id, expression, returnData: false });
export const result = (id: string, expression: string, label: string): MetricQuery => ({
  id,
  expression,
  label,
  returnData: true,
});
