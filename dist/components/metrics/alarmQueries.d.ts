import type * as aws from "@pulumi/aws";
import type { MetricQuery } from "./metricQuery";
/** Metric math as aws.cloudwatch.MetricAlarm takes it. */
export declare function alarmQueries(queries: MetricQuery[]): aws.types.input.cloudwatch.MetricAlarmMetricQuery[];
