import type { Lag } from "../decide/types";
import type { LagMetric } from "../types";
import type { Aws } from "./clients";

/** The newest lag of the last five minutes; undefined when there is none or it is -1, "not reported yet". */
export async function newestLag(aws: Aws, metric: LagMetric, now: number): Promise<Lag | undefined> {
  const { MetricDataResults } = await aws.call("cloudwatch", "GetMetricData", {
    StartTime: new Date(now - 5 * 60_000),
    EndTime: new Date(now),
    ScanBy: "TimestampDescending",
    MetricDataQueries: [
      {
        Id: "lag",
        MetricStat: {
          Metric: {
            Namespace: metric.namespace,
            MetricName: metric.metricName,
            Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
          },
          Period: 60,
          Stat: "Maximum",
        },
      },
    ],
  });
  const { Timestamps = [], Values = [] } = MetricDataResults?.[0] ?? {};
  const milliseconds = Values[0];
  const at = Timestamps[0];
  return milliseconds === undefined || at === undefined || milliseconds < 0 ? undefined : { milliseconds, at: Number(at) };
}
