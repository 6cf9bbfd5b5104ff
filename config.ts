import * as pulumi from "@pulumi/pulumi";
import { configProblems } from "./config/checks";
import { keys, type KeyName, type Problem, type Values } from "./config/keys";
import { dimensionScaling } from "./config/scaling";
import type { DimensionScaling } from "./components/scaling/autoScaling";
import type { LagMetric } from "./components/scaling/signals";

export type { DimensionScaling };

export interface StreamSettings {
  /** Name to create the stream with. */
  name: string;
  /** Name or ARN of a stream to adopt instead. */
  existing?: string;
  /** Shards to create it with. */
  shards: number;
  min: number;
  max: number;
  retentionHours: number;
  kmsKey: string;
  /** UpdateShardCount calls in a rolling 24 hours. */
  updatesPerDay: number;
  shardLevelMetrics: boolean;
  scaling: DimensionScaling;
}

export interface ApplicationSettings {
  /** Name to create the application with. */
  name: string;
  /** Name or ARN of an application to adopt instead. */
  existing?: string;
  runtime: string;
  /** Path of the jar, relative to the project, or an S3 location: one of the two. */
  codeJar?: string;
  codeBucket?: string;
  codeKey?: string;
  /** Runtime properties by group. */
  properties: Record<string, Record<string, string>>;
  /** KPUs to create it with. */
  kpus: number;
  min: number;
  max: number;
  parallelismPerKpu: number;
  maxParallelism: number;
  metricsLevel: string;
  logLevel: string;
  recordsPerKpuPerMinute: number;
  restartSeconds: number;
  catchUpSeconds: number;
  lagForScaleInSeconds: number;
  lagMetric: LagMetric;
  consumerName?: string;
  /** Version of the Kinesis connector in the job; before 5.1.0 a restart during a reshard can lose data (FLINK-37627). */
  connectorVersion?: string;
  checkpointIntervalSeconds: number;
  subnetIds: string[];
  securityGroupIds: string[];
  scaling: DimensionScaling;
}

export interface StackConfig {
  stack: string;
  region: string;
  /** act changes the services; observe decides, logs and publishes, and changes nothing. */
  mode: "act" | "observe";
  suspended: boolean;
  stream: StreamSettings;
  application: ApplicationSettings;
  alarms: { emails: string[]; lagSeconds: number; throttledPercent: number; runbookUrl: string };
  endpoint: { callerArns: string[]; apiGatewayLogRole: boolean };
  logRetentionDays: number;
  dashboard: { extraWidgets: Record<string, unknown>[] };
}

/** The program's project name, and the namespace of its keys. */
const project = "sluice";

/**
 * The stack's configuration from its keys, given with or without "sluice:". Values may be typed or the text that Pulumi stores (numbers, booleans and JSON as text).
 * @throws an Error named ConfigError whose message lists every problem: key, value, what is allowed, what to do.
 */
export function validateConfig(raw: Record<string, unknown>, stack: string, region: string): StackConfig {
  const given = ownKeys(raw);
  const values: Partial<Values> = {};
  const problems: Problem[] = [];
  for (const name of Object.keys(keys) as KeyName[]) {
    const { schema, fallback, allowed } = keys[name];
    const value = given[name] === undefined ? fallback : decoded(given[name], fallback);
    const parsed = schema.safeParse(value);
    // `sluice:kpus:` in a stack's file: the CLI refuses it too.
    if (value === null) problems.push({ key: name, value, text: `it has no value; remove the line, or allowed is ${allowed}` });
    else if (parsed.success) Object.assign(values, { [name]: parsed.data });
    else problems.push({ key: name, value, text: `${where(parsed.error.issues)}allowed is ${allowed}` });
  }
  problems.push(...configProblems(given, values, stack, region));
  if (problems.length > 0) throw configError(stack, problems);
  return stackConfig(values as Values, stack, region);
}

/** The current stack's configuration. @throws pulumi.RunError with the text of validateConfig's error. */
export function readConfig(): StackConfig {
  const raw = pulumi.runtime.allConfig();
  const region = new pulumi.Config("aws").get("region") ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? "";
  try {
    return validateConfig(raw, pulumi.getStack(), region);
  } catch (error) {
    if (error instanceof Error && error.name === "ConfigError") throw new pulumi.RunError(error.message);
    throw error;
  }
}

function stackConfig(values: Values, stack: string, region: string): StackConfig {
  const { mode, suspended, logRetentionDays } = values;
  return {
    stack,
    region,
    mode,
    suspended,
    logRetentionDays,
    stream: {
      name: values.streamName || `${project}-${stack}`,
      existing: values.existingStream || undefined,
      shards: values.shards,
      min: values.minShards,
      max: values.maxShards,
      retentionHours: values.retentionHours,
      kmsKey: values.kmsKey,
      updatesPerDay: values.shardUpdatesPerDay,
      shardLevelMetrics: values.shardLevelMetrics,
      scaling: dimensionScaling(values, values.streamScaling),
    },
    application: applicationSettings(values, stack),
    alarms: {
      emails: values.alarmEmails,
      lagSeconds: values.alarmLagSeconds,
      throttledPercent: values.alarmThrottledPercent,
      runbookUrl: values.runbookUrl,
    },
    endpoint: {
      callerArns: values.callerArns,
      apiGatewayLogRole: values.apiGatewayLogRole,
    },
    dashboard: { extraWidgets: values.dashboardExtraWidgets },
  };
}

function applicationSettings(values: Values, stack: string): ApplicationSettings {
  const { runtime, properties, kpus, parallelismPerKpu, maxParallelism, metricsLevel, logLevel } = values;
  const { recordsPerKpuPerMinute, restartSeconds, catchUpSeconds, lagForScaleInSeconds, lagMetric } = values;
  const { checkpointIntervalSeconds, subnetIds, securityGroupIds } = values;
  return {
    runtime,
    properties,
    kpus,
    parallelismPerKpu,
    maxParallelism,
    metricsLevel,
    logLevel,
    recordsPerKpuPerMinute,
    restartSeconds,
    catchUpSeconds,
    lagForScaleInSeconds,
    lagMetric,
    checkpointIntervalSeconds,
    subnetIds,
    securityGroupIds,
    name: values.applicationName || `${project}-${stack}`,
    existing: values.existingApplication || undefined,
    codeJar: values.codeJar || undefined,
    codeBucket: values.codeBucket || undefined,
    codeKey: values.codeKey || undefined,
    min: values.minKpus,
    max: values.maxKpus,
    consumerName: values.consumerName || undefined,
    connectorVersion: values.connectorVersion || undefined,
    scaling: dimensionScaling(values, values.applicationScaling),
  };
}

/** The program's own keys without its name; keys of other namespaces (aws:region) are left out. */
function ownKeys(raw: Record<string, unknown>): Record<string, unknown> {
  const own = Object.entries(raw).filter(([key]) => !key.includes(":") || key.startsWith(`${project}:`));
  return Object.fromEntries(own.map(([key, value]) => [key.replace(`${project}:`, ""), value]));
}

/** Pulumi hands everything but text over as JSON text; what is not JSON stays as it is and is refused by its schema. */
function decoded(value: unknown, fallback: unknown): unknown {
  if (typeof value !== "string" || typeof fallback === "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Where in a list or object the trouble is: "at scaleOutSteps.steps, sclaeInPercent: ". */
function where(issues: readonly { path: PropertyKey[]; keys?: string[] }[]): string {
  const paths = issues.flatMap(({ path, keys: unknown = [] }) => {
    const prefixes = unknown.length > 0 ? unknown.map((name) => [...path, name]) : [path];
    return prefixes.map((parts) => parts.join(".")).filter((text) => text !== "");
  });
  return paths.length > 0 ? `at ${paths.join(", ")}: ` : "";
}

function configError(stack: string, problems: Problem[]): Error {
  const unique = new Map(problems.map((problem) => [`${problem.key} ${problem.text}`, problem]));
  const lines = [...unique.values()].map(
    ({ key, value, text }) => `  ${project}:${key} = ${JSON.stringify(value) ?? "(not set)"}: ${text}.`,
  );
  const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
  const advice = `Set a key with: pulumi config set ${project}:KEY VALUE (or in Pulumi.${stack}.yaml). Pulumi.yaml describes every key.`;
  return Object.assign(new Error([`Configuration of stack ${stack} has ${count}:`, ...lines, advice].join("\n")), {
    name: "ConfigError",
  });
}
