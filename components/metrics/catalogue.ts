/**
 * The catalogue: every metric that the dashboard, the alarms and the policies read, once. Signals (metric math over these)
 * are in components/scaling/signals/.
 */
import { healthMetrics, progressMetrics, resourceMetrics, sourceMetrics } from "./application";
import type { MetricEntry } from "./entry";
import { producerMetrics } from "./producer";
import { applicationScalerMetrics, functionMetrics, streamScalerMetrics } from "./scaler";
import { consumerMetrics, streamMetrics } from "./stream";

export { emittedBy, flinkVersion, generations, reportedAt, statOf } from "./entry";
export type { MetricEntry, ReportingLevel } from "./entry";
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
