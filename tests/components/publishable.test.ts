import * as assert from "node:assert/strict";
import * as path from "node:path";
// Semi-internal: what `pulumi package get-schema` runs. The version of @pulumi/pulumi is pinned.
import { Analyzer, type ComponentDefinition } from "@pulumi/pulumi/provider/experimental/analyzer";
import { componentNames } from "../support/componentNames";

const folder = path.resolve(__dirname, "../support/publishable");

describe("components can be published to other languages", () => {
  let components: Record<string, ComponentDefinition>;
  let described: Record<string, { properties?: Record<string, { description?: string }> }>;

  before(function () {
    this.timeout(60_000);
    const main = "../../../components/index.ts";
    const schema = new Analyzer(folder, "sluice", { name: "sluice", main }, new Set(componentNames)).analyze();
    components = schema.components;
    described = schema.typeDefinitions;
  });

  it("arguments and outputs keep to what a schema can say: no unions, callbacks, tuples or inline types", () => {
    assert.deepEqual(Object.keys(components).sort(), componentNames);
  });

  it("outputs are these and no private field leaks among them", () => {
    const outputs = Object.entries(components).map(([name, { outputs }]) => [name, Object.keys(outputs).sort()]);
    assert.deepEqual(Object.fromEntries(outputs), {
      DataStream: ["customerKeyArn", "streamArn", "streamName"],
      FlinkApplication: ["applicationArn", "applicationName", "logGroupName"],
      KpuScaling: ["alarmArns", "resourceId"],
      OperationalAlarms: ["alarmArns", "topicArn"],
      OverviewDashboard: ["dashboardName", "url"],
      Pipeline: [
        "alarmTopicArn",
        "applicationArn",
        "applicationLogGroup",
        "applicationName",
        "dashboardUrl",
        "endpoint",
        "overview",
        "scaler",
        "scaling",
        "streamArn",
        "streamName",
      ],
      PipelineDashboard: ["dashboardArn", "dashboardName", "url"],
      Pipelines: ["dashboardUrl", "endpoint", "pipelines", "scaler"],
      Scaler: ["functionName", "logGroupName", "roleName", "scalerName", "url"],
      ShardScaling: ["alarmArns", "resourceId"],
    });
  });

  it("every argument of the pipeline's components is described", () => {
    for (const [name, { inputs }] of Object.entries(components))
      if (name !== "PipelineDashboard")
        for (const [input, { description }] of Object.entries(inputs)) assert.ok(description, `${name}.${input}`);
    for (const [type, { properties = {} }] of Object.entries(described))
      if (/Args$|^Step|^PipelineNames$|^SharedScaler$/.test(type) && type !== "DimensionPanelArgs")
        for (const [property, { description }] of Object.entries(properties)) assert.ok(description, `${type}.${property}`);
  });
});
