import type * as pulumi from "@pulumi/pulumi";

/** A metric to read, as alarms, dashboards and scaling policies all need it. Plain data; names are AWS's. */
export interface MetricStat {
  namespace: string;
  metricName: string;
  dimensions: Record<string, pulumi.Input<string>>;
  /** Average | Sum | Minimum | Maximum | SampleCount | pNN */
  stat: string;
  /** Seconds. Default 60. */
  period?: number;
  unit?: string;
}

/** One row of metric math: either a metric or an expression over the ids of other rows. */
export interface MetricQuery {
  /** Starts with a lowercase letter, unique within one alarm or widget. */
  id: string;
  label?: string;
  metric?: MetricStat;
  expression?: string;
  /** True for the one row whose series is the result. */
  returnData: boolean;
}
