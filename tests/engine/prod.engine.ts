import * as assert from "node:assert/strict";
import { errorsIn } from "./support/errors";
import { whatIsThere } from "./support/left";
import { initialise, openStack, type Stack } from "./support/stack";

describe("the life of the stack prod on the real engine, whose stream and application are protected", () => {
  let stack: Stack;
  const refused = async (line: string) => {
    const { code, stdout, stderr } = await stack.run(line);
    assert.notEqual(code, 0, line);
    assert.doesNotMatch(stdout + stderr, /^\s+at /m);
    return stdout + stderr;
  };
  const isThere = () => {
    assert.equal(stack.cloud.kinesis.look("sluice-prod")?.openShards, 8);
    assert.equal(stack.cloud.flink.look("sluice-prod")?.kpus, 16);
  };

  before(async () => {
    stack = openStack("prod");
    await initialise(stack, "prod");
  });
  after(() => stack.close());

  it("begins with a preview that makes nothing, and pulumi up, after which nothing is left to change", async () => {
    assert.deepEqual([...new Set(Object.values(await stack.plan()))], ["create"]);
    assert.deepEqual(await whatIsThere(stack.cloud), {});
    await stack.done("pulumi up --skip-preview");
    await stack.advance(5);
    await stack.done("pulumi preview --expect-no-changes");
    await stack.done("pulumi refresh");
    await stack.done("pulumi preview --expect-no-changes");
    isThere();
  });

  it("replaces neither, whatever name they are given", async () => {
    const said = await refused("pulumi up --config sluice:streamName=another --config sluice:applicationName=another");
    const errors = errorsIn(said).map((lines) => lines.join(" "));
    for (const resource of [
      "aws:kinesis/stream:Stream::prod-stream",
      "aws:kinesisanalyticsv2/application:Application::prod-flink-application",
    ])
      assert.ok(
        errors.some(
          (error) =>
            error.startsWith("error: unable to replace") &&
            error.includes(`${resource}" as it is currently marked for protection`),
        ),
        errors.join("\n"),
      );
    isThere();
    await stack.done("pulumi config rm sluice:streamName");
    await stack.done("pulumi config rm sluice:applicationName");
    await stack.done("pulumi preview --expect-no-changes");
  });

  it("isn't destroyed: Pulumi says what to do, and nothing is gone", async () => {
    const before = await whatIsThere(stack.cloud);
    const said = await refused("pulumi destroy");
    assert.match(said, /cannot be deleted\s+because it is protected\..*or use the command:\s+`pulumi state unprotect /);
    assert.deepEqual(await whatIsThere(stack.cloud), before);
  });

  it("is destroyed once protect is false, and leaves nothing", async () => {
    await stack.done("pulumi up --skip-preview --config sluice:protect=false");
    await stack.done("pulumi destroy --skip-preview");
    assert.deepEqual(await whatIsThere(stack.cloud), {});
  });

  it("begins anew in the same way, and pulumi state unprotect lets it be destroyed, too", async () => {
    await stack.done("pulumi config set sluice:protect true");
    await stack.done("pulumi up --skip-preview");
    await stack.advance(5);
    await stack.done("pulumi preview --expect-no-changes");
    isThere();
    await stack.done("pulumi state unprotect --all --yes");
    await stack.done("pulumi destroy --skip-preview");
    assert.deepEqual(await whatIsThere(stack.cloud), {});
  });
});
