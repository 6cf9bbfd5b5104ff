import { alarmFields } from "../components/alarms/operationalAlarmsArgs";
import type { Field } from "../components/fields";
import { networkFields } from "../components/network/networkArgs";
import { pipelineApplicationFields, pipelineFields, pipelineStreamFields } from "../components/pipelineArgs";
import { kpuKind, shardKind, type DimensionKind } from "../components/scaling/dimensionKind";
import { scalingFields } from "../components/scaling/scalingArgs";

/** One key of a stack's configuration. What is allowed, and the default, are those of the argument that it goes to. */
export interface Row {
  /** Arguments of the Pipeline that the key is. */
  to: readonly string[];
  /** The default in Pulumi.yaml, of the key's type: the argument's own, or what leaves the argument out. */
  fallback: unknown;
  /** What is allowed, as the end of "allowed is ...". */
  allowed: string;
  /** For Pulumi.yaml and docs/configuration.md. */
  description: string;
  /** The stack's or its scaler's: the same for all pipelines of a stack. */
  ofStack?: true;
}

/** The fields of the arguments, by what stands before their names. */
const fields: Record<string, Readonly<Record<string, Field>>> = {
  "": pipelineFields,
  "stream.": pipelineStreamFields,
  "application.": pipelineApplicationFields,
  "application.network.": networkFields,
  "scalerNetwork.": networkFields,
  "alarms.": alarmFields,
};

function fieldOf(path: string): Field {
  const [before = "", name = ""] = /^(.*?)([^.]+)$/.exec(path)?.slice(1) ?? [];
  const field = fields[before]?.[name];
  if (!field) throw new Error(`no argument ${path}`);
  return field;
}

function row(path: string, description: string): Row {
  const { fallback = "", allowed } = fieldOf(path);
  return { to: [path], fallback, allowed, description };
}

function stackRow(path: string, description: string): Row {
  return { ...row(path, description), ofStack: true };
}

/** A scaling key counts for both dimensions. */
function scalingRow(name: keyof typeof scalingFields, description: string): Row {
  return {
    to: [`stream.scaling.${name}`, `application.scaling.${name}`],
    fallback: scalingFields[name].fallback,
    allowed: scalingFields[name].allowed,
    description,
  };
}

/** What a dimension has of its own: its kind's thresholds, where they aren't those of the scaling keys. */
function ownScalingRow(path: string, { thresholds }: DimensionKind, description: string): Row {
  const own = Object.entries(thresholds).filter(
    ([name, value]) => scalingFields[name as keyof typeof thresholds].fallback !== value,
  );
  const allowed = `the scaling keys above, for the ${path.split(".")[0]} alone`;
  return { to: [path], fallback: Object.fromEntries(own), allowed, description };
}

const scaler = {
  mode: row("mode", "act changes shards and KPUs; observe decides, logs and publishes what it would do, and changes neither."),
  streamMode: row("stream.mode", "The mode of the stream alone. Empty: mode."),
  applicationMode: row("application.mode", "The mode of the application alone. Empty: mode."),
  logRetentionDays: row(
    "logRetentionDays",
    "Days that the logs of application, scaler and endpoint are kept. One of CloudWatch Logs' retentions.",
  ),
};

const stream = {
  streamName: row(
    "stream.name",
    "Name to create the stream with. Empty: sluice-STACK, and sluice-STACK-PIPELINE where there are several.",
  ),
  existingStream: row("stream.existing", "Name or ARN of a stream to adopt. Nothing is created then."),
  shards: row("stream.shards", "Shards to create the stream with; the scaler changes them afterwards. minShards to maxShards."),
  minShards: row("stream.minShards", "Least shards. 1 to 10000."),
  maxShards: row("stream.maxShards", "Most shards. minShards to 10000."),
  retentionHours: row("stream.retentionHours", "Hours that the stream keeps records. 24 to 8760."),
  kmsKey: row(
    "stream.kmsKey",
    "KMS key of the stream: id, ARN or alias. With a key of your own the application's role may decrypt with it.",
  ),
  shardUpdatesPerDay: row(
    "stream.updatesPerDay",
    "UpdateShardCount calls that AWS allows in a rolling 24 hours; raise it when AWS has raised it for you. 1 to 100.",
  ),
  shardLevelMetrics: row("stream.shardLevelMetrics", "Metrics per shard (paid): the dashboard shows hot shards."),
};

const application = {
  applicationName: row(
    "application.name",
    "Name to create the application with. Empty: sluice-STACK, and sluice-STACK-PIPELINE where there are several.",
  ),
  existingApplication: row("application.existing", "Name or ARN of an application to adopt. Nothing is created then."),
  runtime: row(
    "application.runtime",
    "Runtime environment. FLINK-1_15, FLINK-1_18, FLINK-1_19, FLINK-1_20, FLINK-2_2 or FLINK-2_3.",
  ),
  codeJar: row(
    "application.codeJar",
    "Path of your own job's jar, relative to this file; built before `pulumi up`, which uploads it and stops when it is not there. Either this or codeBucket and codeKey.",
  ),
  codeBucket: row("application.codeBucket", "S3 bucket that holds the application's jar already."),
  codeKey: row("application.codeKey", "Key of the jar in codeBucket."),
  properties: {
    ...row("application.properties", ""),
    fallback: {},
    description: "Runtime properties by group. The group InputStream0 gets stream.arn and aws.region.",
  },
  kpus: row("application.kpus", "KPUs to create the application with; the scaler changes them afterwards. minKpus to maxKpus."),
  minKpus: row("application.minKpus", "Least KPUs. 1 to 1024."),
  maxKpus: row(
    "application.maxKpus",
    "Most KPUs; 64 is AWS's default quota. minKpus to 1024, times parallelismPerKpu at most maxParallelism.",
  ),
  parallelismPerKpu: row("application.parallelismPerKpu", "Parallelism of one KPU. 1 to 8."),
  maxParallelism: row(
    "application.maxParallelism",
    "Flink's maxParallelism of the job, which parallelism cannot exceed without dropping state. 1 to 32768.",
  ),
  metricsLevel: {
    ...row("application.metricsLevel", ""),
    fallback: "",
    description:
      "APPLICATION, TASK, OPERATOR or PARALLELISM. Each includes those before it; more metrics cost more. Empty: APPLICATION, or TASK where busyTime is the signal.",
  },
  logLevel: row("application.logLevel", "INFO, WARN, ERROR or DEBUG."),
  recordsPerKpuPerMinute: {
    ...row("application.recordsPerKpuPerMinute", ""),
    fallback: 0,
    description:
      "Records that one KPU processes in a minute. Your job's own figure, it has no default; docs/configuration.md says how to measure it.",
  },
  restartSeconds: row("application.restartSeconds", "Seconds that the job stands still when it is rescaled. 1 to 3600."),
  catchUpSeconds: row(
    "application.catchUpSeconds",
    "Seconds in which a backlog is to be worked off; the shorter, the more a backlog scales out.",
  ),
  lagForScaleInSeconds: row(
    "application.lagForScaleInSeconds",
    "Lag that counts as full load where scaling in is decided; nothing scales in while a backlog drains.",
  ),
  lagMetric: row(
    "application.lagMetric",
    "Where the lag is read. flink (millisBehindLatest), iteratorAge (GetRecords.IteratorAgeMilliseconds) or efo (SubscribeToShardEvent.MillisBehindLatest).",
  ),
  consumerName: row(
    "application.consumerName",
    "Name of the enhanced fan-out consumer. Needed with lagMetric efo, and wherever it alone reads the stream: a minute without records is told from one without metrics by what consumers read.",
  ),
  connectorVersion: row(
    "application.connectorVersion",
    "Version of the job's Kinesis connector. Before 5.1.0 the application waits after a reshard, and after the first look, until parents are read (FLINK-37627).",
  ),
  checkpointIntervalSeconds: row("application.checkpointIntervalSeconds", "Seconds between checkpoints. 1 to 3600."),
  subnetIds: row("application.network.subnetIds", "Subnets to run the application in. Empty: AWS's own network."),
  securityGroupIds: row("application.network.securityGroupIds", "Security groups of the application. Needed with subnetIds."),
};

const both = {
  protect: {
    ...row("stream.protect", ""),
    to: ["stream.protect", "application.protect"],
    description:
      "Pulumi refuses to delete or to replace the stream and the application that it has created, whatever was changed, until protect is false and `pulumi up` has run.",
  },
};

const scaling = {
  policy: scalingRow(
    "policy",
    "step scales by steps at two thresholds; targetTracking leaves alarms and steps to Application Auto Scaling, which keeps the signal at targetPercent.",
  ),
  suspended: scalingRow(
    "suspended",
    "What is not done until it is taken out again (the scalable targets' suspended state): out, in, scheduled.",
  ),
  scaleOutPercent: scalingRow("scaleOutPercent", "Utilisation at or above which a dimension scales out."),
  targetPercent: scalingRow("targetPercent", "Utilisation that one scaling aims at."),
  scaleInPercent: scalingRow("scaleInPercent", "Utilisation below which a dimension scales in. At most 99."),
  scaleOutMinutes: scalingRow("scaleOutMinutes", "Minutes that the scale-out alarm looks at."),
  scaleOutDatapoints: scalingRow("scaleOutDatapoints", "Minutes of these that must be at or above scaleOutPercent."),
  scaleInMinutes: scalingRow("scaleInMinutes", "Minutes that the scale-in alarm looks at."),
  scaleInDatapoints: scalingRow("scaleInDatapoints", "Minutes of these that must be below scaleInPercent."),
  scaleOutCooldownSeconds: scalingRow(
    "scaleOutCooldownSeconds",
    "Seconds after scaling out before it scales out further. At least scaleOutMinutes and 3 minutes (4 with one datapoint).",
  ),
  scaleInCooldownSeconds: scalingRow(
    "scaleInCooldownSeconds",
    "Seconds after scaling in before it scales in further. As long as scaleInMinutes: each scaling in looks at minutes of its own. At least 5 minutes and scaleInMinutes less scaleInDatapoints.",
  ),
  // A shard costs a seventh of a KPU and its updates are ten a day: the stream aims lower and so scales less often.
  streamScaling: ownScalingRow(
    "stream.scaling",
    shardKind,
    "Any of the keys above for the stream alone, and what only one dimension has: signal, expression, schedule, disableScaleIn, explicit steps (scaleOutSteps, scaleInSteps).",
  ),
  applicationScaling: ownScalingRow(
    "application.scaling",
    kpuKind,
    "The same for the application alone; also busyTask and scaleOutLagSeconds.",
  ),
};

const people = {
  alarmEmails: row("alarms.emails", "Addresses that operational alarms are sent to. Each must confirm a message from AWS."),
  alarmLagSeconds: row("alarms.lagSeconds", "Lag above which the lag alarm fires after five minutes."),
  alarmThrottledPercent: row("alarms.throttledPercent", "Percent of throttled writes from which the throttling alarms fire."),
  runbookUrl: row("alarms.runbookUrl", "Address of docs/runbook.md, for the links in alarms and dashboard."),
  callerArns: stackRow(
    "callerArns",
    "IAM roles or users that alone may call the scaling endpoint beside Application Auto Scaling: who deploys (registering a scalable target calls it) and who scales by hand. Empty: whoever of the account has execute-api:Invoke in IAM.",
  ),
  scalerSubnetIds: stackRow(
    "scalerNetwork.subnetIds",
    "Subnets to run the scaler's function in: it calls Kinesis, Managed Flink, Systems Manager and CloudWatch from there (docs/network.md). Empty: AWS's own network.",
  ),
  scalerSecurityGroupIds: stackRow(
    "scalerNetwork.securityGroupIds",
    "Security groups of the scaler's function. Needed with scalerSubnetIds.",
  ),
  apiGatewayLogRole: stackRow(
    "apiGatewayLogRole",
    "Give API Gateway the account's role to write access logs. false where the account has one already.",
  ),
  dashboardExtraWidgets: {
    to: ["dashboard.extraWidgets"],
    fallback: [],
    allowed: "a list of CloudWatch dashboard widgets",
    description: "Further dashboard widgets in CloudWatch's syntax, placed below the dashboard's own.",
  },
};

const several = {
  pipelines: {
    to: [],
    fallback: {},
    allowed: "pipelines by name, each with keys of its own",
    description:
      "Several pipelines on one scaler: names, each with the keys that it has of its own ({} for none); the other keys are all pipelines'. Empty: one pipeline.",
    ofStack: true,
  },
} satisfies Record<string, Row>;

/** The keys by the sections of Pulumi.yaml and docs/configuration.md, in their order. */
export const sections: readonly [title: string, rows: Readonly<Record<string, Row>>][] = [
  ["What the scaler does", scaler],
  ["The stream", stream],
  ["The application", application],
  ["The stream and the application", both],
  ["When both dimensions scale; streamScaling and applicationScaling override it for one", scaling],
  ["Who is told, who may call, what is shown", people],
  ["More than one pipeline", several],
];

/** Every key, in that order. */
export const table: Readonly<Record<string, Row>> = Object.fromEntries(sections.flatMap(([, rows]) => Object.entries(rows)));
