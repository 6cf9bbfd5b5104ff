import * as assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Pipeline, Scaler, type PipelineArgs } from "../../components";
import program = require("../../index");
import { account, record, region, resource, resourcesOf, type Recording } from "../support/recorder";

const application = { codeJar: "target/orders.jar", recordsPerKpuPerMinute: 30_000 };
const build = (args: Partial<PipelineArgs> = {}, name = "orders") =>
  record(() => {
    const { dashboardUrl, endpoint, streamName, applicationName } = new Pipeline(name, { application, ...args });
    return { dashboardUrl, endpoint, streamName, applicationName };
  });
/** Serialising the scaler takes most of a second: the usual pipeline is built once. */
let usual: Promise<Recording> | undefined;
const run = (args?: Partial<PipelineArgs>) => (args ? build(args) : (usual ??= build()));
const error = async (args: unknown) => {
  let registered = 0;
  const failed = await record(() => {
    try {
      return new Pipeline("orders", args as PipelineArgs);
    } catch (thrown) {
      return { thrown: String((thrown as Error).message), isRunError: pulumi.RunError.isInstance(thrown) };
    } finally {
      registered++;
    }
  });
  assert.deepEqual([failed.resources, registered, failed.outputs["isRunError"]], [[], 1, true]);
  return failed.outputs["thrown"] as string;
};

describe("Pipeline", () => {
  it("is whole with two values: the application's code and what one of its KPUs can do", async () => {
    const recording = await run();
    const components = recording.resources.filter(({ custom }) => !custom).map(({ type, name }) => [type.split(":")[2], name]);
    assert.deepEqual(components.sort(), [
      ["DataStream", "orders"],
      ["FlinkApplication", "orders-flink"],
      ["KpuScaling", "orders-flink"],
      ["OperationalAlarms", "orders-alarms"],
      ["Pipeline", "orders"],
      ["PipelineDashboard", "orders"],
      ["Scaler", "orders-scaler"],
      ["ShardScaling", "orders-stream"],
    ]);
    for (const { options } of recording.resources.filter(({ type }) => type.startsWith("sluice:") && !/Pipeline$/.test(type)))
      assert.equal(options.parent, "orders");
    assert.deepEqual(recording.outputs, {
      dashboardUrl: `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/sluice-orders-dev`,
      endpoint: `https://orders-scaler-api-id.execute-api.${region}.amazonaws.com/v1`,
      streamName: "orders-stream",
      applicationName: "orders-flink-application",
    });
  });

  it("is told from others in the account by its name and the stack's", async () => {
    const names = resourcesOf(await run(), "aws:ssm/parameter:Parameter").map(({ inputs }) => inputs["name"]);
    const ofDimension = (id: string) => ["config", "desired", "state"].map((kind) => `/sluice/orders-dev/${id}/${kind}`);
    assert.deepEqual(names.sort(), [
      ...ofDimension("orders-dev-flink"),
      ...ofDimension("orders-dev-stream"),
      "/sluice/orders-dev/owner",
    ]);
  });

  it("registers what the program registers from a configuration that says the same", async () => {
    const plain = ({ resources }: Recording) =>
      resources.map(({ type, name, inputs, options }) => [type, name, JSON.stringify({ ...inputs, code: "" }), options]);
    const keys = {
      "sluice:codeJar": "a.jar",
      "sluice:recordsPerKpuPerMinute": 30_000,
      "sluice:maxShards": 128,
      "sluice:scaleInMinutes": 95,
    };
    const fromKeys = await record(program, keys);
    const scaling = { scaleInMinutes: 95 };
    const inCode = await record(() => {
      new Pipeline("dev", {
        stream: { name: "sluice-dev", maxShards: 128, scaling },
        application: { name: "sluice-dev", codeJar: "a.jar", recordsPerKpuPerMinute: 30_000, scaling },
      });
      return {};
    });
    // Of two resources that don't wait for each other either may come first: it depends on Pulumi's version.
    const custom = (recording: Recording) =>
      plain(recording)
        .filter(([type]) => !String(type).startsWith("sluice:"))
        .sort(([, a], [, b]) => (String(a) < String(b) ? -1 : 1));
    assert.deepEqual(custom(inCode), custom(fromKeys));
  });

  it("adopts what the same program makes, or what exists", async () => {
    const recording = await record(() => {
      const stream = new aws.kinesis.Stream("clicks", { shardCount: 4 });
      const { streamName, streamArn, applicationArn } = new Pipeline("clicks", {
        stream: { existing: stream.arn },
        application: { existing: "enrich-clicks", recordsPerKpuPerMinute: 45_000 },
      });
      return { streamName, streamArn, applicationArn };
    });
    assert.deepEqual(recording.outputs, {
      streamName: "arn:kinesis:clicks",
      streamArn: "arn:kinesis:clicks",
      applicationArn: `arn:aws:kinesisanalytics:${region}:${account}:application/enrich-clicks`,
    });
    assert.equal(resourcesOf(recording, "aws:kinesis/stream:Stream").length, 1);
    assert.deepEqual(resourcesOf(recording, "aws:kinesisanalyticsv2/application:Application"), []);
  });

  it("lives where its provider is: another region, and another account", async () => {
    const recording = await record(() => {
      const provider = new aws.Provider("eu", { region: "eu-central-1", allowedAccountIds: ["210987654321"] });
      const { dashboardUrl, streamArn, endpoint } = new Pipeline(
        "orders",
        { stream: { existing: "orders" }, application: { existing: "job", recordsPerKpuPerMinute: 1 } },
        { provider },
      );
      return { dashboardUrl, streamArn, endpoint };
    });
    assert.match(recording.outputs["dashboardUrl"] as string, /^https:\/\/eu-central-1\.console/);
    assert.equal(recording.outputs["streamArn"], "arn:aws:kinesis:eu-central-1:210987654321:stream/orders");
    assert.match(recording.outputs["endpoint"] as string, /execute-api\.eu-central-1\./);
    const policy = resource(recording, "aws:iam/rolePolicy:RolePolicy", "orders-scaler-role-policy").inputs["policy"] as string;
    assert.ok(policy.includes("arn:aws:ssm:eu-central-1:210987654321:parameter/sluice/orders-dev"));
    // The API's own ARN is this test's recorder's.
    const texts = JSON.stringify(recording.resources).replaceAll(/arn:aws:execute-api:[^"\\]*/g, "");
    assert.ok(!texts.includes(account) && !texts.includes(region));
  });
});

describe("pipelines that share a scaler", () => {
  const both = (shared: "the first one's" | "one of its own") =>
    record(() => {
      const scaler = shared === "one of its own" ? new Scaler("shared", {}) : undefined;
      const orders = new Pipeline("orders", { application, ...(scaler ? { scaler } : {}) });
      const clicks = new Pipeline("clicks", { application, scaler: scaler ?? orders.scaler });
      return { orders: orders.endpoint, clicks: clicks.endpoint };
    });

  it("have one function, API and schedule, and each its parameters and its part of the role", async () => {
    for (const shared of ["the first one's", "one of its own"] as const) {
      const recording = await both(shared);
      for (const type of ["lambda/function:Function", "apigateway/restApi:RestApi", "cloudwatch/eventRule:EventRule"])
        assert.equal(resourcesOf(recording, `aws:${type}`).length, 1, type);
      assert.equal(recording.outputs["orders"], recording.outputs["clicks"]);
      const scaler = shared === "one of its own" ? "shared-dev" : "orders-dev";
      const paths = resourcesOf(recording, "aws:ssm/parameter:Parameter").map(({ inputs }) => String(inputs["name"]));
      assert.equal(paths.length, 13);
      for (const path of paths) assert.ok(path.startsWith(`/sluice/${scaler}/`), path);
      const policies = resourcesOf(recording, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) =>
        /^(orders|clicks)-scaler-policy$/.test(name),
      );
      assert.deepEqual(new Set(policies.map(({ inputs }) => inputs["role"])).size, 1);
      for (const { name, inputs } of policies) {
        const own = name.slice(0, 6);
        assert.match(inputs["policy"] as string, new RegExp(`"arn:kinesis:${own}-stream"`));
        assert.doesNotMatch(inputs["policy"] as string, new RegExp(own === "orders" ? "clicks" : "orders"));
      }
    }
  });

  it("are a dozen at most: IAM's 10,240 characters of a role's inline policies", async () => {
    const texts = resourcesOf(await both("the first one's"), "aws:iam/rolePolicy:RolePolicy").map(({ name, inputs }) => [
      name,
      inputs["policy"],
    ]);
    const lengths = Object.fromEntries(texts.map(([name, text]) => [name, String(text).length]));
    // ARNs of AWS are longer than those of this test's recorder.
    const ofPipeline = (lengths["clicks-scaler-policy"] ?? Infinity) + 2 * 60;
    assert.ok((lengths["orders-scaler-role-policy"] ?? Infinity) + 12 * ofPipeline < 10_240);
  });

  it("take turns each by itself", async () => {
    const recording = await both("the first one's");
    const pipelineOf = (name: string) =>
      JSON.parse(resource(recording, "aws:ssm/parameter:Parameter", name).inputs["value"] as string).pipeline as string;
    assert.deepEqual([pipelineOf("clicks-stream-config"), pipelineOf("orders-flink-config")], ["clicks-dev", "orders-dev"]);
  });

  it("read their metrics under the scaler's name and their own ids", async () => {
    const { inputs } = resource(
      await both("the first one's"),
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "clicks-alarms-stream-pending",
    );
    const [query] = inputs["metricQueries"] as { metric: { dimensions: object } }[];
    assert.deepEqual(query?.metric.dimensions, { Stack: "orders-dev", Dimension: "clicks-dev-stream" });
  });
});

describe("a pipeline whose arguments are wrong", () => {
  it("is one error with every problem, by the paths that the caller wrote, before anything is registered", async () => {
    const args = {
      application: { recordsPerKpuPerMinute: 0, scaling: { scaleInPercent: 60, scaleOutPercent: 90, targetPercent: 40 } },
      stream: { shards: 0, minShards: 20, maxShards: 10, retentionHors: 48 },
      alarms: { emails: ["ops"] },
      mode: "watch",
    };
    assert.equal(
      await error(args),
      [
        "Pipeline orders has 8 problems:",
        '  mode = "watch": allowed is "act", "observe".',
        "  stream.shards = 0: allowed is a whole number from 1 to 10000.",
        "  stream.retentionHors = 48: there is no such argument; the nearest is stream.retentionHours. Correct or remove it.",
        "  stream.minShards = 20: allowed is at most stream.maxShards (10). Lower stream.minShards or raise stream.maxShards.",
        "  application.recordsPerKpuPerMinute = 0: allowed is a whole number from 1 to 1000000000.",
        "  application.codeJar = (not set): the application needs code. Set application.codeJar to your job's jar, or " +
          "application.codeBucket and application.codeKey.",
        "  application.scaling.targetPercent = 40: allowed is above application.scaling.scaleInPercent (60) and below " +
          "application.scaling.scaleOutPercent (90). Change one of them.",
        '  alarms.emails = ["ops"]: at 0: allowed is a list of e-mail addresses.',
      ].join("\n"),
    );
  });
});
