import type * as aws from "@pulumi/aws";
import type { MetricQuery } from "./metricQuery";

/** Metric math as aws.cloudwatch.MetricAlarm takes it. */
export function alarmQueries(queries: MetricQuery[]): aws.types.input.cloudwatch.MetricAlarmMetricQuery[] {
  return queries.map(({ id, label, metric, expression, returnData }) => ({
    id,
    returnData,
    ...(label ? { label } : {}),
    ...(expression ? { expression } : {}),
    ...(metric ? { metric: { ...metric, period: metric.period ?? 60 } } : {}),
  }));
}
