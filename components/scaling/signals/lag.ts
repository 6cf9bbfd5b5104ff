import type { MetricQuery, MetricStat } from "../../metrics/metricQuery";
import { applicationScalerMetrics, consumerMetrics, sourceMetrics, statOf, streamMetrics } from "../../metrics/catalogue";
import type { MetricEntry } from "../../metrics/catalogue";
import type { PipelineNames } from "../../names";
import { capacity, result, row, term, toScaleOut } from "./reading";

/** Where the consumer's lag is read. */
export const LagMetric = { Flink: "flink", IteratorAge: "iteratorAge", EnhancedFanOut: "efo" } as const;
export type LagMetric = (typeof LagMetric)[keyof typeof LagMetric];

/** The metric that says how far the consumer is behind, in milliseconds; Flink reports -1 until it knows. */
export function lagEntry(lagMetric: string): MetricEntry {
  if (lagMetric === LagMetric.IteratorAge) return streamMetrics["GetRecords.IteratorAgeMilliseconds"];
  if (lagMetric === LagMetric.EnhancedFanOut) return consumerMetrics["SubscribeToShardEvent.MillisBehindLatest"];
  return sourceMetrics.millisBehindLatest;
}

export function lagStat(names: PipelineNames, lagMetric: LagMetric): MetricStat {
  return statOf(lagEntry(lagMetric), names, "Maximum");
}

export const servingKpus = (names: PipelineNames) => row("a", statOf(applicationScalerMetrics.actual, names));

/** 1 where the lag `l` shrinks so that it would be gone within the seconds in which a backlog is to be worked off. */
export const drains = (catchUpSeconds: number) => `((l + DIFF(l) * ${catchUpSeconds / 60} + 0 * c) <= 0)`;

/**
 * 1 where less is there (`a`) than was asked for. In observe mode it stays so: the lag is then what the capacity that is there leaves, and
 * whatever is asked for makes it no shorter.
 */
export const fallsShort = "((a > 0) * (a < c) + 0 * c)";

/**
 * Lag in seconds, 0 where it drains in time: a restart's own backlog scales nothing. 0 also while what was asked for is on its way: the lag
 * grows with the restart that brings it, and each minute would ask for more. Else no datapoint without a lag or without capacity.
 */
export function lagThatStays(names: PipelineNames, lagMetric: LagMetric, catchUpSeconds: number): MetricQuery[] {
  return [
    row("c", capacity(toScaleOut, applicationScalerMetrics.desired, names)),
    row("l", lagStat(names, lagMetric)),
    servingKpus(names),
    term("lag", "(IF(l > 0, l, 0) + 0 * c) / 1000"),
    term("pending", fallsShort),
    term("known", "((l >= -1) + pending) * c"),
    result("stays", `IF(${drains(catchUpSeconds)} + pending, 0, lag) * known / known`, "Lag that doesn't drain in time (s)"),
  ];
}
