import * as assert from "node:assert/strict";
import { errorsIn } from "./support/errors";
import { initialise, openStack, type Stack } from "./support/stack";

describe("a pulumi up while the scaler acts between what the engine reads and what it changes", () => {
  let stack: Stack;
  let rate = 6_000;
  const look = () => {
    const { kinesis, flink } = stack.cloud;
    return { stream: kinesis.look("sluice-dev")!, application: flink.look("sluice-dev")! };
  };
  const capacities = () => [look().stream.openShards, look().application.kpus];
  /** Lets the scaler work until it has begun to change the one or the other. */
  const untilChanging = async (of: "stream" | "application") => {
    const { clock } = stack.cloud;
    const changing = () => (of === "stream" ? look().stream.status === "UPDATING" : look().application.status === "UPDATING");
    const limit = clock.now() + 3_600_000;
    while (!changing() && clock.now() < limit) await clock.advanceTo(clock.now() + 10_000);
    assert.ok(changing(), `the ${of} isn't scaled`);
  };

  before(async () => {
    stack = openStack("dev");
    await initialise(stack, "dev");
    await stack.done("pulumi up --skip-preview");
    await stack.traffic({ name: "given", rate: () => rate });
    await stack.advance(30);
  });
  after(() => stack.close());

  /** A changed key, deployed when the scaler has just begun to change what the key is about. */
  const meets = async (key: string, operation: string, of: "stream" | "application", refusal: RegExp) => {
    await stack.done(`pulumi config set ${key}`);
    stack.before(operation, () => untilChanging(of));
    const { code, stdout, stderr } = await stack.run("pulumi up --skip-preview");
    assert.notEqual(code, 0);
    const errors = errorsIn(stdout + stderr).map((lines) => lines.join(" "));
    const [said, ...more] = errors.filter((error) => error !== "error: update failed");
    assert.match(said ?? "", refusal);
    assert.deepEqual(more, []);
    await stack.advance(30);
    const scaled = capacities();
    await stack.done("pulumi up --skip-preview");
    await stack.advance(5);
    assert.deepEqual(capacities(), scaled);
    await stack.done("pulumi preview --expect-no-changes");
  };

  it("fails with one clear error at the application; the next one completes it and changes no capacity", async () => {
    rate = 12_000;
    const refusal = /(ConcurrentModification|ResourceInUse)Exception/;
    await meets("sluice:checkpointIntervalSeconds 30", "UpdateApplication", "application", refusal);
  });

  it("fails with one clear error at the stream; the next one completes it and changes no capacity", async () => {
    rate = 24_000;
    await meets("sluice:retentionHours 48", "IncreaseStreamRetentionPeriod", "stream", /ResourceInUseException/);
    assert.equal(look().stream.retentionHours, 48);
  });

  it("doesn't fail where scaling was suspended before", async () => {
    await stack.done("pulumi config set --path 'sluice:suspended[0]' out");
    await stack.done("pulumi config set --path 'sluice:suspended[1]' in");
    await stack.done("pulumi up --skip-preview");
    const before = capacities();
    rate = 2_000;
    await stack.done("pulumi config set sluice:checkpointIntervalSeconds 60");
    stack.before("UpdateApplication", () => stack.advance(60));
    await stack.done("pulumi up --skip-preview");
    assert.deepEqual(capacities(), before);
  });
});
