import * as pulumi from "@pulumi/pulumi";
import type { MetricStat } from "../metrics/metricQuery";
import type { FlinkConfig, Mode, StreamConfig } from "../../scaler/types";

/** A stream that the scaler handles. */
export interface StreamDimensionArgs {
  /** Id in the endpoint's path: letters, digits, hyphens. Must be a plain value. */
  id: string;
  /** Name of the stream. */
  streamName: pulumi.Input<string>;
  /** ARN of the stream. */
  streamArn: pulumi.Input<string>;
  /** Least shards. 1 or more. */
  min: pulumi.Input<number>;
  /** Most shards. `min` or more. */
  max: pulumi.Input<number>;
  /** Shards that the stream is created with: what the endpoint answers until the first run. Default: unknown. */
  initial?: pulumi.Input<number>;
  /** UpdateShardCount calls that AWS allows in a rolling 24 hours. Default 10. 1..100. */
  updatesPerDay?: pulumi.Input<number>;
}

/** An application that the scaler handles. */
export interface FlinkDimensionArgs {
  /** Id in the endpoint's path: letters, digits, hyphens. Must be a plain value. */
  id: string;
  /** Name of the application. */
  applicationName: pulumi.Input<string>;
  /** ARN of the application. */
  applicationArn: pulumi.Input<string>;
  /** Least KPUs. 1 or more. */
  min: pulumi.Input<number>;
  /** Most KPUs. `min` or more; times parallelismPerKpu at most maxParallelism. */
  max: pulumi.Input<number>;
  /** KPUs that the application is created with: what the endpoint answers until the first run. Default: unknown. */
  initial?: pulumi.Input<number>;
  /** Parallelism of one KPU. Default 1. 1..8. */
  parallelismPerKpu?: pulumi.Input<number>;
  /** Flink's maxParallelism of the job. Default 128. */
  maxParallelism?: pulumi.Input<number>;
  /** Version of the job's Kinesis connector, e.g. 5.0.0-1.20. Before 5.1.0 the application waits after a reshard. Default: not affected. */
  connectorVersion?: string;
  /** Seconds between checkpoints. Default 60. */
  checkpointIntervalSeconds?: pulumi.Input<number>;
  /** Metric that says how far the application is behind, in milliseconds. Default: the scaler doesn't know. */
  lag?: pulumi.Input<MetricStat>;
  /** Whether the scaler starts it when it has never run: for one that the program creates. Default false. */
  start?: boolean;
  /** Seconds of lag beyond which the application may rescale between two steps of a split-and-merge plan. Default: never. */
  lagLimitSeconds?: pulumi.Input<number>;
}

/** What every dimension of a pipeline shares. */
export interface PipelineArgs {
  /** Name of the pipeline: its dimensions take turns. */
  pipeline: string;
  /** act or observe. */
  mode: string;
}

/** The `config` parameter of a stream, as the scaler reads it. */
export function streamConfig(args: StreamDimensionArgs, { pipeline, mode }: PipelineArgs): pulumi.Inputs {
  const config: { [K in keyof StreamConfig]: pulumi.Input<StreamConfig[K]> } = {
    kind: "stream",
    name: args.streamName,
    pipeline,
    min: args.min,
    max: args.max,
    mode: mode as Mode,
    ...(args.initial === undefined ? {} : { initial: args.initial }),
    updatesPerDay: args.updatesPerDay ?? 10,
  };
  return config;
}

/** The `config` parameter of an application, as the scaler reads it. */
export function flinkConfig(args: FlinkDimensionArgs, { pipeline, mode }: PipelineArgs): pulumi.Inputs {
  const config: { [K in keyof FlinkConfig]: pulumi.Input<FlinkConfig[K]> } = {
    kind: "flink",
    name: args.applicationName,
    pipeline,
    min: args.min,
    max: args.max,
    mode: mode as Mode,
    ...(args.initial === undefined ? {} : { initial: args.initial }),
    parallelismPerKpu: args.parallelismPerKpu ?? 1,
    maxParallelism: args.maxParallelism ?? 128,
    drainAfterReshard: losesDataAtReshards(args.connectorVersion),
    checkpointIntervalSeconds: args.checkpointIntervalSeconds ?? 60,
    ...(args.lag ? { lag: pulumi.output(args.lag).apply(identity) } : {}),
    ...(args.start ? { start: true } : {}),
    ...(args.lagLimitSeconds ? { lagLimitSeconds: args.lagLimitSeconds } : {}),
  };
  return config;
}

/** A connector's version as Maven spells it: 5.1.0-1.20. */
export const connectorVersionPattern = /^(\d+)\.(\d+)(?:\.\d+)?(?:-[\w.]+)?$/;

/** FLINK-37627, fixed in 5.1.0: a restart that coincides with a reshard can lose data. Not configured: not affected. */
export function losesDataAtReshards(connectorVersion: string | undefined): boolean {
  if (!connectorVersion) return false;
  const [, major, minor] = (connectorVersionPattern.exec(connectorVersion) ?? []).map(Number);
  if (major === undefined || minor === undefined)
    throw new Error(
      `connectorVersion is ${JSON.stringify(connectorVersion)}; allowed is a version such as 5.1.0-1.20, without a "v". Correct it.`,
    );
  return major < 5 || (major === 5 && minor < 1);
}

/** The metric without the statistic: the scaler reads its Maximum. */
function identity({
  namespace,
  metricName,
  dimensions,
}: MetricStat): Pick<MetricStat, "namespace" | "metricName" | "dimensions"> {
  return { namespace, metricName, dimensions };
}
