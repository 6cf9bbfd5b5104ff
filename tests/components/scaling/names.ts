import type { ThroughputSignal } from "../../../components/scaling/signals/application";

/** A pipeline's names, and how its application's utilisation is computed. */
export const names = {
  scalerName: "dev",
  streamName: "orders",
  applicationName: "counter",
  streamDimension: "dev-stream",
  applicationDimension: "dev-flink",
  consumerName: "counter-consumer",
};
export const flink: ThroughputSignal = {
  recordsPerKpuPerMinute: 30_000,
  catchUpSeconds: 900,
  lagForScaleInSeconds: 60,
  lagMetric: "flink",
};
