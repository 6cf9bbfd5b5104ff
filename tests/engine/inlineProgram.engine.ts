import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { LocalWorkspace, type Stack as AutomationStack } from "@pulumi/pulumi/automation";
import { Pipeline } from "../../components";
import { whatIsThere } from "./support/left";
import { openStack, type Stack } from "./support/stack";

describe("a pipeline in two values from an inline program of the Automation API, on the real engine", () => {
  let stack: Stack;
  let inline: AutomationStack;

  before(async () => {
    stack = openStack("test", { lay: (folder) => fs.writeFileSync(path.join(folder, "orders.jar"), "jar") });
    const program = async () => {
      const codeJar = path.join(stack.folder, "orders.jar");
      const { streamName, applicationName } = new Pipeline("orders", {
        application: { codeJar, recordsPerKpuPerMinute: 30_000 },
      });
      return { streamName, applicationName };
    };
    inline = await LocalWorkspace.createStack(
      { stackName: "test", projectName: "shop", program },
      { workDir: stack.folder, envVars: (await stack.environment()) as Record<string, string> },
    );
    await inline.setConfig("aws:region", { value: "us-east-1" });
  });
  after(() => stack.close());

  it("comes up running", async () => {
    const { outputs } = await inline.up();
    await stack.advance(5);
    assert.equal(stack.cloud.flink.look(String(outputs["applicationName"]!.value))?.status, "RUNNING");
    assert.equal(stack.cloud.kinesis.look(String(outputs["streamName"]!.value))?.openShards, 8);
  });

  it("is previewed without a change", async () => {
    await inline.preview({ expectNoChanges: true });
  });

  it("is destroyed, and nothing is left", async () => {
    await inline.destroy();
    assert.deepEqual(await whatIsThere(stack.cloud), {});
  });
});
