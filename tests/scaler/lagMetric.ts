import type { LagMetric } from "../../scaler/types";

/** Where tests read the application's lag. */
export const lagMetric: LagMetric = {
  namespace: "AWS/KinesisAnalytics",
  metricName: "millisBehindLatest",
  dimensions: { Application: "enrich" },
};
