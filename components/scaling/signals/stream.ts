import type { MetricQuery } from "../../metrics/metricQuery";
import { statOf, streamMetrics, streamScalerMetrics } from "../../metrics/catalogue";
import type { PipelineNames } from "../../names";
import {
  capacity,
  consumerReads,
  idle,
  incomingRecords,
  result,
  row,
  term,
  toScaleOut,
  unlessUnknown,
  type Reading,
} from "./reading";

/** Per shard and minute: 1,000 records and 1 MiB a second ("Quotas and limits", Kinesis Data Streams). */
export const recordsPerShardMinute = 60_000;
export const bytesPerShardMinute = 60 * 1_048_576;

/**
 * Throttled demand counts where the shards that serve are fuller than this, in percent; below it, throttling is a hot shard. The
 * shards asked for don't tell: while they are on their way, those that serve can be full at a low utilisation.
 */
export const throttlingCountsAbovePercent = 50;

/**
 * Utilisation of the stream in percent: the larger of records and bytes, accepted plus throttled. Throttled records are retries
 * too, so they count at most once more (MIN) and only where the shards that serve are more than half full. Where unknown minutes
 * count, a minute whose throttled records aren't in counts as throttled once, and one whose shards that serve aren't known isn't known.
 */
export function streamUtilisation(reading: Reading, names: PipelineNames): MetricQuery[] {
  const { unknown } = reading;
  const factor = `IF(serving > ${throttlingCountsAbovePercent}, throttledOnce / records, 0)`;
  const demand = `accepted * (1 + ${factor})`;
  const inputs = [
    ...acceptedUtilisation(reading, names),
    row("t", throttled(names)),
    row("s", statOf(streamScalerMetrics.settled, names)),
    ...consumerReads(names),
    term("records", "r + 0 * c"),
    term("throttled", unknown === undefined ? "t + 0 * c" : "IF((t >= 0) + 0 * c, t, r) + 0 * c"),
    term("throttledOnce", "MIN([throttled, records])"),
    term("idle", idle("(r >= 0) + (b >= 0) + (t >= 0)", names)),
  ];
  if (unknown === undefined) {
    return [
      ...inputs,
      term("known", "((r >= 0) * ((b >= 0) * (t >= 0) + s) + idle) * c"),
      result("utilisation", `${demand} * known / known`, "Stream utilisation (%)"),
    ];
  }
  return [
    ...inputs,
    term("known", "(r >= 0) * (b >= 0) * (a >= 0) + idle"),
    result("utilisation", unlessUnknown(demand, unknown), "Stream utilisation (%)"),
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
    ...acceptedUtilisation(toScaleOut, names),
    row("t", throttled(names)),
    term("share", throttledShare),
    result("hot", `IF(serving <= ${throttlingCountsAbovePercent}, share, 0)`, "Throttled below half load (%)"),
  ];
}

/** Percent of the attempts that were throttled. */
export function throttledPercent(names: PipelineNames): MetricQuery[] {
  return [row("r", incomingRecords(names)), row("t", throttled(names)), result("share", throttledShare, "Throttled (%)")];
}

function acceptedUtilisation(reading: Reading, names: PipelineNames): MetricQuery[] {
  return [
    row("c", capacity(reading, streamScalerMetrics.desired, names)),
    row("r", incomingRecords(names)),
    row("b", statOf(streamMetrics.IncomingBytes, names, "Sum")),
    term("byRecords", `100 * r / (${recordsPerShardMinute} * c)`),
    term("byBytes", `100 * b / (${bytesPerShardMinute} * c)`),
    term("accepted", "MAX([byRecords, byBytes])"),
    row("a", statOf(streamScalerMetrics.actual, names)),
    term("serving", "accepted * c / a + 0 * c"),
  ];
}

const throttled = (names: PipelineNames) => statOf(streamMetrics.WriteProvisionedThroughputExceeded, names, "Sum");
