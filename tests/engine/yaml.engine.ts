import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { whatIsThere } from "./support/left";
import { layProgram } from "./support/project";
import { openStack, type Stack } from "./support/stack";

const root = path.resolve(__dirname, "../..");

describe("examples/yaml: a pipeline from a YAML program, its components built from this repository by the real engine", () => {
  let stack: Stack;
  const pulumi = "pulumi --cwd examples/yaml";

  before(async () => {
    stack = openStack("dev", {
      lay: (folder) => {
        layProgram(folder);
        for (const file of ["PulumiPlugin.yaml", "plugin.js"]) fs.copyFileSync(path.join(root, file), path.join(folder, file));
        const program = path.join(folder, "examples", "yaml");
        fs.cpSync(path.join(root, "examples", "yaml"), program, { recursive: true });
        fs.mkdirSync(path.join(program, "target"));
        fs.writeFileSync(path.join(program, "target", "orders.jar"), "jar");
      },
    });
    await stack.done(`${pulumi} stack init dev`);
    await stack.done(`${pulumi} config set aws:region us-east-1`);
  });
  after(() => stack.close());

  it("comes up running", async () => {
    await stack.done(`${pulumi} up --skip-preview`);
    await stack.advance(5);
    const { stdout } = await stack.done(`${pulumi} stack output --json`);
    const { streamName } = JSON.parse(stdout) as { streamName: string };
    assert.equal(stack.cloud.kinesis.look(streamName)?.openShards, 8);
    const { ListApplications } = await whatIsThere(stack.cloud);
    assert.deepEqual(
      (ListApplications as { ApplicationStatus: string }[]).map((one) => one.ApplicationStatus),
      ["RUNNING"],
    );
  });

  it("is destroyed, which leaves nothing", async () => {
    await stack.done(`${pulumi} destroy --skip-preview`);
    assert.deepEqual(await whatIsThere(stack.cloud), {});
  });
});
