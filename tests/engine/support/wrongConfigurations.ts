/** What stands in a stack's file, and the error that `pulumi preview` ends with. */
interface Wrong {
  config: Record<string, unknown>;
  error: string;
}

const region = { "aws:region": "us-east-1" };
const right = { ...region, "sluice:recordsPerKpuPerMinute": 30000, "sluice:codeBucket": "jobs", "sluice:codeKey": "job.jar" };
const withKeys = (keys: object) => ({
  ...right,
  ...Object.fromEntries(Object.entries(keys).map(([key, value]) => [`sluice:${key}`, value])),
});

/** The program's own error: all problems at once. */
function problems(...lines: string[]): string {
  const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
  return [
    `error: Configuration of stack wrong has ${count}:`,
    ...lines.map((line) => `  sluice:${line}`),
    "Set a key with: pulumi config set sluice:KEY VALUE (or in Pulumi.wrong.yaml). Pulumi.yaml describes every key.",
  ].join("\n");
}

/** The CLI's own error, before the program runs: one at a time. */
const wrongType = (key: string, type: string) =>
  `error: validating stack config: Stack 'wrong' with configuration key '${key}' must be of type '${type}'`;

const elsewhere = "arn:aws:kinesis:eu-west-1:123456789012:stream/orders";
const noCapacity =
  "recordsPerKpuPerMinute = (not set): it has no default: it is your job's own figure (records that one KPU processes in a minute), " +
  "allowed is 1 or more. Measure it: what the job reads in a minute while it works off a backlog, divided by its KPUs " +
  "(docs/configuration.md).";

export const wrongConfigurations: Record<string, Wrong> = {
  "nothing but a region": {
    config: region,
    error: problems(
      'codeJar = "": the application needs code. Set codeJar to your job\'s jar, or codeBucket and codeKey.',
      noCapacity,
    ),
  },
  "an unknown key, a code without its second half and no region": {
    config: { "sluice:recordsPerKpuPerMinute": 30000, "sluice:codeKey": "job.jar", "sluice:shard": 4 },
    error: problems(
      'codeBucket = "": an S3 location needs both codeBucket and codeKey. Set it too.',
      'shard = "4": there is no such key; the nearest is shards. Correct or remove it.',
      '(aws:region) = "": allowed is an AWS region of the partitions aws, aws-cn and aws-us-gov; run: pulumi config set aws:region us-east-1.',
    ),
  },
  "a key without a value": { config: withKeys({ shards: null }), error: wrongType("shards", "integer") },
  "a text where a number belongs": { config: withKeys({ shards: "many" }), error: wrongType("shards", "integer") },
  "a fraction where a whole number belongs": { config: withKeys({ maxKpus: 1.5 }), error: wrongType("maxKpus", "integer") },
  "a number where true or false belongs": {
    config: withKeys({ apiGatewayLogRole: 1 }),
    error: wrongType("apiGatewayLogRole", "boolean"),
  },
  "a text where a list belongs": {
    config: withKeys({ alarmEmails: "ops@example.com" }),
    error: wrongType("alarmEmails", "array<string>"),
  },
  "a list where keys belong": { config: withKeys({ streamScaling: [80] }), error: wrongType("streamScaling", "object") },
  "values that aren't allowed": {
    config: withKeys({
      mode: "watch",
      logRetentionDays: 31,
      streamName: "a/b",
      shards: 0,
      retentionHours: 12,
      kmsKey: "aws/kinesis",
      runtime: "FLINK-1_99",
      lagMetric: "age",
      connectorVersion: "v5",
      recordsPerKpuPerMinute: 0,
      subnetIds: ["vpc-1"],
      policy: "steps",
      suspended: ["up"],
      alarmEmails: ["ops"],
      callerArns: ["arn:aws:iam::123456789012:policy/x"],
    }),
    error: problems(
      'mode = "watch": allowed is "act", "observe".',
      "logRetentionDays = 31: allowed is one of CloudWatch Logs' retentions: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, " +
        "731, 1096, 1827, 2192, 2557, 2922, 3288, 3653.",
      'streamName = "a/b": allowed is a name of 1 to 128 letters, digits, _ . -.',
      "shards = 0: allowed is a whole number from 1 to 10000.",
      "retentionHours = 12: allowed is a whole number from 24 to 8760.",
      'kmsKey = "aws/kinesis": allowed is a KMS key\'s id, ARN or alias (alias/...).',
      'runtime = "FLINK-1_99": allowed is "FLINK-1_15", "FLINK-1_18", "FLINK-1_19", "FLINK-1_20", "FLINK-2_2", "FLINK-2_3".',
      noCapacity,
      'lagMetric = "age": allowed is "flink", "iteratorAge", "efo".',
      'connectorVersion = "v5": allowed is a version such as 5.1.0-1.20, without a "v".',
      'subnetIds = ["vpc-1"]: at 0: allowed is a list of subnet ids (subnet-...).',
      'policy = "steps": allowed is "step", "targetTracking".',
      'suspended = ["up"]: at 0: allowed is a list of out, in, scheduled.',
      'alarmEmails = ["ops"]: at 0: allowed is a list of e-mail addresses.',
      'callerArns = ["arn:aws:iam::123456789012:policy/x"]: at 0: allowed is a list of ARNs of IAM roles or users.',
    ),
  },
  "bounds, thresholds and windows out of order": {
    config: withKeys({
      minShards: 10,
      maxShards: 5,
      kpus: 65,
      parallelismPerKpu: 4,
      metricsLevel: "PARALLELISM",
      lagMetric: "efo",
      subnetIds: ["subnet-1"],
      targetPercent: 80,
      scaleOutDatapoints: 3,
      scaleInCooldownSeconds: 299,
    }),
    error: problems(
      "minShards = 10: allowed is at most maxShards (5). Lower minShards or raise maxShards.",
      "kpus = 65: allowed is minKpus to maxKpus (1 to 64). Change kpus or the bounds.",
      "maxKpus = 64: 64 KPUs of 4 have parallelism 256, above maxParallelism (128); allowed is at most 32. Lower maxKpus, or raise " +
        "maxParallelism here and in the job.",
      'metricsLevel = "PARALLELISM": allowed up to parallelism 64, maxKpus allows 256. Set OPERATOR, or lower maxKpus.',
      'consumerName = "": lagMetric "efo" reads the consumer\'s lag. Set its name, or another lagMetric.',
      "securityGroupIds = []: a VPC needs both subnetIds and securityGroupIds. Set it too, or remove the other.",
      "targetPercent = 80: allowed is above scaleInPercent (35) and below scaleOutPercent (75). Change one of them.",
      "scaleOutDatapoints = 3: allowed is at most scaleOutMinutes (2). Lower it, or raise scaleOutMinutes.",
      "scaleInCooldownSeconds = 299: allowed is at least 300: 5 minutes for the change to show, and those of scaleInMinutes that " +
        "scaleInDatapoints doesn't ask for. Raise it, or raise scaleInDatapoints.",
    ),
  },
  "thresholds that would flap": {
    config: withKeys({ scaleInPercent: 40, streamScaling: {} }),
    error: problems(
      "scaleInPercent = 40: it would flap: scaling in from 2 to 1 shards at 40 % leads to 80 %, allowed is less than scaleOutPercent " +
        "(75). Lower it, or raise scaleOutPercent or the minimum.",
      "scaleInPercent = 40: it would flap: scaling in from 2 to 1 KPUs at 40 % leads to 80 %, allowed is less than scaleOutPercent " +
        "(75). Lower it, or raise scaleOutPercent or the minimum.",
    ),
  },
  "a restart's backlog that would scale out": {
    config: withKeys({ minKpus: 3, catchUpSeconds: 240 }),
    error: problems(
      "catchUpSeconds = 240: it would flap: the backlog that a restart of 60 s leaves at 60 % reaches scaleOutPercent (75); allowed is " +
        "more than 240. Raise it, or lower targetPercent.",
    ),
  },
  "both kinds of code, a stream to create and to adopt, and ARNs of another region": {
    config: withKeys({
      codeJar: "job.jar",
      streamName: "a",
      existingStream: elsewhere,
      kmsKey: "arn:aws:kms:eu-west-1:123456789012:key/abc",
    }),
    error: problems(
      `streamName = "a": streamName creates, existingStream ("${elsewhere}") adopts; allowed is one of them. Remove the other.`,
      'codeJar = "job.jar": allowed is a local jar or an S3 location. Remove codeJar, or codeBucket and codeKey.',
      `existingStream = "${elsewhere}": allowed is an ARN in the stack's region us-east-1. Deploy a stack to eu-west-1, or correct the ARN.`,
      'kmsKey = "arn:aws:kms:eu-west-1:123456789012:key/abc": allowed is an ARN in the stack\'s region us-east-1. Deploy a stack to ' +
        "eu-west-1, or correct the ARN.",
    ),
  },
  "code for an application that is adopted": {
    config: withKeys({ existingApplication: "counter", applicationName: "other" }),
    error: problems(
      'applicationName = "other": applicationName creates, existingApplication ("counter") adopts; allowed is one of them. Remove the other.',
      'codeBucket = "jobs": an adopted application keeps its code. Remove it, or remove existingApplication.',
    ),
  },
  "a schedule's time, and a misspelt key in a dimension's own": {
    config: withKeys({
      streamScaling: { scaleOutPercnt: 3, schedule: [{ from: "08:00", to: "25:00", days: "MON-FRI", minimum: 4 }] },
    }),
    error: problems(
      "streamScaling.scaleOutPercnt = 3: there is no such argument; the nearest is scaleOutPercent. Correct or remove it.",
      'streamScaling.schedule[0].to = "25:00": allowed is a time as hh:mm, from 00:00 to 23:59.',
    ),
  },
  "a schedule's windows that overlap, and a minimum beyond the bounds": {
    config: withKeys({
      streamScaling: {
        schedule: [
          { from: "08:00", to: "17:00", days: "MON-FRI", minimum: 4 },
          { from: "16:00", to: "18:00", days: "MON-FRI", minimum: 8 },
        ],
      },
      applicationScaling: { schedule: [{ from: "08:00", to: "17:00", minimum: 400 }] },
    }),
    error: problems(
      'streamScaling.schedule[1] = {"from":"16:00","to":"18:00","days":"MON-FRI"}: it overlaps with streamScaling.schedule[0]. Make the one ' +
        "end before the other begins.",
      "applicationScaling.schedule[0].minimum = 400: allowed is a minimum between the dimension's bounds (1 to 64). Change it, or the bounds.",
    ),
  },
  "signals and policies that don't go together": {
    config: withKeys({
      streamScaling: {
        signal: "cpu",
        scaleOutSteps: {
          adjustmentType: "ChangeInCapacity",
          steps: [
            { lowerBound: 0, upperBound: 10, adjustment: 1 },
            { lowerBound: 20, adjustment: 2 },
          ],
        },
      },
      applicationScaling: { policy: "targetTracking", signal: "lag", busyTask: "window" },
    }),
    error: problems(
      'streamScaling.signal = "cpu": it doesn\'t fit: shards have no CPU; scale the application on it.',
      'streamScaling.scaleOutSteps = {"adjustmentType":"ChangeInCapacity","steps":[{"adjustment":1,"lowerBound":0,"upperBound":10},' +
        '{"adjustment":2,"lowerBound":20}]}: has a gap between 10 and 20.',
      'applicationScaling.busyTask = "window": only applicationScaling.signal busyTime reads it, and the signal is lag. Remove it, or ' +
        "change the signal.",
      'applicationScaling.signal = "lag": target tracking needs a quantity that halves when the capacity doubles, and a lag is no such ' +
        "one: it is 0 whether there is just enough capacity or ten times that. Take applicationScaling.policy step, or another signal.",
    ),
  },
  // In the order of their names, as the CLI hands them over.
  "pipelines that can't be": {
    config: withKeys({
      pipelines: {
        "a.b": {},
        clicks: { callerArns: [], pipelines: {}, streamName: "sluice-wrong-orders" },
        orders: { shards: 70, shrads: 3 },
        scaler: {},
        views: null,
      },
    }),
    error: problems(
      "pipelines.clicks.callerArns = []: callerArns is the whole stack's. Set it beside pipelines.",
      "pipelines.clicks.pipelines = {}: pipelines is the whole stack's. Set it beside pipelines.",
      "pipelines.orders.shrads = 3: there is no such key; the nearest is shards. Correct or remove it.",
      'pipelines.a.b = "a.b": name and stack together: allowed are 1 to 60 letters, digits and hyphens. Rename the pipeline or the stack.',
      "pipelines.orders.shards = 70: allowed is minShards to maxShards (1 to 64). Change pipelines.orders.shards or the bounds.",
      'pipelines.scaler = "scaler": the scaler of all pipelines is called so. Give the pipeline another name.',
      'pipelines.orders.streamName = "sluice-wrong-orders": pipelines.clicks.streamName is the same stream, which only one pipeline can ' +
        "scale. Change one of them.",
      "pipelines.views = null: allowed are keys for this pipeline alone, {} for none.",
    ),
  },
  "a dashboard widget that CloudWatch refuses": {
    config: withKeys({ dashboardExtraWidgets: [{ type: "chart", properties: {} }] }),
    error: problems('dashboardExtraWidgets[0].type = "\\"chart\\"": must be one of metric, text, log, alarm, explorer, custom.'),
  },
};
