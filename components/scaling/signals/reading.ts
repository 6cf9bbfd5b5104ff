import type { MetricQuery, MetricStat } from "../../metrics/metricQuery";
import { consumerMetrics, statOf, streamMetrics } from "../../metrics/catalogue";
import type { MetricEntry } from "../../metrics/catalogue";
import type { PipelineNames } from "../../names";

/**
 * What scaling policies watch: a quantity per unit of the capacity asked for, as metric math.
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
 * threshold; for scaling out it has no datapoint; for target tracking, which does both, it lies at the target.
 */
export interface Reading {
  /** Of the capacities asked for in a minute, the largest or the smallest counts. */
  capacity: "Maximum" | "Minimum";
  /** What a settled minute counts as of which something is not known, in percent. Undefined: it has no datapoint. */
  unknown?: number;
  /** Percent above which a backlog does not raise what is read. */
  backlogCeiling?: number;
}

/** Utilisation to scale in by of a settled minute of which something is not known, in percent. */
export const unknownPercent = 100;

export const toScaleOut: Reading = { capacity: "Maximum" };
export const toScaleIn: Reading = { capacity: "Minimum", unknown: unknownPercent };
/** What isn't known moves nothing, and a backlog keeps the capacity that is there. */
export const toTrack = (targetPercent: number): Reading => ({
  capacity: "Maximum",
  unknown: targetPercent,
  backlogCeiling: targetPercent,
});

/**
 * Bytes that consumers read in a minute without records at most: 1 KiB a second. Not 0: what came at the end of one minute is read in
 * the next.
 */
export const idleReadBytes = 60 * 1_024;

/** What the consumers read of the stream: by polling, and the enhanced fan-out consumer where there is one. Present records or not. */
export function consumerReads(names: PipelineNames): MetricQuery[] {
  const polled = row("w", statOf(streamMetrics["GetRecords.Bytes"], names));
  return names.consumerName ? [polled, row("v", statOf(consumerMetrics["SubscribeToShardEvent.Bytes"], names))] : [polled];
}

/** Above 0 in a settled minute of which none of `counts` came in and the consumers read next to nothing; 0 in others with capacity. */
export function idle(counts: string, names: PipelineNames): string {
  const read = names.consumerName ? "(w + v)" : "w";
  return `((${counts} + 0 * c) == 0) * (${read} <= ${idleReadBytes}) * s`;
}

/** The demand of a known minute, `unknown` of a settled one that isn't known, no datapoint of others and without capacity. */
export const unlessUnknown = (demand: string, unknown: number) =>
  `IF(known > 0, ${demand}, ${unknown}) * ((known + s) * c) / ((known + s) * c)`;

export const capacity = (reading: Reading, desired: MetricEntry, names: PipelineNames): MetricStat =>
  statOf(desired, names, reading.capacity);

export const incomingRecords = (names: PipelineNames) => statOf(streamMetrics.IncomingRecords, names, "Sum");

export const row = (id: string, metric: MetricStat): MetricQuery => ({ id, metric, returnData: false });
export const term = (id: string, expression: string): MetricQuery => ({ id, expression, returnData: false });
export const result = (id: string, expression: string, label: string): MetricQuery => ({
  id,
  expression,
  label,
  returnData: true,
});
