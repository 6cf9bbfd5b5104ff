import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { pipelineSettings } from "../components/pipelineArgs";
import { readConfig, stackArgs } from "../config";
import { pipelineArgs } from "../config/keys";
import { table } from "../config/table";
import { withCode } from "../sandbox/deploy/standInCode";
import { configStrings, readStackFiles, stacksIn } from "../sandbox/deploy/stackFiles";

const root = path.resolve(__dirname, "..");
/** The least that a stack must say. */
const least = { codeJar: "job.jar", recordsPerKpuPerMinute: 30_000 };

/** The arguments of a stack of one pipeline. */
const validateConfig = (...given: Parameters<typeof stackArgs>) => stackArgs(...given).pipeline!;

/** Lines of the error about `raw`, without heading and advice; [] when it is accepted. */
function problems(raw: Record<string, unknown>, stack = "dev", region = "us-east-1"): string[] {
  try {
    validateConfig({ ...least, ...raw }, stack, region);
    return [];
  } catch (error) {
    assert.equal((error as Error).name, "ConfigError");
    return (error as Error).message
      .split("\n")
      .slice(1, -1)
      .map((line) => line.trim());
  }
}

describe("the configuration's schema", () => {
  const schema = parse(fs.readFileSync(path.join(root, "Pulumi.yaml"), "utf8")) as {
    config: Record<string, { type: string; default: unknown; description: string }>;
    options: unknown;
    runtime: { name: string };
  };

  it("in Pulumi.yaml has the keys of the table, in its order, with its defaults and descriptions", () => {
    assert.deepEqual(Object.keys(schema.config), Object.keys(table));
    for (const [key, { fallback, description }] of Object.entries(table)) {
      const type = Array.isArray(fallback) ? "array" : typeof fallback === "number" ? "integer" : typeof fallback;
      const { default: given, type: declared, description: said } = schema.config[key]!;
      assert.deepEqual([declared, given, said], [type, fallback, description], key);
      assert.ok(description.length > 10, key);
    }
  });

  it("has defaults that are the components' own: with these alone nothing is wrong", () => {
    const fallbacks = Object.fromEntries(Object.entries(table).map(([key, { fallback }]) => [key, fallback]));
    const fromKeys = pipelineSettings(validateConfig({ ...fallbacks, ...least }, "dev", "us-east-1"));
    const ofComponents = pipelineSettings({
      application: { ...least, name: "sluice-dev", properties: {} },
      stream: { name: "sluice-dev" },
    });
    assert.deepEqual(fromKeys, ofComponents);
  });

  it("always refreshes: an update would otherwise send the shard count that the state remembers", () => {
    assert.deepEqual(schema.options, { refresh: "always" });
    assert.equal(schema.runtime.name, "nodejs");
  });
});

describe("the stacks of the project", () => {
  const raw = (stack: string) => withCode(readStackFiles(root, stack)).config;
  const config = (stack: string) => pipelineSettings(validateConfig(raw(stack), stack, "us-east-1"));

  it("are all valid with a job's code, as YAML values and as the text that Pulumi hands over", () => {
    for (const stack of ["dev", "prod", "bench"])
      assert.deepEqual(
        validateConfig(raw(stack), stack, "us-east-1"),
        validateConfig(configStrings(raw(stack)), stack, "us-east-1"),
      );
  });

  it("name no code that isn't there: pulumi up asks for the job's, and for nothing else", () => {
    for (const stack of stacksIn(root))
      assert.throws(() => validateConfig(readStackFiles(root, stack).config, stack, "us-east-1"), {
        message:
          /has 1 problem:\n {2}sluice:codeJar = "": the application needs code\. Set codeJar to your job's jar, or codeBucket and/,
      });
  });

  it("dev scales in after 10 minutes and matches a shard with two KPUs", () => {
    const { stream, application } = config("dev");
    assert.deepEqual([stream.shards, stream.minShards, stream.maxShards], [8, 1, 64]);
    assert.equal(application.recordsPerKpuPerMinute, 30_000);
    assert.equal(application.kpus, 2 * stream.shards);
    assert.deepEqual([stream.scaling.scaleInMinutes, stream.scaling.scaleInDatapoints], [10, 10]);
  });

  it("prod has other thresholds than dev and scales in after 90 quiet minutes of 90", () => {
    const { stream, application } = config("prod");
    const thresholds = [stream, application].map(({ scaling: s }) => [s.scaleOutPercent, s.targetPercent, s.scaleInPercent]);
    assert.deepEqual(thresholds, [
      [70, 45, 25],
      [70, 55, 30],
    ]);
    for (const { scaling } of [stream, application]) {
      assert.deepEqual([scaling.scaleInMinutes, scaling.scaleInDatapoints], [90, 90]);
    }
    assert.ok(stream.minShards > 1 && application.minKpus > 1);
  });

  it("bench has the default policy, 60,000 records a minute and KPU, 1 to 400 units and restarts of 60 s", () => {
    const { stream, application } = config("bench");
    assert.deepEqual([stream.minShards, stream.maxShards, application.minKpus, application.maxKpus], [1, 400, 1, 400]);
    assert.deepEqual([application.recordsPerKpuPerMinute, application.restartSeconds], [60_000, 60]);
    assert.deepEqual(stream.scaling, {
      scaleOutPercent: 75,
      targetPercent: 50,
      scaleInPercent: 30,
      scaleOutMinutes: 2,
      scaleOutDatapoints: 2,
      scaleInMinutes: 90,
      scaleInDatapoints: 90,
      scaleOutCooldownSeconds: 300,
      scaleInCooldownSeconds: 5400,
      scaleOutSteps: undefined,
      scaleInSteps: undefined,
      ...{ policy: "step", signal: "throughput", busyTask: undefined, scaleOutLagSeconds: 300, expression: undefined },
      ...{ disableScaleIn: false, schedule: [], suspended: [] },
    });
    assert.deepEqual(application.scaling, { ...stream.scaling, targetPercent: 60, scaleInPercent: 35 });
  });
});

describe("a configuration that is wrong", () => {
  it("is one error that lists every problem with key, value, what is allowed and what to do", () => {
    const raw = {
      codeJar: "job.jar",
      shards: 0,
      minKpus: 20,
      maxKpus: 10,
      retentionHors: 48,
      streamName: "a",
      existingStream: "b",
    };
    assert.throws(() => validateConfig(raw, "dev", "us-east-1"), {
      name: "ConfigError",
      message: [
        "Configuration of stack dev has 5 problems:",
        '  sluice:streamName = "a": streamName creates, existingStream ("b") adopts; allowed is one of them. Remove the other.',
        "  sluice:shards = 0: allowed is a whole number from 1 to 10000.",
        "  sluice:minKpus = 20: allowed is at most maxKpus (10). Lower minKpus or raise maxKpus.",
        "  sluice:recordsPerKpuPerMinute = (not set): it has no default: it is your job's own figure (records that one KPU " +
          "processes in a minute), allowed is 1 or more. Measure it: " +
          "what the job reads in a minute while it works off a backlog, divided by its KPUs (docs/configuration.md).",
        "  sluice:retentionHors = 48: there is no such key; the nearest is retentionHours. Correct or remove it.",
        "Set a key with: pulumi config set sluice:KEY VALUE (or in Pulumi.dev.yaml). Pulumi.yaml describes every key.",
      ].join("\n"),
    });
  });

  const cases: [string, Record<string, unknown>, RegExp][] = [
    ["a mode that doesn't exist", { mode: "watch" }, /^sluice:mode = "watch": allowed is "act", "observe"\.$/],
    ["text where a number belongs", { shards: "eight" }, /^sluice:shards = "eight": allowed is a whole number/],
    ["a fraction", { shards: 1.5 }, /^sluice:shards = 1.5: allowed is a whole number/],
    [
      "a VPC for the scaler without security groups",
      { scalerSubnetIds: ["subnet-1"] },
      /^sluice:scalerSecurityGroupIds = .*a VPC needs both scalerSubnetIds and scalerSecurityGroupIds/,
    ],
    ["a number where a flag belongs", { apiGatewayLogRole: 1 }, /^sluice:apiGatewayLogRole = 1: allowed is true or false/],
    [
      "a log retention that CloudWatch doesn't have",
      { logRetentionDays: 31 },
      /^sluice:logRetentionDays = 31: allowed is one of/,
    ],
    ["a retention below a day", { retentionHours: 12 }, /^sluice:retentionHours = 12: allowed is a whole number from 24 to 8760/],
    ["a stream name with a slash", { streamName: "a/b" }, /^sluice:streamName = "a\/b": allowed is a name/],
    ["an ARN of another service", { existingStream: "arn:aws:sqs:us-east-1:123456789012:queue" }, /^sluice:existingStream/],
    [
      "a stream in another region",
      { existingStream: "arn:aws:kinesis:eu-west-1:123456789012:stream/orders" },
      /^sluice:existingStream = .*: allowed is an ARN in the stack's region us-east-1\. Deploy a stack to eu-west-1/,
    ],
    [
      "an application in another region",
      { existingApplication: "arn:aws:kinesisanalytics:eu-west-1:123456789012:application/counter", codeJar: "" },
      /^sluice:existingApplication = .*region us-east-1/,
    ],
    [
      "a key that is no KMS key",
      { kmsKey: "aws/kinesis" },
      /^sluice:kmsKey = "aws\/kinesis": allowed is a KMS key's id, ARN or alias/,
    ],
    [
      "a KMS key in another region",
      { kmsKey: "arn:aws:kms:eu-west-1:123456789012:key/abc" },
      /^sluice:kmsKey = .*region us-east-1/,
    ],
    [
      "an e-mail address without @",
      { alarmEmails: ["ops"] },
      /^sluice:alarmEmails = \["ops"\]: at 0: allowed is a list of e-mail addresses/,
    ],
    ["a role that is a policy", { callerArns: ["arn:aws:iam::123456789012:policy/x"] }, /^sluice:callerArns/],
    ["a runtime that doesn't exist", { runtime: "FLINK-1_99" }, /^sluice:runtime = "FLINK-1_99": allowed is "FLINK-1_15"/],
    [
      "a subnet that is none",
      { subnetIds: ["vpc-1"], securityGroupIds: ["sg-1"] },
      /^sluice:subnetIds = .*at 0: allowed is a list of subnet ids/,
    ],
    ["min above max", { minShards: 10, maxShards: 5 }, /^sluice:minShards = 10: allowed is at most maxShards \(5\)/],
    ["more shards to begin with than max", { shards: 65 }, /^sluice:shards = 65: allowed is minShards to maxShards \(1 to 64\)/],
    ["fewer KPUs to begin with than min", { minKpus: 9 }, /^sluice:kpus = 8: allowed is minKpus to maxKpus \(9 to 64\)/],
    [
      "an application to adopt and to create",
      { existingApplication: "counter", applicationName: "other", codeJar: "" },
      /^sluice:applicationName = "other": applicationName creates, existingApplication/,
    ],
    [
      "code for an adopted application",
      { existingApplication: "counter" },
      /^sluice:codeJar = "job.jar": an adopted application keeps its code/,
    ],
    [
      "no code at all",
      { codeJar: "" },
      /^sluice:codeJar = "": the application needs code\. Set codeJar to your job's jar, or codeBucket and codeKey/,
    ],
    [
      "code from two places",
      { codeBucket: "jars", codeKey: "a.jar" },
      /^sluice:codeJar = "job.jar": allowed is a local jar or an S3 location/,
    ],
    ["half an S3 location", { codeJar: "", codeBucket: "jars" }, /^sluice:codeKey = "": an S3 location needs both/],
    [
      "no recordsPerKpuPerMinute",
      { recordsPerKpuPerMinute: 0 },
      /^sluice:recordsPerKpuPerMinute = \(not set\): .*Measure it: what the job reads in a minute while/,
    ],
    [
      "KPUs beyond maxParallelism",
      { maxKpus: 64, parallelismPerKpu: 4 },
      /^sluice:maxKpus = 64: 64 KPUs of 4 have parallelism 256, above maxParallelism \(128\); allowed is at most 32/,
    ],
    [
      "the PARALLELISM level above 64",
      { metricsLevel: "PARALLELISM", parallelismPerKpu: 2 },
      /^sluice:metricsLevel = "PARALLELISM": allowed up to parallelism 64/,
    ],
    ["efo without its consumer", { lagMetric: "efo" }, /^sluice:consumerName = "": lagMetric "efo" reads the consumer's lag/],
    ["subnets without security groups", { subnetIds: ["subnet-1"] }, /^sluice:securityGroupIds = \[\]: a VPC needs both/],
    [
      "thresholds out of order",
      { targetPercent: 80 },
      /^sluice:targetPercent = 80: allowed is above scaleInPercent \(35\) and below scaleOutPercent \(75\)/,
    ],
    [
      "more datapoints than minutes",
      { scaleOutDatapoints: 3 },
      /^sluice:scaleOutDatapoints = 3: allowed is at most scaleOutMinutes \(2\)/,
    ],
    [
      "a cooldown shorter than the window and three minutes",
      { scaleOutMinutes: 3, scaleOutDatapoints: 3 },
      /^sluice:scaleOutCooldownSeconds = 300: allowed is at least 360/,
    ],
    [
      "a cooldown that one datapoint outlasts once the scaler is silent",
      { scaleOutDatapoints: 1 },
      /^sluice:scaleOutCooldownSeconds = 300: allowed is at least 360/,
    ],
    [
      "a cooldown in which scaling in would act twice on the same minutes",
      { scaleInCooldownSeconds: 299 },
      /^sluice:scaleInCooldownSeconds = 299: allowed is at least 300: .* Raise it, or raise scaleInDatapoints/,
    ],
    [
      "such a cooldown where fewer datapoints than minutes are asked for",
      { scaleInDatapoints: 80, applicationScaling: { scaleInCooldownSeconds: 899 }, scaleInCooldownSeconds: 900 },
      /^sluice:applicationScaling.scaleInCooldownSeconds = 899: allowed is at least 900/,
    ],
    [
      "a scale-in threshold that a minute of which nothing is known doesn't reach",
      { scaleOutPercent: 120, targetPercent: 110, scaleInPercent: 100 },
      /^sluice:scaleInPercent = 100: allowed is /,
    ],
    [
      "a step policy with a gap",
      {
        streamScaling: {
          scaleOutSteps: {
            adjustmentType: "ChangeInCapacity",
            steps: [
              { lowerBound: 0, upperBound: 10, adjustment: 1 },
              { lowerBound: 20, adjustment: 2 },
            ],
          },
        },
      },
      /^sluice:streamScaling.scaleOutSteps = .*: has a gap between 10 and 20/,
    ],
    [
      "a key without a value",
      { kpus: null },
      /^sluice:kpus = null: it has no value; remove the line, or allowed is a whole number from 1 to 1024\.$/,
    ],
    [
      "a list where keys belong",
      { streamScaling: [80] },
      /^sluice:streamScaling = \[80\]: allowed is the scaling keys above, for the stream alone\.$/,
    ],
    [
      "an unknown key within streamScaling",
      { streamScaling: { sclaeInPercent: 3 } },
      /^sluice:streamScaling.sclaeInPercent = 3: there is no such argument; the nearest is scaleInPercent\./,
    ],
    [
      "a dashboard widget that CloudWatch would refuse",
      { dashboardExtraWidgets: [{ type: "chart", properties: {} }] },
      /^sluice:dashboardExtraWidgets\[0\]/,
    ],
  ];
  for (const [name, raw, expected] of cases)
    it(`is refused: ${name}`, () => {
      const lines = problems(raw);
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(lines[0]!, expected);
    });

  it("is refused: thresholds that would flap, for each dimension with its own bounds", () => {
    assert.deepEqual(problems({ scaleInPercent: 40, streamScaling: {} }), [
      "sluice:scaleInPercent = 40: it would flap: scaling in from 2 to 1 shards at 40 % leads to 80 %, allowed is less than " +
        "scaleOutPercent (75). Lower it, or raise scaleOutPercent or the minimum.",
      "sluice:scaleInPercent = 40: it would flap: scaling in from 2 to 1 KPUs at 40 % leads to 80 %, allowed is less than " +
        "scaleOutPercent (75). Lower it, or raise scaleOutPercent or the minimum.",
    ]);
    assert.deepEqual(problems({ scaleInPercent: 40, streamScaling: {}, minShards: 3, minKpus: 3 }), []);
    const [line] = problems({ applicationScaling: { scaleInPercent: 40 } });
    assert.match(line!, /^sluice:applicationScaling.scaleInPercent = 40: it would flap: scaling in from 2 to 1 KPUs/);
  });

  it("is refused: explicit steps that would flap", () => {
    const scaleInSteps = { adjustmentType: "ExactCapacity", steps: [{ upperBound: 0, adjustment: 1 }] };
    const [line] = problems({ streamScaling: { scaleInSteps } });
    assert.match(line!, /^sluice:scaleInPercent = 35: it would flap: scaling in from 64 to 1 shards at 35 % leads to 2240 %/);
  });

  it("is refused: a catch-up time so short that a restart's own backlog scales out", () => {
    assert.deepEqual(problems({ minKpus: 3, catchUpSeconds: 240 }), [
      "sluice:catchUpSeconds = 240: it would flap: the backlog that a restart of 60 s leaves at 60 % reaches scaleOutPercent " +
        "(75); allowed is more than 240. Raise it, or lower targetPercent.",
    ]);
    assert.deepEqual(problems({ minKpus: 3, catchUpSeconds: 241 }), []);
    assert.match(problems({ minKpus: 3, restartSeconds: 300, catchUpSeconds: 1200 })[0]!, /allowed is more than 1200/);
  });

  it("is refused: a stack name that can't be part of names, and a region that is none", () => {
    assert.match(problems({}, "dev_1")[0]!, /^sluice:\(stack\) = "dev_1": allowed is a stack name of 1 to 40 letters/);
    assert.match(problems({}, "dev", "")[0]!, /\(aws:region\) = "": .*pulumi config set aws:region us-east-1/);
  });

  it("is told in the keys' order, whatever lies below a key", () => {
    const widgets = [{ type: "chart", properties: {} }];
    const lines = problems({ dashboardExtraWidgets: widgets, streamScaling: { scaleOutPercent: 0 }, shards: 0, mode: "watch" });
    assert.deepEqual(
      lines.map((line) => line.split(" = ")[0]),
      ["sluice:mode", "sluice:shards", "sluice:streamScaling.scaleOutPercent", "sluice:dashboardExtraWidgets[0].type"],
    );
  });

  it("does not hide one problem behind another: checks run on every key that is itself valid", () => {
    const lines = problems({ shards: "x", minKpus: 9, targetPercent: 90, recordsPerKpuPerMinute: 0 });
    assert.deepEqual(
      lines.map((line) => line.split(" ")[0]),
      ["sluice:shards", "sluice:kpus", "sluice:recordsPerKpuPerMinute", "sluice:targetPercent"],
    );
  });
});

describe("several pipelines in one stack", () => {
  const twoJars = { recordsPerKpuPerMinute: 30_000, codeJar: "job.jar" };
  const several = (pipelines: unknown, flat: Record<string, unknown> = {}) =>
    stackArgs({ ...twoJars, ...flat, pipelines }, "prod", "us-east-1");
  const lines = (pipelines: unknown, flat: Record<string, unknown> = {}) => problems({ pipelines, ...flat }, "prod");

  it("have each the stack's keys, but for those of their own, and names of the stack's and their own", () => {
    const { pipeline, pipelines } = several(
      { orders: { maxShards: 128, kpus: "4" }, clicks: {} },
      { maxShards: 32, mode: "observe" },
    );
    assert.equal(pipeline, undefined);
    assert.deepEqual(Object.keys(pipelines!.pipelines), ["orders", "clicks"]);
    const { orders, clicks } = pipelines!.pipelines;
    assert.deepEqual([orders!.stream?.maxShards, clicks!.stream?.maxShards], [128, 32]);
    assert.deepEqual([orders!.application.kpus, clicks!.application.kpus], [4, 8]);
    assert.deepEqual([orders!.mode, clicks!.mode], ["observe", "observe"]);
    assert.deepEqual([orders!.stream?.name, clicks!.application.name], ["sluice-prod-orders", "sluice-prod-clicks"]);
  });

  it("are as they are written and as the text that Pulumi hands over", () => {
    const pipelines = { orders: { maxShards: 128 }, clicks: { existingStream: "clicks" } };
    assert.deepEqual(several(JSON.stringify(pipelines)), several(pipelines));
  });

  it("leave to the scaler what is the whole stack's", () => {
    const callerArns = ["arn:aws:iam::123456789012:role/ci"];
    const scalerNetwork = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
    const inVpc = { scalerSubnetIds: ["subnet-1"], scalerSecurityGroupIds: ["sg-1"] };
    const given = { callerArns, apiGatewayLogRole: false, logRetentionDays: 7 };
    const { pipelines } = several({ orders: {} }, { ...given, ...inVpc });
    const { pipelines: all, ...ofScaler } = pipelines!;
    assert.deepEqual(ofScaler, { ...given, scalerNetwork });
    assert.deepEqual([all["orders"]!.callerArns, all["orders"]!.logRetentionDays], [undefined, 7]);
  });

  it("replace a key of the stack whole: what a dimension has of its own too", () => {
    const { pipelines } = several(
      { orders: { streamScaling: { scaleOutPercent: 80 } } },
      { streamScaling: { scaleInPercent: 20 } },
    );
    const scaling = pipelines!.pipelines["orders"]!.stream!.scaling!;
    assert.deepEqual([scaling.scaleOutPercent, scaling.scaleInPercent], [80, 35]);
  });

  it("are told all problems at once, each key where it is written", () => {
    const pipelines = {
      orders: { maxShards: 4, shrads: 3, streamScaling: { targetPercent: 90 } },
      clicks: { callerArns: [], minKpus: 20, kpus: null },
    };
    assert.deepEqual(lines(pipelines, { retentionHours: 1, maxKpus: 12 }), [
      "sluice:pipelines.orders.shrads = 3: there is no such key; the nearest is shards. Correct or remove it.",
      "sluice:pipelines.clicks.kpus = null: it has no value; remove the line, or allowed is a whole number from 1 to 1024.",
      "sluice:pipelines.clicks.callerArns = []: callerArns is the whole stack's. Set it beside pipelines.",
      "sluice:retentionHours = 1: allowed is a whole number from 24 to 8760.",
      "sluice:pipelines.orders.shards = 8: allowed is pipelines.orders.minShards to pipelines.orders.maxShards (1 to 4). " +
        "Change pipelines.orders.shards or the bounds.",
      "sluice:pipelines.orders.streamScaling.targetPercent = 90: allowed is above pipelines.orders.scaleInPercent (35) and below " +
        "pipelines.orders.scaleOutPercent (75). Change one of them.",
      "sluice:pipelines.clicks.minKpus = 20: allowed is at most maxKpus (12). Lower pipelines.clicks.minKpus or raise maxKpus.",
    ]);
  });

  it("say where a figure is missing: of the pipelines that have none", () => {
    const flat = { recordsPerKpuPerMinute: 0, codeJar: "" };
    const found = lines({ orders: { recordsPerKpuPerMinute: 5, codeJar: "a.jar" }, clicks: {} }, flat);
    assert.deepEqual(
      found.map((line) => line.split(": ")[0]),
      ["sluice:pipelines.clicks.recordsPerKpuPerMinute = (not set)", 'sluice:pipelines.clicks.codeJar = ""'],
    );
  });

  const arn = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
  const cases: [string, unknown, Record<string, unknown>, RegExp][] = [
    ["a list", [{}], {}, /^sluice:pipelines = \[\{\}\]: allowed is pipelines by name, each with keys of its own\.$/],
    [
      "an entry without keys",
      { orders: null },
      {},
      /^sluice:pipelines\.orders = null: allowed are keys for this pipeline alone, \{\} for none/,
    ],
    [
      "pipelines within pipelines",
      { orders: { pipelines: {} } },
      {},
      /^sluice:pipelines\.orders\.pipelines = \{\}: pipelines is the whole/,
    ],
    [
      "a name with a dot",
      { "a.b": {} },
      {},
      /^sluice:pipelines\.a\.b = "a\.b": name and stack together: .* Rename the pipeline or/,
    ],
    [
      "a name that is too long",
      { ["a".repeat(56)]: {} },
      {},
      /^sluice:pipelines\.a+ = "prod-a+": name and stack together: allowed are 1 to 60/,
    ],
    ["the scaler's name", { scaler: {} }, {}, /^sluice:pipelines\.scaler = "scaler": the scaler of all pipelines is called so/],
    [
      "one stream for all",
      { orders: {}, clicks: {} },
      { streamName: "all" },
      /^sluice:streamName = "all": streamName is the same stream, which only one pipeline can scale/,
    ],
    [
      "a stream that two adopt, by name and by ARN",
      { orders: { existingStream: arn }, clicks: { existingStream: "orders" } },
      {},
      /^sluice:pipelines\.clicks\.existingStream = "orders": pipelines\.orders\.existingStream is the same stream/,
    ],
    [
      "a name that another pipeline has by default",
      { orders: { applicationName: "sluice-prod-clicks" }, clicks: {} },
      {},
      /^sluice:pipelines\.clicks\.applicationName = "sluice-prod-clicks": pipelines\.orders\.applicationName is the same application/,
    ],
    [
      "a stream in another region",
      { orders: { existingStream: arn.replace("us-east", "us-west") } },
      {},
      /^sluice:pipelines\.orders\.existingStream = .*: allowed is an ARN in the stack's region us-east-1/,
    ],
  ];
  for (const [what, pipelines, flat, expected] of cases)
    it(`are refused: ${what}`, () => {
      const found = lines(pipelines, flat);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0]!, expected);
    });
});

describe("a configuration that is right", () => {
  it("takes keys with or without the project's name", () => {
    assert.equal(validateConfig({ ...least, "sluice:shards": 4 }, "dev", "us-east-1").stream?.shards, 4);
  });

  it("keeps text that looks like something else", () => {
    assert.equal(validateConfig({ ...least, streamName: "2026" }, "dev", "us-east-1").stream?.name, "2026");
  });

  it("has a stream and an application, by the stack's name, whatever is said of them", () => {
    assert.deepEqual(pipelineArgs({}, "sluice-dev"), { stream: { name: "sluice-dev" }, application: { name: "sluice-dev" } });
  });

  it("keeps false and empty lists instead of the defaults, and the least cooldowns", () => {
    const config = validateConfig(
      { ...least, scaleInCooldownSeconds: "300", apiGatewayLogRole: "false", alarmEmails: "[]" },
      "dev",
      "us-east-1",
    );
    assert.equal(config.stream?.scaling?.scaleInCooldownSeconds, 300);
    assert.equal(config.apiGatewayLogRole, false);
  });

  it("adopts by name or ARN without a name to create", () => {
    const arn = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    const config = validateConfig(
      { ...least, existingStream: arn, existingApplication: "counter", codeJar: "" },
      "dev",
      "us-east-1",
    );
    assert.equal(config.stream?.existing, arn);
    assert.equal(config.application.existing, "counter");
    assert.equal(config.application.codeJar, undefined);
  });

  it("gives a dimension its own thresholds and the other one the stack's", () => {
    const { stream, application } = validateConfig({ ...least, streamScaling: { scaleOutPercent: 80 } }, "dev", "us-east-1");
    assert.equal(stream?.scaling?.scaleOutPercent, 80);
    assert.equal(stream?.scaling?.targetPercent, 60);
    assert.equal(application.scaling?.scaleOutPercent, 75);
  });

  it("accepts the three kinds of explicit steps", () => {
    const step = (adjustmentType: string, adjustment: number) => ({ adjustmentType, steps: [{ lowerBound: 0, adjustment }] });
    for (const scaleOutSteps of [step("ChangeInCapacity", 2), step("PercentChangeInCapacity", 25), step("ExactCapacity", 16)])
      assert.deepEqual(problems({ streamScaling: { scaleOutSteps } }), []);
  });
});

describe("reading the current stack's configuration", () => {
  it("throws a RunError with the same text, so that Pulumi prints it without a stack trace", async () => {
    await pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }, "sluice", "dev");
    pulumi.runtime.setAllConfig({ "aws:region": "eu-west-1", "sluice:shards": "0", "other:shards": "9" });
    assert.throws(readConfig, (error: Error) => {
      assert.ok(pulumi.RunError.isInstance(error));
      assert.match(
        error.message,
        /^Configuration of stack dev has 3 problems:\n {2}sluice:shards = 0: allowed is a whole number/,
      );
      return true;
    });
    pulumi.runtime.setAllConfig({ "aws:region": "eu-west-1", "sluice:codeJar": "a.jar", "sluice:recordsPerKpuPerMinute": "5" });
    const config = readConfig().pipeline!;
    assert.deepEqual([config.application.recordsPerKpuPerMinute, config.application.name], [5, "sluice-dev"]);
  });
});
