/** The consumer's lag, as the scaling reads it and in seconds. */
import type { MetricEntry } from "../../metrics/catalogue";
import { consumerMetrics, sourceMetrics, streamMetrics } from "../../metrics/catalogue";
import type { DashboardContext } from "../context";
import type { MetricRow, RowOptions } from "../widgets";
import { expressionRow } from "../widgets";

export function lagEntry({ model }: DashboardContext): MetricEntry {
  if (model.lagMetric === "iteratorAge") return streamMetrics["GetRecords.IteratorAgeMilliseconds"];
  if (model.lagMetric === "efo") return consumerMetrics["SubscribeToShardEvent.MillisBehindLatest"];
  return sourceMetrics.millisBehindLatest;
}

/** millisBehindLatest is -1 until it is known: drawn as 0. `of` is the id of the row in milliseconds. */
export function lagSecondsRow(id: string, of: string, label: string, options: RowOptions = {}): MetricRow {
  return expressionRow(id, `IF(${of} > 0, ${of}, 0) / 1000`, label, options);
}
