/**
 * The catalogue: every metric that the dashboard, the alarms and the policies read, once. Signals (metric math over these)
 * are in signals.ts.
 */
import { healthMetrics, progressMetrics, resourceMetrics, sourceMetrics } from "./metrics/application";
import type { MetricEntry } from "./metrics/entry";
import { producerMetrics } from "./metrics/producer";
import { applicationScalerMetrics, functionMetrics, streamScalerMetrics } from "./metrics/scaler";
import { consumerMetrics, streamMetrics } from "./metrics/stream";

export { emittedBy, flinkVersion, generations, reportedAt, statOf } from "./metrics/entry";
export type { MetricEntry, PipelineNames, ReportingLevel } from "./metrics/entry";
export {
  applicationScalerMetrics,
  consumerMetrics,
  functionMetrics,
  healthMetrics,
  producerMetrics,
  progressMetrics,
  resourceMetrics,
  sourceMetrics,
  streamMetrics,
  streamScalerMetrics,
};

/** All entries, in the order of the dashboard's sections. */
export const catalogue: readonly MetricEntry[] = [
  healthMetrics,
  resourceMetrics,
  progressMetrics,
  sourceMetrics,
  streamMetrics,
  consumerMetrics,
  producerMetrics,
  streamScalerMetrics,
  applicationScalerMetrics,
  functionMetrics,
].flatMap((group): MetricEntry[] => Object.values(group));
