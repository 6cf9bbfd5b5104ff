import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Scaler } from "../../components";
import { createCloud } from "../../sandbox/createCloud";
import { createProvider } from "../../sandbox/deploy/provider";
import { runProgram } from "../../sandbox/deploy/pulumiRuntime";

/** A program with one scaler, as another project or another name may have it. */
async function up(cloud: ReturnType<typeof createCloud>, name: string, stack: string): Promise<void> {
  const provider = createProvider(cloud, cloud.deployer);
  await runProgram({
    project: "sluice",
    stack,
    config: { "aws:region": cloud.region },
    program: () => {
      const scaler = new Scaler(name, { scalerName: stack });
      return { url: pulumi.output(scaler.url) };
    },
    engine: {
      async register({ type, name: logical, custom, inputs }) {
        if (!custom) return { id: logical, state: inputs };
        return provider.create(type, logical, inputs);
      },
      invoke: (token, inputs) => provider.invoke(token, inputs),
    },
  });
}

describe("two scalers", function () {
  this.timeout(30_000);

  it("that would share a prefix are refused at deployment, and other stacks beside them are not", async () => {
    const cloud = createCloud({ start: Date.UTC(2026, 2, 2), seed: 1, region: "us-east-1" });
    await up(cloud, "orders", "dev");
    await assert.rejects(up(cloud, "clicks", "dev"), /(parameter|log group) already exists/i);
    await up(cloud, "views", "views");
  });
});
