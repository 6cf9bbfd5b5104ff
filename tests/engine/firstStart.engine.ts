import * as assert from "node:assert/strict";
import { openStack, type Stack } from "./support/stack";

describe("an application whose first start fails, on the real engine", () => {
  let stack: Stack;
  before(async () => {
    stack = openStack("dev", { flink: { failingStarts: 3 } });
    await stack.done("pulumi stack init dev");
    await stack.done("pulumi config set sluice:codeBucket jobs");
    await stack.done("pulumi config set sluice:codeKey broken.jar");
  });
  after(() => stack.close());

  it("keeps nothing else from being made, and runs and scales after a pulumi up with another jar", async () => {
    await stack.done("pulumi up --skip-preview");
    const { applicationName } = await stack.outputs();
    const look = () => stack.cloud.flink.look(applicationName)!;
    await stack.traffic({ name: "more", rate: () => 14_000 });
    await stack.advance(20);
    assert.equal(look().status, "READY");

    await stack.done("pulumi config set sluice:codeKey mended.jar");
    await stack.done("pulumi up --skip-preview");
    await stack.advance(70);
    assert.equal(look().status, "RUNNING");
    assert.ok(look().kpus > 16, `${look().kpus} KPUs`);
  });
});
