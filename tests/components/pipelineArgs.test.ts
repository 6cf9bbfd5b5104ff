import * as assert from "node:assert/strict";
import { pipelineSettings, validatePipeline, type PipelineArgs } from "../../components/pipelineArgs";

const application = { codeJar: "a.jar", recordsPerKpuPerMinute: 30_000 };
/** What is said of these arguments beside an application that is right; "stream" and "application" add to it. */
const said = (args: object) =>
  validatePipeline({ application, ...args } as PipelineArgs).map(
    ({ path, value, text }) => `${path} = ${JSON.stringify(value)}: ${text}`,
  );
const ofApplication = (more: object) => said({ application: { ...application, ...more } });
const adopted = { existing: "enrich-clicks", codeJar: undefined };

describe("a pipeline's defaults", () => {
  const scaling = {
    ...{ scaleOutPercent: 75, scaleOutMinutes: 2, scaleOutDatapoints: 2, scaleOutCooldownSeconds: 300 },
    ...{ scaleInMinutes: 90, scaleInDatapoints: 90, scaleInCooldownSeconds: 5400 },
    ...{ scaleOutSteps: undefined, scaleInSteps: undefined },
    ...{ policy: "step", signal: "throughput", busyTask: undefined, scaleOutLagSeconds: 300, expression: undefined },
    ...{ disableScaleIn: false, schedule: [], suspended: [] },
  };

  it("are these", () => {
    const none = (...names: string[]) => Object.fromEntries(names.map((name) => [name, undefined]));
    assert.deepEqual(pipelineSettings({ application }), {
      stream: {
        ...{ shards: 8, minShards: 1, maxShards: 64, updatesPerDay: 10, retentionHours: 24 },
        ...{ kmsKey: "alias/aws/kinesis", shardLevelMetrics: false, protect: false },
        ...none("name", "existing"),
        mode: "act",
        scaling: { ...scaling, targetPercent: 50, scaleInPercent: 30 },
      },
      application: {
        ...application,
        ...{ runtime: "FLINK-1_20", kpus: 8, minKpus: 1, maxKpus: 64, parallelismPerKpu: 1, maxParallelism: 128 },
        ...{ checkpointIntervalSeconds: 60, metricsLevel: "APPLICATION", logLevel: "INFO", logRetentionDays: 30, protect: false },
        ...{ restartSeconds: 60, catchUpSeconds: 900, lagForScaleInSeconds: 60, lagMetric: "flink" },
        ...none("name", "existing", "codeBucket", "codeKey", "properties", "network", "consumerName", "connectorVersion"),
        mode: "act",
        scaling: { ...scaling, targetPercent: 60, scaleInPercent: 35 },
      },
      alarms: { emails: [], lagSeconds: 300, throttledPercent: 1, runbookUrl: "docs/runbook.md" },
      ...{ mode: "act", logRetentionDays: 30, callerArns: [], apiGatewayLogRole: true, scalerPolicy: true },
      ...none("scaler", "scalerNetwork", "dashboard"),
    });
  });

  it("are those of the dimension's kind where the scaling has some of its own", () => {
    const own = { scaleOutPercent: 80, targetPercent: undefined };
    const settings = pipelineSettings({ application: { ...application, scaling: own }, stream: { scaling: own } });
    const thresholds = [settings.stream, settings.application].map(({ scaling: of }) => [of.scaleOutPercent, of.targetPercent]);
    assert.deepEqual(thresholds, [
      [80, 50],
      [80, 60],
    ]);
  });

  it("keep the application's log as long as it says, or as long as the pipeline's logs", () => {
    const days = (ofPipeline?: number, own?: number) =>
      pipelineSettings({ application: { ...application, logRetentionDays: own }, logRetentionDays: ofPipeline }).application
        .logRetentionDays;
    assert.deepEqual([days(7, 14), days(7), days()], [14, 7, 30]);
  });
});

describe("a pipeline's arguments", () => {
  it("are right with two values, or with a stream and an application to adopt", () => {
    assert.deepEqual(said({}), []);
    assert.deepEqual(said({ stream: { existing: "clicks" }, application: { ...application, ...adopted } }), []);
  });

  it("have an application, with code and a figure of its own", () => {
    assert.deepEqual(said({ application: undefined }), [
      "application = undefined: allowed is the application: its code, or an existing one, and recordsPerKpuPerMinute. Set it",
    ]);
    assert.match(
      ofApplication({ recordsPerKpuPerMinute: undefined }).join(),
      /^application\.recordsPerKpuPerMinute = undefined: it has no default/,
    );
    assert.match(ofApplication({ codeJar: undefined }).join(), /^application\.codeJar = undefined: the application needs code/);
    assert.match(
      ofApplication({ codeBucket: "jars" }).join(),
      /^application\.codeJar = "a\.jar": allowed is a local jar or an S3 location/,
    );
  });

  it("are modes of the pipeline, or of one dimension", () => {
    const modes = (args: object) => {
      const { stream, application: flink } = pipelineSettings({ application, ...args });
      return [stream.mode, flink.mode];
    };
    assert.deepEqual(modes({}), ["act", "act"]);
    assert.deepEqual(modes({ mode: "observe" }), ["observe", "observe"]);
    assert.deepEqual(modes({ mode: "observe", stream: { mode: "act" } }), ["act", "observe"]);
    assert.deepEqual(modes({ application: { ...application, mode: "observe" } }), ["act", "observe"]);
    assert.deepEqual(said({ stream: { mode: "watch" } }), ['stream.mode = "watch": allowed is "act", "observe"']);
    assert.deepEqual(ofApplication({ mode: 1 }), ['application.mode = 1: allowed is "act", "observe"']);
  });

  it("set the metrics level TASK where busy time is the signal, and say so where another one is set", () => {
    const scaling = { signal: "busyTime", busyTask: "Window" };
    const level = (more: object) => pipelineSettings({ application: { ...application, ...more } }).application.metricsLevel;
    assert.deepEqual([level({}), level({ scaling })], ["APPLICATION", "TASK"]);
    assert.equal(level({ scaling, metricsLevel: "OPERATOR" }), "OPERATOR");
    assert.deepEqual(ofApplication({ scaling, metricsLevel: "OPERATOR" }), []);
    assert.deepEqual(ofApplication({ scaling, metricsLevel: "APPLICATION" }), [
      'application.metricsLevel = "APPLICATION": `application.scaling.signal` busyTime needs TASK, OPERATOR or PARALLELISM: AWS publishes no ' +
        "busy time above. Remove it, or set TASK",
    ]);
    assert.deepEqual(ofApplication({ metricsLevel: "APPLICATION" }), []);
  });

  it("are told by their paths, whatever they are of", () => {
    const args = {
      ...{ mode: "watch", logRetentionDays: 2, apiGatewayLogRole: 1, callerArns: ["*"], more: 1 },
      stream: { minShards: 0, updatesPerDay: 101, shards: 0, scaling: { targetPercent: 0 } },
      application: {
        ...{ ...application, minKpus: 0, restartSeconds: 0, maxParallelism: 32_769, consumerName: "a b", connectorVersion: "v5" },
        scaling: { targetPercent: 0 },
      },
      alarms: { lagSeconds: 0 },
      dashboard: { extraWidgets: "{" },
    };
    assert.deepEqual(
      said(args).map((line) => line.split(" = ")[0]),
      [
        ...["mode", "logRetentionDays", "callerArns", "apiGatewayLogRole", "more"],
        ...["stream.shards", "stream.minShards", "stream.updatesPerDay", "stream.scaling.targetPercent"],
        ...["minKpus", "restartSeconds", "maxParallelism", "consumerName", "connectorVersion"].map(
          (name) => `application.${name}`,
        ),
        ...["application.scaling.targetPercent", "alarms.lagSeconds", "dashboard.extraWidgets"],
      ],
    );
  });

  it("never flap, in either dimension", () => {
    const scaling = { targetPercent: 60, scaleInPercent: 40 };
    assert.match(said({ stream: { scaling } }).join(), /^stream\.scaling\.scaleInPercent = 40: it would flap[^=]*$/);
    assert.match(ofApplication({ scaling }).join(), /^application\.scaling\.scaleInPercent = 40: it would flap[^=]*$/);
  });

  it("have a connector's version as its jar's name has it", () => {
    assert.deepEqual(ofApplication({ connectorVersion: "5.1.0-1.20" }), []);
    assert.deepEqual(ofApplication({ connectorVersion: "v5.1.0" }), [
      'application.connectorVersion = "v5.1.0": allowed is a version such as 5.1.0-1.20, without a "v"',
    ]);
  });

  it("create or adopt, never both", () => {
    assert.match(
      said({ stream: { name: "a", existing: "b" } }).join(),
      /^stream\.name = "a": `stream\.name` creates, `stream\.existing` \("b"\) adopts/,
    );
    assert.match(ofApplication({ ...adopted, name: "a" }).join(), /^application\.name = "a": `application\.name` creates/);
  });

  it("begin between the bounds, which an adopted one need not", () => {
    const out = "Change `stream.shards` or the bounds";
    assert.deepEqual(said({ stream: { maxShards: 7 } }), [
      `stream.shards = 8: allowed is \`stream.minShards\` to \`stream.maxShards\` (1 to 7). ${out}`,
    ]);
    assert.deepEqual(said({ stream: { shards: 9, minShards: 10, maxShards: 20 } }), [
      `stream.shards = 9: allowed is \`stream.minShards\` to \`stream.maxShards\` (10 to 20). ${out}`,
    ]);
    assert.deepEqual(ofApplication({ maxKpus: 7 }), [
      "application.kpus = 8: allowed is `application.minKpus` to `application.maxKpus` (1 to 7). Change `application.kpus` or the bounds",
    ]);
    assert.deepEqual(said({ stream: { minShards: 8, maxShards: 8 } }), []);
    for (const lines of [said({ stream: { shards: 10_001 } }), ofApplication({ kpus: 1025 })])
      assert.match(lines.join(), /^\w+\.(shards|kpus) = \d+: allowed is a whole number[^=]*$/);
    assert.deepEqual(said({ stream: { existing: "clicks", maxShards: 7 } }), []);
    assert.deepEqual(ofApplication({ ...adopted, maxKpus: 7 }), []);
  });

  it("have at most as many KPUs as the job's maxParallelism allows", () => {
    assert.deepEqual(ofApplication({ maxKpus: 64, parallelismPerKpu: 2 }), []);
    assert.deepEqual(ofApplication({ maxKpus: 43, parallelismPerKpu: 3 }), [
      "application.maxKpus = 43: 43 KPUs of 3 have parallelism 129, above `application.maxParallelism` (128); allowed is at most 42. " +
        "Lower `application.maxKpus`, or raise `application.maxParallelism` here and in the job",
    ]);
    assert.deepEqual(ofApplication({ maxKpus: 43, parallelismPerKpu: 3, maxParallelism: 129 }), []);
    assert.match(
      ofApplication({ maxKpus: 43, parallelismPerKpu: 3, maxParallelism: 0 }).join(),
      /^application\.maxParallelism = 0: [^=]*$/,
    );
    assert.match(ofApplication({ maxKpus: 1025 }).join(), /^application\.maxKpus = 1025: [^=]*$/);
    assert.match(
      ofApplication({ parallelismPerKpu: 9, maxParallelism: 8 }).join(),
      /^application\.parallelismPerKpu = 9: [^=]*$/,
    );
  });

  it("have the metrics level PARALLELISM up to 64 only: each subtask has metrics of its own", () => {
    assert.deepEqual(ofApplication({ metricsLevel: "PARALLELISM" }), []);
    assert.deepEqual(ofApplication({ metricsLevel: "PARALLELISM", maxKpus: 65 }), [
      'application.metricsLevel = "PARALLELISM": allowed up to parallelism 64, `application.maxKpus` allows 65. Set OPERATOR, or ' +
        "lower `application.maxKpus`",
    ]);
    assert.deepEqual(ofApplication({ metricsLevel: "OPERATOR", maxKpus: 65 }), []);
  });

  it("name the enhanced fan-out consumer whose lag is read", () => {
    assert.deepEqual(ofApplication({ lagMetric: "efo", consumerName: "enrich" }), []);
    assert.deepEqual(ofApplication({ lagMetric: "efo" }), [
      'application.consumerName = undefined: `application.lagMetric` "efo" reads the consumer\'s lag. Set its name, or another ' +
        "`application.lagMetric`",
    ]);
    assert.match(
      ofApplication({ lagMetric: "efo", consumerName: "" }).join(),
      /^application\.consumerName = "": allowed is a name[^=]*$/,
    );
  });

  it("leave to a shared scaler who may call it", () => {
    const scaler = { scalerName: "a", url: "b", roleName: "c", functionName: "d", logGroupName: "e" };
    const own = "who calls a shared scaler is its own affair. Set it where the scaler is made";
    assert.deepEqual(said({ scaler, callerArns: [], apiGatewayLogRole: false }), [
      `callerArns = []: ${own}`,
      `apiGatewayLogRole = false: ${own}`,
    ]);
    assert.deepEqual(said({ scaler }), []);
    const scalerNetwork = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
    assert.deepEqual(said({ scaler, scalerNetwork }), [
      'scalerNetwork = {"subnetIds":["subnet-1"],"securityGroupIds":["sg-1"]}: where a shared scaler runs is its own affair. Set it where the scaler is made',
    ]);
    assert.deepEqual(said({ callerArns: [], apiGatewayLogRole: false, scalerNetwork }), []);
  });

  it("leave a scaler's role without its policy only where it is another's", () => {
    const scaler = { scalerName: "a", url: "b", roleName: "c", functionName: "d", logGroupName: "e" };
    assert.deepEqual(said({ scalerPolicy: false }), [
      "scalerPolicy = false: the role of a scaler of its own may scale nothing without it. Remove it, or join a `scaler`",
    ]);
    assert.deepEqual(said({ scalerPolicy: true }), []);
    assert.deepEqual(said({ scaler, scalerPolicy: false }), []);
  });

  it("have a dashboard whose widgets CloudWatch takes", () => {
    assert.match(said({ dashboard: { extraWidgets: "{" } }).join(), /^dashboard\.extraWidgets = "\{": allowed is a JSON array/);
    assert.match(
      said({ dashboard: { extraWidgets: '[{"type":"chart","properties":{}}]' } }).join(),
      /^dashboard\.extraWidgets\[0\]/,
    );
  });

  it("have a component's name that can be part of names, where it is looked at", () => {
    const ofName = (name: string) =>
      validatePipeline({ application }, name).map(({ path, value, text }) => `${path} = ${String(value)}: ${text}`);
    assert.match(ofName("or ders").join(), /^\(name\) = or ders-\w+: name and stack together/);
    assert.deepEqual(ofName("orders"), []);
  });
});
