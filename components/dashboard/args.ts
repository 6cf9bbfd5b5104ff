import type * as pulumi from "@pulumi/pulumi";
import type { MetricQuery } from "../metrics/metricQuery";
import type { PipelineNames } from "../names";

/** What a dimension is scaled on in one direction, and from where. */
export interface WatchedSignalArgs {
  /** What it is called: "utilisation". */
  quantity: pulumi.Input<string>;
  /** Its unit as it stands behind a number: "%". May be empty. */
  unit: pulumi.Input<string>;
  /** Where scaling begins, in that unit. */
  threshold: pulumi.Input<number>;
  /** The rows that the alarm evaluates; the one with `returnData` is the quantity. */
  queries: pulumi.Input<MetricQuery[]>;
}

/** One scalable dimension as the dashboard shows it. */
export interface DimensionPanelArgs {
  /** Smallest capacity in shards or KPUs. */
  min: pulumi.Input<number>;
  /** Largest capacity in shards or KPUs. */
  max: pulumi.Input<number>;
  /** Rows of the utilisation by throughput, in percent of the capacity asked for; the one with `returnData` is it. */
  utilisation: pulumi.Input<MetricQuery[]>;
  /** What it scales out on. */
  scaleOut: pulumi.Input<WatchedSignalArgs>;
  /** What it scales in on. */
  scaleIn: pulumi.Input<WatchedSignalArgs>;
  /** What a scaling aims at, in the unit of `scaleIn`. */
  target: pulumi.Input<number>;
  /** act or observe: in observe mode what is asked for is drawn as what doesn't come. Default act. */
  mode?: pulumi.Input<string>;
}

/** What the cost widgets multiply with. AWS has no price list to read here: give your region's. */
export interface DashboardPrices {
  /** USD per shard-hour. Default 0.015 (us-east-1). */
  shardHourUsd?: pulumi.Input<number>;
  /** USD per million PUT payload units of 25 KiB. Default 0.014 (us-east-1). */
  putPayloadUnitsMillionUsd?: pulumi.Input<number>;
  /** USD per KPU-hour. Default 0.11 (us-east-1). One KPU more than asked for is billed, for orchestration. */
  kpuHourUsd?: pulumi.Input<number>;
}

export interface PipelineDashboardArgs {
  /** Name of the dashboard: letters, digits, `-` and `_`, at most 255. */
  dashboardName: pulumi.Input<string>;
  /** What the heading calls the pipeline. */
  title: pulumi.Input<string>;
  /** Names that the metrics' dimensions are made of. */
  names: PipelineNames;
  /** Runtime environment of the application, such as FLINK-1_20: decides which metrics there are. */
  runtime: pulumi.Input<string>;
  /** APPLICATION, TASK, OPERATOR or PARALLELISM. */
  metricsLevel: pulumi.Input<string>;
  /** The lag that scaling reads: flink, iteratorAge or efo (then `consumerName` is needed). */
  lagMetric: pulumi.Input<string>;
  /** Lag in seconds from which the lag alarm counts it; drawn as a threshold. */
  lagSeconds: pulumi.Input<number>;
  /** Interval between checkpoints in seconds; drawn as a threshold of their duration. */
  checkpointIntervalSeconds: pulumi.Input<number>;
  /** Whether shard-level metrics are on. Without them there is no widget of hot shards. */
  shardLevelMetrics: pulumi.Input<boolean>;
  /** UpdateShardCount calls that AWS allows in a rolling 24 hours. */
  updatesPerDay: pulumi.Input<number>;
  /** Bounds, thresholds and signals of the stream's shards. */
  streamScaling: pulumi.Input<DimensionPanelArgs>;
  /** Bounds, thresholds and signals of the application's KPUs. */
  applicationScaling: pulumi.Input<DimensionPanelArgs>;
  /** ARNs of all alarms of the pipeline, in the order in which they are to be shown. */
  alarmArns: pulumi.Input<pulumi.Input<string>[]>;
  /** Log group of the scaler's function: the latest decisions come from there. */
  scalerLogGroup: pulumi.Input<string>;
  /** Log group of the application, for the link. */
  applicationLogGroup?: pulumi.Input<string>;
  /** Page with what each alarm means and what to do. */
  runbookUrl: pulumi.Input<string>;
  /** Prices of the cost widgets. Defaults are those of us-east-1. */
  prices?: pulumi.Input<DashboardPrices>;
  /** JSON array of further widgets in CloudWatch's dashboard syntax; `x` and `y` count from below the dashboard's own. */
  extraWidgets?: pulumi.Input<string>;
}

/** The arguments once they are known, and the region of all metrics, logs and console links: what the pure part works with. */
export type DashboardModel = pulumi.UnwrappedObject<PipelineDashboardArgs> & { region: string };
export type DimensionPanel = DashboardModel["streamScaling"];
export type WatchedSignal = DimensionPanel["scaleOut"];
