import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { scaledPipeline, type ScaledPipeline } from "../../../components/scaler/scaledPipeline";
import { record, resource, resourcesOf } from "../../support/recorder";

const scaler = { scalerName: "dev", url: "https://api/v1", roleName: "role", functionName: "function", logGroupName: "log" };
const stream = {
  id: "dev-stream",
  streamName: "orders",
  streamArn: "arn:stream",
  min: 1,
  max: 64,
  initial: 8,
  updatesPerDay: 20,
  mode: "act",
};
const application = {
  id: "dev-flink",
  applicationName: "counter",
  applicationArn: "arn:application",
  min: 2,
  max: 32,
  initial: 4,
  parallelismPerKpu: 2,
  maxParallelism: 128,
  checkpointIntervalSeconds: 60,
  lag: { namespace: "AWS/KinesisAnalytics", metricName: "lag", dimensions: { Application: "counter" }, stat: "Maximum" },
  start: true,
  lagLimitSeconds: 300,
  mode: "act",
};
const run = (more: Partial<ScaledPipeline> = {}) =>
  record(() => {
    const parent = new pulumi.ComponentResource("test:index:Parent", "orders");
    return { url: scaledPipeline("orders", scaler, { pipeline: "dev", policy: true, stream, application, ...more }, parent) };
  });

describe("a pipeline that joins a scaler", () => {
  const parameters = async (more: Partial<ScaledPipeline> = {}) => resourcesOf(await run(more), "aws:ssm/parameter:Parameter");

  it("are three for each dimension, of which Pulumi goes on writing config alone", async () => {
    const list = (await parameters()).map(({ inputs, options }) => [inputs["name"], inputs["type"], options.ignoreChanges]);
    assert.deepEqual(list.sort(), [
      ["/sluice/dev/dev-flink/config", "String", []],
      ["/sluice/dev/dev-flink/desired", "String", ["value"]],
      ["/sluice/dev/dev-flink/state", "String", ["value"]],
      ["/sluice/dev/dev-stream/config", "String", []],
      ["/sluice/dev/dev-stream/desired", "String", ["value"]],
      ["/sluice/dev/dev-stream/state", "String", ["value"]],
    ]);
  });

  it('begin empty ("{}"): the scaler adopts what is there', async () => {
    for (const { inputs } of await parameters())
      if (/(desired|state)$/.test(String(inputs["name"]))) assert.equal(inputs["value"], "{}");
  });

  it("tell the scaler what it must know about a stream", async () => {
    const config = (await parameters()).find(({ inputs }) => inputs["name"] === "/sluice/dev/dev-stream/config");
    assert.deepEqual(JSON.parse(config!.inputs["value"] as string), {
      kind: "stream",
      name: "orders",
      pipeline: "dev",
      min: 1,
      max: 64,
      mode: "act",
      initial: 8,
      updatesPerDay: 20,
    });
  });

  it("tell the scaler what it must know about an application", async () => {
    const lag = {
      namespace: "AWS/Kinesis",
      metricName: "lag",
      dimensions: { StreamName: "orders" },
      stat: "Maximum",
      period: 60,
    };
    const list = await parameters({
      application: { ...application, mode: "observe", initial: undefined, start: false, connectorVersion: "5.0.0-1.20", lag },
    });
    const config = list.find(({ inputs }) => inputs["name"] === "/sluice/dev/dev-flink/config");
    assert.deepEqual(JSON.parse(config!.inputs["value"] as string), {
      kind: "flink",
      name: "counter",
      pipeline: "dev",
      min: 2,
      max: 32,
      mode: "observe",
      parallelismPerKpu: 2,
      maxParallelism: 128,
      drainAfterReshard: true,
      checkpointIntervalSeconds: 60,
      lag: { namespace: "AWS/Kinesis", metricName: "lag", dimensions: { StreamName: "orders" } },
      lagLimitSeconds: 300,
    });
  });

  it("gives the scaler's role what it needs for this stream and this application", async () => {
    const { inputs } = resource(await run(), "aws:iam/rolePolicy:RolePolicy");
    assert.equal(inputs["role"], "role");
    const { Statement } = JSON.parse(inputs["policy"] as string);
    assert.deepEqual(
      Statement.map(({ Sid, Resource }: { Sid: string; Resource: string[] }) => [Sid, Resource]),
      [
        ["ScaleStream", ["arn:stream"]],
        ["ScaleApplication", ["arn:application"]],
      ],
    );
  });

  it("brings no policy where the scaler's role may scale it already", async () => {
    assert.deepEqual(resourcesOf(await run({ policy: false }), "aws:iam/rolePolicy:RolePolicy"), []);
  });

  it("makes a dimension's configuration last, when desired and state are there and the prefix has its owner", async () => {
    for (const kind of ["stream", "flink"]) {
      const { options } = resource(await run(), "aws:ssm/parameter:Parameter", `orders-${kind}-config`);
      for (const other of ["desired", "state"]) assert.ok(options.dependsOn.includes(`orders-${kind}-${other}`));
    }
  });

  it("may be called when all that is there", async () => {
    assert.equal((await run()).outputs["url"], "https://api/v1");
  });
});
