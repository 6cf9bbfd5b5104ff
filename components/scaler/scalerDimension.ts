import * as pulumi from "@pulumi/pulumi";
import type { MetricStat } from "../metrics/metricQuery";
import type { FlinkConfig, Mode, StreamConfig } from "../../scaler/types";

/** A stream that the scaler handles. */
export interface StreamDimension {
  /** Id in the endpoint's path: letters, digits, hyphens. */
  id: string;
  streamName: pulumi.Input<string>;
  streamArn: pulumi.Input<string>;
  min: number;
  max: number;
  /** Shards that the stream is created with: what the endpoint answers until the first run. Undefined: unknown. */
  initial?: number;
  /** UpdateShardCount calls that AWS allows in a rolling 24 hours. */
  updatesPerDay: number;
  /** act or observe. */
  mode: string;
}

/** An application that the scaler handles. */
export interface ApplicationDimension {
  /** Id in the endpoint's path: letters, digits, hyphens. */
  id: string;
  applicationName: pulumi.Input<string>;
  applicationArn: pulumi.Input<string>;
  min: number;
  max: number;
  /** KPUs that the application is created with: what the endpoint answers until the first run. Undefined: unknown. */
  initial?: number;
  parallelismPerKpu: number;
  /** Flink's maxParallelism of the job. */
  maxParallelism: number;
  /** Version of the job's Kinesis connector. Before 5.1.0 the application waits after a reshard. Undefined: not affected. */
  connectorVersion?: string;
  checkpointIntervalSeconds: number;
  /** Metric that says how far the application is behind, in milliseconds. */
  lag: MetricStat;
  /** Whether the scaler starts it when it has never run: for one that the program creates. */
  start: boolean;
  /** Seconds of lag beyond which the application may rescale between two steps of a split-and-merge plan. */
  lagLimitSeconds: number;
  /** act or observe. */
  mode: string;
}

/** The `config` parameter of a stream, as the scaler reads it. */
export function streamConfig(args: StreamDimension, pipeline: string): pulumi.Inputs {
  const config: { [K in keyof StreamConfig]: pulumi.Input<StreamConfig[K]> } = {
    kind: "stream",
    name: args.streamName,
    pipeline,
    min: args.min,
    max: args.max,
    mode: args.mode as Mode,
    ...(args.initial === undefined ? {} : { initial: args.initial }),
    updatesPerDay: args.updatesPerDay,
  };
  return config;
}

/** The `config` parameter of an application, as the scaler reads it. */
export function flinkConfig(args: ApplicationDimension, pipeline: string): pulumi.Inputs {
  const config: { [K in keyof FlinkConfig]: pulumi.Input<FlinkConfig[K]> } = {
    kind: "flink",
    name: args.applicationName,
    pipeline,
    min: args.min,
    max: args.max,
    mode: args.mode as Mode,
    ...(args.initial === undefined ? {} : { initial: args.initial }),
    parallelismPerKpu: args.parallelismPerKpu,
    maxParallelism: args.maxParallelism,
    drainAfterReshard: losesDataAtReshards(args.connectorVersion),
    checkpointIntervalSeconds: args.checkpointIntervalSeconds,
    lag: pulumi.output(withoutStat(args.lag)),
    ...(args.start ? { start: true } : {}),
    lagLimitSeconds: args.lagLimitSeconds,
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

/** The scaler reads its Maximum. */
function withoutStat({ namespace, metricName, dimensions }: MetricStat) {
  return { namespace, metricName, dimensions };
}
