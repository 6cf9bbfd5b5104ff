import * as assert from "node:assert/strict";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { GetSchemaRequest } from "@pulumi/pulumi/proto/provider_pb";
import { startComponentPlugin } from "../support/componentPlugin";
import { componentNames } from "../support/componentNames";

interface Schema {
  name: string;
  version: string;
  resources: Record<
    string,
    { isComponent: boolean; inputProperties: object; requiredInputs?: string[]; properties: object; required?: string[] }
  >;
  types: Record<string, { properties?: Record<string, { description?: string }>; required?: string[] }>;
}

function schemaOf(port: number): Promise<Schema> {
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  return new Promise((resolve, reject) =>
    client.getSchema(new GetSchemaRequest(), (error: Error | null, response: { getSchema(): string }) => {
      client.close();
      if (error) reject(error);
      else resolve(JSON.parse(response.getSchema()) as Schema);
    }),
  );
}

describe("the components as a plugin, for YAML, Python, Go and others", function () {
  this.timeout(120_000);
  let plugin: Awaited<ReturnType<typeof startComponentPlugin>>;
  let schema: Schema;

  before(async () => {
    plugin = await startComponentPlugin();
    schema = await schemaOf(plugin.port);
  });

  after(() => plugin.stop());

  it("has a resource for each component", () => {
    assert.deepEqual(
      Object.keys(schema.resources).sort(),
      componentNames.map((name) => `sluice:index:${name}`),
    );
    for (const resource of Object.values(schema.resources)) assert.equal(resource.isComponent, true);
  });

  it("needs of a pipeline what its user alone knows", () => {
    const pipeline = schema.resources["sluice:index:Pipeline"]!;
    assert.deepEqual(pipeline.requiredInputs, ["application"]);
    assert.deepEqual(schema.types["sluice:index:PipelineApplicationArgs"]?.required, ["recordsPerKpuPerMinute"]);
    for (const name of ["dashboardUrl", "endpoint", "scaler", "streamArn"]) assert.ok(name in pipeline.properties, name);
  });

  it("describes every argument of a pipeline, down to a step of a scaling policy", () => {
    for (const [type, { properties = {} }] of Object.entries(schema.types))
      for (const [property, { description }] of Object.entries(properties))
        if (!/DimensionPanelArgs|DashboardPrices|Metric/.test(type)) assert.ok(description, `${type}.${property}`);
  });
});
