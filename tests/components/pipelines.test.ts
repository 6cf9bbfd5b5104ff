import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Pipelines, type PipelinesArgs } from "../../components";
import program = require("../../index");
import { account, record, region, resource, resourcesOf, type Recording } from "../support/recorder";

const application = { codeJar: "a.jar", recordsPerKpuPerMinute: 30_000 };
const keys = {
  "sluice:codeJar": "a.jar",
  "sluice:recordsPerKpuPerMinute": 30_000,
  "sluice:pipelines": { orders: { maxShards: 128 }, clicks: { existingStream: "clicks-prod", scaleInMinutes: 95 } },
};
/** Serialising the scaler takes most of a second: each is built once. */
let keyed: Promise<Recording> | undefined;
const fromKeys = () => (keyed ??= record(program, keys, "prod"));
const build = (args: PipelinesArgs) => record(() => ({ all: new Pipelines("prod", args).pipelines }), {}, "prod");

const inCode: PipelinesArgs = {
  pipelines: {
    orders: { stream: { maxShards: 128 }, application },
    clicks: {
      stream: { existing: "clicks-prod", scaling: { scaleInMinutes: 95 } },
      application: { ...application, scaling: { scaleInMinutes: 95 } },
    },
  },
};

describe("several pipelines", () => {
  it("are one scaler, and each pipeline with a dashboard, alarms and names of its own", async () => {
    const recording = await fromKeys();
    const components = recording.resources.filter(({ type }) => /:(Pipeline|Pipelines|Scaler|\w+Dashboard)$/.test(type));
    assert.deepEqual(components.map(({ type, name, options }) => [type.split(":")[2], name, options.parent]).sort(), [
      ["OverviewDashboard", "prod-overview", "prod"],
      ["Pipeline", "prod-clicks", "prod"],
      ["Pipeline", "prod-orders", "prod"],
      ["PipelineDashboard", "prod-clicks", "prod-clicks"],
      ["PipelineDashboard", "prod-orders", "prod-orders"],
      ["Pipelines", "prod", ""],
      ["Scaler", "prod-scaler", "prod"],
    ]);
    for (const type of ["lambda/function:Function", "apigateway/restApi:RestApi", "cloudwatch/eventRule:EventRule"])
      assert.equal(resourcesOf(recording, `aws:${type}`).length, 1, type);
    const names = resourcesOf(recording, "aws:kinesis/stream:Stream").map(({ inputs }) => inputs["name"]);
    assert.deepEqual(names, ["sluice-prod-orders"]);
    const applications = resourcesOf(recording, "aws:kinesisanalyticsv2/application:Application");
    assert.deepEqual(applications.map(({ inputs }) => inputs["name"]).sort(), ["sluice-prod-clicks", "sluice-prod-orders"]);
  });

  it("are found by the stack's name: parameters, dimensions, dashboards", async () => {
    const recording = await fromKeys();
    const ofDimension = (id: string) => ["config", "desired", "state"].map((kind) => `/sluice/prod/${id}/${kind}`);
    assert.deepEqual(
      resourcesOf(recording, "aws:ssm/parameter:Parameter")
        .map(({ inputs }) => inputs["name"])
        .sort(),
      [
        "/sluice/prod/owner",
        ...["prod-clicks-flink", "prod-clicks-stream", "prod-orders-flink", "prod-orders-stream"].flatMap(ofDimension),
      ],
    );
    const dashboards = ["prod-orders", "prod-clicks"].map(
      (name) => resource(recording, "aws:cloudwatch/dashboard:Dashboard", `${name}-dashboard`).inputs["dashboardName"],
    );
    assert.deepEqual(dashboards, ["sluice-prod-orders", "sluice-prod-clicks"]);
    const { inputs } = resource(recording, "aws:cloudwatch/dashboard:Dashboard", "prod-overview-dashboard");
    assert.equal(inputs["dashboardName"], "sluice-prod-overview");
    for (const name of ["orders", "clicks"]) assert.ok(String(inputs["dashboardBody"]).includes(`"${name}: capacity"`), name);
  });

  it("are all in the policies of the scaler's role, and are scaled when these are attached", async () => {
    const recording = await fromKeys();
    const { inputs } = resource(recording, "aws:iam/policy:Policy");
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: { Resource: string[] }[] };
    const arn = (service: string, path: string) => `arn:aws:${service}:${region}:${account}:${path}`;
    assert.deepEqual(
      Statement.map(({ Resource }) => Resource),
      [
        [arn("kinesis", "stream/sluice-prod-orders"), arn("kinesis", "stream/clicks-prod")],
        ["orders", "clicks"].map((name) => arn("kinesisanalytics", `application/sluice-prod-${name}`)),
      ],
    );
    const attachment = resource(
      recording,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "prod-scaler-policy-1-attachment",
    );
    assert.equal(attachment.inputs["role"], "prod-scaler-role");
    const inline = resourcesOf(recording, "aws:iam/rolePolicy:RolePolicy").map(({ name }) => name);
    assert.deepEqual(inline.sort(), [
      "prod-clicks-flink-role-policy",
      "prod-orders-flink-role-policy",
      "prod-scaler-role-policy",
    ]);
    for (const target of resourcesOf(recording, "aws:appautoscaling/target:Target"))
      assert.ok(target.options.dependsOn.includes(attachment.name), target.name);
  });

  it("have addresses by name", async () => {
    const { outputs } = await fromKeys();
    const { pipelines, ...ofStack } = outputs as { pipelines: Record<string, Record<string, string>> };
    assert.equal(ofStack["endpoint" as never], `https://prod-scaler-api-id.execute-api.${region}.amazonaws.com/v1`);
    assert.match(String(ofStack["dashboardUrl" as never]), /#dashboards\/dashboard\/sluice-prod-overview$/);
    assert.deepEqual(Object.keys(pipelines), ["orders", "clicks"]);
    assert.equal(pipelines["orders"]!["streamName"], "sluice-prod-orders");
    assert.equal(pipelines["clicks"]!["streamName"], "clicks-prod");
    assert.match(JSON.stringify(pipelines["orders"]!["scaling"]), /at 128 shards, the maximum: in below /);
    assert.match(pipelines["clicks"]!["dashboardUrl"]!, /#dashboards\/dashboard\/sluice-prod-clicks$/);
  });

  it("are the same from a configuration and from code", async () => {
    const custom = ({ resources }: Recording) =>
      resources
        .filter(({ type }) => !type.startsWith("sluice:"))
        .map(({ type, name, inputs, options }) => [type, name, JSON.stringify({ ...inputs, code: "" }), options])
        .sort(([a, b], [c, d]) => (`${String(a)} ${String(b)}` < `${String(c)} ${String(d)}` ? -1 : 1));
    assert.deepEqual(custom(await build(inCode)), custom(await fromKeys()));
  });

  it("have no two resources of one type and name", async () => {
    const names = (await fromKeys()).resources.map(({ type, name }) => `${type} ${name}`);
    assert.equal(new Set(names).size, names.length);
  });

  it("that are wrong are one error, by the paths that the caller wrote, before anything is registered", async () => {
    const recording = await record(() => {
      try {
        new Pipelines("prod", {
          pipelines: {
            orders: { stream: { name: "same", shards: 0 }, application, scaler: {} as never },
            clicks: { stream: { existing: "same" }, application, callerArns: [], mode: "watch" },
            overview: { application },
          },
          logRetentionDays: 31,
        });
        return {};
      } catch (thrown) {
        assert.ok(pulumi.RunError.isInstance(thrown));
        return { lines: thrown.message.split("\n") };
      }
    });
    assert.deepEqual(recording.resources, []);
    assert.deepEqual(
      (recording.outputs["lines"] as string[]).map((line) => line.replace(/(retentions): .*/, "$1")),
      [
        "Pipelines prod has 7 problems:",
        "  logRetentionDays = 31: allowed is one of CloudWatch Logs' retentions",
        "  pipelines.orders.stream.shards = 0: allowed is a whole number from 1 to 10000.",
        '  pipelines.orders.scaler = "a scaler": all these pipelines join the scaler that is made with them. Remove it.',
        '  pipelines.clicks.mode = "watch": allowed is "act", "observe".',
        "  pipelines.clicks.callerArns = []: who calls a shared scaler is its own affair. Set it where the scaler is made.",
        '  pipelines.overview = "overview": the overview of all pipelines is called so. Give the pipeline another name.',
        '  pipelines.clicks.stream.existing = "same": pipelines.orders.stream.name is the same stream, which only one pipeline can ' +
          "scale. Change one of them.",
      ],
    );
  });
});

describe("a pipeline's identity", () => {
  it("is its name where that begins or ends with the stack's: else both", async () => {
    const { identityOf } = await import("../../components/identity");
    const identities = await record(() => ({ all: ["dev", "dev-orders", "orders-dev", "orders", "device"].map(identityOf) }));
    assert.deepEqual(identities.outputs["all"], ["dev", "dev-orders", "orders-dev", "orders-dev", "device-dev"]);
  });
});
