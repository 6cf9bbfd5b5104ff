import { z } from "zod";
import { connectorVersionPattern } from "../components/scaler/scalerDimension";
import { AdjustmentType, type StepPolicy } from "../components/scaling/stepAdjustments";

/**
 * Every key of the stack's configuration: its schema, its default (Pulumi.yaml says the same, a test compares) and what to say
 * when a value is refused.
 */
export interface Key<T> {
  schema: z.ZodType<T>;
  fallback: T;
  /** What is allowed, as the end of "allowed is ...". */
  allowed: string;
}

/** The scaling keys that can be set for one dimension alone, under `streamScaling` and `applicationScaling`. */
export interface ScalingOverrides {
  scaleOutPercent?: number;
  targetPercent?: number;
  scaleInPercent?: number;
  scaleOutMinutes?: number;
  scaleOutDatapoints?: number;
  scaleInMinutes?: number;
  scaleInDatapoints?: number;
  scaleOutCooldownSeconds?: number;
  scaleInCooldownSeconds?: number;
  scaleOutSteps?: StepPolicy;
  scaleInSteps?: StepPolicy;
}

const whole = (min: number, max: number) => z.number().int().min(min).max(max);
const percent = whole(1, 1000);
/** Below what a minute that isn't known counts as (unknownPercent). */
const scaleInPercent = whole(1, 99);
const minutes = whole(1, 1440);
const cooldown = whole(0, 86_400);
const matching = (pattern: RegExp) => z.union([z.literal(""), z.string().regex(pattern)]);

const steps = z.strictObject({
  adjustmentType: z.enum(Object.values(AdjustmentType)),
  minAdjustmentMagnitude: z.number().int().min(1).optional(),
  steps: z.array(
    z.strictObject({ lowerBound: z.number().optional(), upperBound: z.number().optional(), adjustment: z.number().int() }),
  ),
});

const overrides: z.ZodType<ScalingOverrides> = z.strictObject({
  scaleOutPercent: percent.optional(),
  targetPercent: percent.optional(),
  scaleInPercent: scaleInPercent.optional(),
  scaleOutMinutes: minutes.optional(),
  scaleOutDatapoints: minutes.optional(),
  scaleInMinutes: minutes.optional(),
  scaleInDatapoints: minutes.optional(),
  scaleOutCooldownSeconds: cooldown.optional(),
  scaleInCooldownSeconds: cooldown.optional(),
  scaleOutSteps: steps.optional(),
  scaleInSteps: steps.optional(),
});

/** ARNs and names as the services' API references give them. */
const patterns = {
  streamName: /^[a-zA-Z0-9_.-]{1,128}$/,
  streamArn: /^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]{1,128}$/,
  applicationArn: /^arn:aws[a-z-]*:kinesisanalytics:[a-z0-9-]+:\d{12}:application\/[a-zA-Z0-9_.-]{1,128}$/,
  kmsKey: /^(alias\/[a-zA-Z0-9/_-]+|(mrk-)?[0-9a-f-]{32,36}|arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[a-zA-Z0-9/_-]+)$/,
  bucket: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  roleArn: /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/,
};
const nameOrArn = (arn: RegExp) => new RegExp(`${patterns.streamName.source}|${arn.source}`);

const logRetentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

const key = <T>(schema: z.ZodType<T>, fallback: T, allowed: string): Key<T> => ({ schema, fallback, allowed });
const number = (min: number, max: number, fallback: number, unit = "") =>
  key(whole(min, max), fallback, `a whole number from ${min} to ${max}${unit && ` ${unit}`}`);
const flag = (fallback: boolean) => key(z.boolean(), fallback, "true or false");
const oneOf = <const T extends string>(values: readonly T[], fallback: NoInfer<T>) =>
  key<T>(z.enum(values) as unknown as z.ZodType<T>, fallback, values.map((v) => `"${v}"`).join(", "));
const text = (pattern: RegExp, allowed: string, fallback = "") =>
  key<string>(matching(pattern), fallback, `${allowed}, or nothing`);
const list = (pattern: RegExp, allowed: string) => key(z.array(z.string().regex(pattern)), [], `a list of ${allowed}`);
const object = <T>(schema: z.ZodType<T>, fallback: T, allowed: string) => key(schema, fallback, allowed);

const name = "a name of 1 to 128 letters, digits, _ . -";

export const keys = {
  mode: oneOf(["act", "observe"], "act"),
  suspended: flag(false),
  logRetentionDays: key(
    whole(1, 3653).refine((days) => logRetentions.includes(days)),
    30,
    `one of CloudWatch Logs' retentions: ${logRetentions.join(", ")}`,
  ),

  streamName: text(patterns.streamName, name),
  existingStream: text(nameOrArn(patterns.streamArn), "a stream's name or ARN"),
  shards: number(1, 10_000, 8),
  minShards: number(1, 10_000, 1),
  maxShards: number(1, 10_000, 64),
  retentionHours: number(24, 8760, 24),
  kmsKey: key(z.string().regex(patterns.kmsKey), "alias/aws/kinesis", "a KMS key's id, ARN or alias (alias/...)"),
  shardUpdatesPerDay: number(1, 100, 10),
  shardLevelMetrics: flag(false),

  applicationName: text(patterns.streamName, name),
  existingApplication: text(nameOrArn(patterns.applicationArn), "an application's name or ARN"),
  runtime: oneOf(["FLINK-1_15", "FLINK-1_18", "FLINK-1_19", "FLINK-1_20", "FLINK-2_2", "FLINK-2_3"], "FLINK-1_20"),
  codeJar: text(/\.jar$|\.zip$/, "a path to a .jar or .zip file"),
  codeBucket: text(patterns.bucket, "an S3 bucket's name"),
  codeKey: text(/^.{1,1024}$/, "an S3 object key of 1 to 1024 characters"),
  properties: object(
    z.record(z.string().min(1), z.record(z.string(), z.string())),
    {},
    "groups of properties: { group: { name: text } }",
  ),
  kpus: number(1, 1024, 8),
  minKpus: number(1, 1024, 1),
  maxKpus: number(1, 1024, 64),
  parallelismPerKpu: number(1, 8, 1),
  maxParallelism: number(1, 32_768, 128),
  metricsLevel: oneOf(["APPLICATION", "TASK", "OPERATOR", "PARALLELISM"], "APPLICATION"),
  logLevel: oneOf(["INFO", "WARN", "ERROR", "DEBUG"], "INFO"),
  recordsPerKpuPerMinute: number(0, 1_000_000_000, 0),
  restartSeconds: number(1, 3600, 60),
  catchUpSeconds: number(1, 86_400, 900),
  lagForScaleInSeconds: number(1, 86_400, 60),
  lagMetric: oneOf(["flink", "iteratorAge", "efo"], "flink"),
  consumerName: text(patterns.streamName, name),
  connectorVersion: text(connectorVersionPattern, 'a version such as 5.1.0-1.20, without a "v"'),
  checkpointIntervalSeconds: number(1, 3600, 60),
  subnetIds: list(/^subnet-[0-9a-f]+$/, "subnet ids (subnet-...)"),
  securityGroupIds: list(/^sg-[0-9a-f]+$/, "security group ids (sg-...)"),

  scaleOutPercent: number(1, 1000, 75),
  targetPercent: number(1, 1000, 60),
  scaleInPercent: number(1, 99, 35),
  scaleOutMinutes: number(1, 1440, 2),
  scaleOutDatapoints: number(1, 1440, 2),
  scaleInMinutes: number(1, 1440, 90),
  scaleInDatapoints: number(1, 1440, 90),
  scaleOutCooldownSeconds: number(0, 86_400, 300),
  scaleInCooldownSeconds: number(0, 86_400, 5400),
  streamScaling: object(overrides, { targetPercent: 50, scaleInPercent: 30 }, "the scaling keys above, for the stream alone"),
  applicationScaling: object(overrides, {}, "the scaling keys above, for the application alone"),

  alarmEmails: list(patterns.email, "e-mail addresses"),
  alarmLagSeconds: number(1, 86_400, 300),
  alarmThrottledPercent: number(1, 100, 1),
  runbookUrl: key(z.string().regex(/^\S+$/), "docs/runbook.md", "the address of docs/runbook.md, without spaces"),
  callerArns: list(patterns.roleArn, "ARNs of IAM roles or users"),
  apiGatewayLogRole: flag(true),
  dashboardExtraWidgets: object(z.array(z.record(z.string(), z.unknown())), [], "a list of CloudWatch dashboard widgets"),
} as const;

export type KeyName = keyof typeof keys;
export type Values = { [K in KeyName]: (typeof keys)[K] extends Key<infer T> ? T : never };

/** One thing that is wrong: `text` says what is allowed and what to do. */
export interface Problem {
  key: string;
  value: unknown;
  text: string;
}
