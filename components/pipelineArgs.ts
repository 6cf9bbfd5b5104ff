import type * as pulumi from "@pulumi/pulumi";
import { alarmFields, type AlarmSettingsArgs } from "./alarms/operationalAlarmsArgs";
import { applicationFields, applicationRules, type ApplicationArgs } from "./application/applicationArgs";
import { adoptOrCreate } from "./adoption";
import { extraWidgetsProblems, type DashboardSettingsArgs } from "./dashboard/extraWidgets";
import {
  anything,
  areRight,
  fieldProblems,
  flag,
  object,
  required,
  text,
  whole,
  withDefaults,
  type FieldsOf,
  type WithDefaults,
} from "./fields";
import { identityOf, identityProblems } from "./identity";
import { logRetentionDays } from "./logRetention";
import { modeField } from "./mode";
import { networkProblems, type NetworkArgs } from "./network/networkArgs";
import { namePattern, nameWords } from "./patterns";
import type { Problem } from "./problem";
import { accessFields, type SharedScaler } from "./scaler/scalerArgs";
import { connectorVersionPattern } from "./scaler/scalerDimension";
import { kpuKind, shardKind } from "./scaling/dimensionKind";
import { consumerProblems, kpuBoundFields, kpuScalingRules, kpuSignalFields, type KpuSignalArgs } from "./scaling/kpuScalingArgs";
import { scalingSettings, type ScalingArgs, type ScalingSettings } from "./scaling/scalingArgs";
import { shardBoundFields, shardScalingRules } from "./scaling/shardScalingArgs";
import { SignalName } from "./scaling/signals/signalName";
import { dataStreamFields, type DataStreamArgs } from "./stream/dataStreamArgs";

/** The stream of a pipeline, and how its shards scale. */
export interface PipelineStreamArgs extends DataStreamArgs {
  /** Least shards. Default 1. 1..10000. Must be a plain value. */
  minShards?: number;
  /** Most shards. Default 64. minShards..10000. Must be a plain value. */
  maxShards?: number;
  /** UpdateShardCount calls that AWS allows in a rolling 24 hours. Default 10. 1..100. Must be a plain value. */
  updatesPerDay?: number;
  /** act or observe, for the shards alone. Default: the pipeline's. Must be a plain value. */
  mode?: string;
  /** On what, when and how far the shards scale. Default: on throughput between 30 and 75 %, aiming at 50 %. */
  scaling?: ScalingArgs;
}

/** The application of a pipeline, and how its KPUs scale. */
export interface PipelineApplicationArgs extends ApplicationArgs, KpuSignalArgs {
  /** Least KPUs. Default 1. 1..1024. Must be a plain value. */
  minKpus?: number;
  /** Most KPUs. Default 64, AWS's quota. minKpus..1024, times parallelismPerKpu at most maxParallelism. Must be a plain value. */
  maxKpus?: number;
  /** Flink's maxParallelism of the job, which parallelism can't exceed without dropping state. Default 128. 1..32768. Must be a plain value. */
  maxParallelism?: number;
  /** Name of the enhanced fan-out consumer that the job is registered as; needed with lagMetric efo. Default: it polls. Must be a plain value. */
  consumerName?: string;
  /** Version of the job's Kinesis connector, e.g. 5.0.0-1.20. Before 5.1.0 the application waits after a reshard. Default: not affected. Must be a plain value. */
  connectorVersion?: string;
  /** act or observe, for the KPUs alone. Default: the pipeline's. Must be a plain value. */
  mode?: string;
  /** On what, when and how far the KPUs scale. Default: on throughput between 35 and 75 %, aiming at 60 %. */
  scaling?: ScalingArgs;
}

/** A stream and an application that scale themselves. */
export interface PipelineArgs {
  /** The application: its code, or an existing one, and what one of its KPUs can do. */
  application: PipelineApplicationArgs;
  /** The stream. Default: one of 8 shards is created. */
  stream?: PipelineStreamArgs;
  /** The scaler to join: another pipeline's, or a Scaler. Default: the pipeline has one of its own. */
  scaler?: pulumi.Input<SharedScaler>;
  /**
   * Whether the pipeline brings an inline policy for the role of the scaler that it joins. Default true. With false the role may scale it
   * already: IAM allows a role a dozen such policies. Must be a plain value.
   */
  scalerPolicy?: boolean;
  /** act changes shards and KPUs; observe decides, logs and publishes what it would do, and changes neither. Default act. Must be a plain value. */
  mode?: string;
  /** Alarms for people. Default: no e-mail, 300 s of lag, 1 % of throttled writes. */
  alarms?: AlarmSettingsArgs;
  /** The dashboard. Default: without further widgets. */
  dashboard?: DashboardSettingsArgs;
  /** Days that logs are kept. Default 30. One of CloudWatch Logs' retentions. Must be a plain value. */
  logRetentionDays?: number;
  /** IAM roles or users that alone may call the endpoint beside Application Auto Scaling (ScalerArgs). Not with `scaler`. */
  callerArns?: pulumi.Input<string>[];
  /** Whether to give API Gateway the account's role to write access logs with. Default true. Not with `scaler`. Must be a plain value. */
  apiGatewayLogRole?: boolean;
  /** VPC that the scaler's function runs in. Default none. Not with `scaler`. */
  scalerNetwork?: NetworkArgs;
}

const ownMode = object(modeField.schema, modeField.allowed);

export const pipelineStreamFields = {
  ...dataStreamFields,
  ...shardBoundFields,
  updatesPerDay: whole(1, 100, 10),
  mode: ownMode,
  scaling: anything(),
} satisfies FieldsOf<PipelineStreamArgs>;

export const pipelineApplicationFields = {
  ...applicationFields,
  ...kpuBoundFields,
  ...kpuSignalFields,
  maxParallelism: whole(1, 32_768, 128),
  consumerName: text(namePattern, nameWords),
  connectorVersion: text(connectorVersionPattern, 'a version such as 5.1.0-1.20, without a "v"'),
  mode: ownMode,
  scaling: anything(),
} satisfies FieldsOf<PipelineApplicationArgs>;

export const pipelineFields = {
  application: required(anything("the application: its code, or an existing one, and recordsPerKpuPerMinute")),
  stream: anything(),
  scaler: anything(),
  scalerPolicy: flag(true),
  mode: modeField,
  alarms: anything(),
  dashboard: anything(),
  logRetentionDays,
  ...accessFields,
  scalerNetwork: anything(),
} satisfies FieldsOf<PipelineArgs>;

/** A pipeline's arguments with every default. */
export type PipelineSettings = ReturnType<typeof pipelineSettings>;

export function pipelineSettings(args: PipelineArgs) {
  const { stream = {}, application, alarms = {} } = args;
  const own = withDefaults(args, pipelineFields);
  const kpuScaling = scalingSettings(application.scaling ?? {}, kpuKind);
  return {
    ...own,
    stream: {
      ...withDefaults(stream, pipelineStreamFields),
      scaling: scalingSettings(stream.scaling ?? {}, shardKind),
      mode: stream.mode ?? own.mode,
    },
    application: {
      ...withDefaults(withMetricsOf(application, kpuScaling), pipelineApplicationFields),
      scaling: kpuScaling,
      mode: application.mode ?? own.mode,
      logRetentionDays: application.logRetentionDays ?? args.logRetentionDays ?? logRetentionDays.fallback,
    },
    alarms: withDefaults(alarms, alarmFields),
  };
}

/** Busy time exists from the metrics level TASK on. */
function withMetricsOf(application: PipelineApplicationArgs, { signal }: ScalingSettings): PipelineApplicationArgs {
  return signal === SignalName.BusyTime ? { metricsLevel: "TASK", ...application } : application;
}

/** What is wrong with the arguments; [] when they are fine. @param name the component's; without it the name isn't looked at. */
export function validatePipeline(args: PipelineArgs, name?: string): Problem[] {
  const { stream = {}, application, alarms = {}, dashboard } = args;
  return [
    ...(name === undefined ? [] : identityProblems(identityOf(name))),
    ...fieldProblems(args, pipelineFields, ""),
    ...streamProblems(stream, "stream."),
    ...(application ? applicationProblems(application, "application.") : []),
    ...fieldProblems(alarms, alarmFields, "alarms."),
    ...extraWidgetsProblems(dashboard, "dashboard."),
    ...sharedScalerProblems(args),
    ...networkProblems(args.scalerNetwork, "scalerNetwork."),
  ];
}

function streamProblems(args: PipelineStreamArgs, at: string): Problem[] {
  const problems = fieldProblems(args, pipelineStreamFields, at);
  const shards = args.existing ? undefined : withDefaults(args, pipelineStreamFields).shards;
  return [...problems, ...adoptOrCreate(args, problems, at), ...shardScalingRules({ ...args, shards }, problems, at)];
}

function applicationProblems(args: PipelineApplicationArgs, at: string): Problem[] {
  const problems = fieldProblems(args, pipelineApplicationFields, at);
  const settings = withDefaults(withMetricsOf(args, scalingSettings(args.scaling ?? {}, kpuKind)), pipelineApplicationFields);
  const kpus = args.existing ? undefined : settings.kpus;
  const consumer = areRight(problems, at, ["consumerName"])
    ? consumerProblems(settings.lagMetric, args.consumerName, `${at}lagMetric`, `${at}consumerName`)
    : [];
  return [
    ...problems,
    ...applicationRules(args, problems, at),
    ...(areRight(problems, at, ["maxKpus", "parallelismPerKpu"]) ? parallelismProblems(settings, problems, at) : []),
    ...consumer,
    ...metricsLevelProblems(args, at),
    ...kpuScalingRules({ ...args, kpus }, problems, at),
  ];
}

function metricsLevelProblems({ metricsLevel, scaling }: PipelineApplicationArgs, at: string): Problem[] {
  if (scaling?.signal !== SignalName.BusyTime || metricsLevel !== "APPLICATION") return [];
  const text = `\`${at}scaling.signal\` busyTime needs TASK, OPERATOR or PARALLELISM: AWS publishes no busy time above. Remove it, or set TASK`;
  return [{ path: `${at}metricsLevel`, value: metricsLevel, text }];
}

type ParallelismSettings = Pick<
  WithDefaults<PipelineApplicationArgs, typeof pipelineApplicationFields>,
  "maxKpus" | "parallelismPerKpu" | "maxParallelism" | "metricsLevel"
>;

function parallelismProblems(settings: ParallelismSettings, problems: readonly Problem[], at: string): Problem[] {
  const { maxKpus, parallelismPerKpu: perKpu, maxParallelism, metricsLevel } = settings;
  const most = maxKpus * perKpu;
  const beyond =
    `${maxKpus} KPUs of ${perKpu} have parallelism ${most}, above \`${at}maxParallelism\` (${maxParallelism}); allowed is at most ` +
    `${Math.floor(maxParallelism / perKpu)}. Lower \`${at}maxKpus\`, or raise \`${at}maxParallelism\` here and in the job`;
  // "Setting application monitoring levels": PARALLELISM is not meant for more than 64.
  const level = `allowed up to parallelism 64, \`${at}maxKpus\` allows ${most}. Set OPERATOR, or lower \`${at}maxKpus\``;
  const job = areRight(problems, at, ["maxParallelism"]) && most > maxParallelism;
  return [
    ...(job ? [{ path: `${at}maxKpus`, value: maxKpus, text: beyond }] : []),
    ...(metricsLevel === "PARALLELISM" && most > 64 ? [{ path: `${at}metricsLevel`, value: metricsLevel, text: level }] : []),
  ];
}

function sharedScalerProblems(args: PipelineArgs): Problem[] {
  const alone = "the role of a scaler of its own may scale nothing without it. Remove it, or join a `scaler`";
  if (!args.scaler) return args.scalerPolicy === false ? [{ path: "scalerPolicy", value: false, text: alone }] : [];
  const affair = (what: string) => `${what} is its own affair. Set it where the scaler is made`;
  const network = { path: "scalerNetwork", value: args.scalerNetwork, text: affair("where a shared scaler runs") };
  const text = affair("who calls a shared scaler");
  const callers = (["callerArns", "apiGatewayLogRole"] as const)
    .filter((name) => args[name] !== undefined)
    .map((path) => ({ path, value: args[path], text }));
  return [...callers, ...(args.scalerNetwork ? [network] : [])];
}
