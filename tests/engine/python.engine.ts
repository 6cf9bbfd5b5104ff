import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { startComponentPlugin } from "../support/componentPlugin";
import { whatIsThere } from "./support/left";
import { openStack, type Stack } from "./support/stack";

const program = `python3 ${path.join(__dirname, "python", "program.py")}`;

describe("a pipeline from an inline program in Python, on the real engine", () => {
  let stack: Stack;
  let plugin: Awaited<ReturnType<typeof startComponentPlugin>>;

  before(async () => {
    plugin = await startComponentPlugin();
    const lay = (folder: string) => fs.writeFileSync(path.join(folder, "orders.jar"), "jar");
    stack = openStack("test", { lay, others: { sluice: plugin.port } });
  });
  after(() => {
    stack.close();
    plugin.stop();
  });

  it("comes up running, and nothing more is to change", async () => {
    const { stdout } = await stack.done(`${program} up`);
    const { streamName, applicationName } = JSON.parse(stdout.trim().split("\n").at(-1)!) as Record<string, string>;
    await stack.advance(5);
    assert.equal(stack.cloud.kinesis.look(streamName!)?.openShards, 8);
    assert.equal(stack.cloud.flink.look(applicationName!)?.status, "RUNNING");
  });

  it("is destroyed, which leaves nothing", async () => {
    await stack.done(`${program} destroy`);
    assert.deepEqual(await whatIsThere(stack.cloud), {});
  });
});
