import { strict as assert } from "node:assert";
import { awsError } from "../fakeAws";
import { minute, scenario } from "../scenario";
import type { Scenario } from "../scenario";

/** A stream whose day's updates are spent. */
async function spent(shards: number, setup: Parameters<typeof scenario>[0] = { flink: false }): Promise<Scenario> {
  const one = scenario({ ...setup, shards, stream: { updatesPerDay: 0, ...setup.stream } });
  await one.run();
  return one;
}

function widths(one: Scenario): bigint[] {
  const shards = one.aws.streams["orders"]?.shards ?? [];
  return shards.map(({ first }, i) => (shards[i + 1]?.first ?? 2n ** 128n) - first);
}

function assertEqual(one: Scenario, count: number): void {
  const all = widths(one);
  assert.equal(all.length, count);
  for (const width of all) assert.ok(width - 2n ** 128n / BigInt(count) < 10n && width - 2n ** 128n / BigInt(count) > -10n);
}

function calls(one: Scenario): number {
  return one.aws.called("SplitShard").length + one.aws.called("MergeShards").length;
}

describe("the second road, when the day's updates are spent and the stream must grow", () => {
  it("turns 4 equal shards into 6 by 6 calls, one at a time, and none of them is UpdateShardCount", async () => {
    const one = await spent(4);
    await one.patch("dev-stream", 6);
    await one.runs(12);
    assert.equal(calls(one), 6);
    assert.equal(one.aws.called("UpdateShardCount").length, 0);
    assertEqual(one, 6);
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Successful");
    assert.equal(one.state("dev-stream").plan, undefined);
  });

  it("is InProgress until the ranges are equal, also while the count is what is desired", async () => {
    const one = await spent(4);
    await one.patch("dev-stream", 6);
    await one.runs(3);
    const { answer } = await one.get("dev-stream");
    assert.deepEqual([answer.actualCapacity, answer.scalingStatus], [6, "InProgress"]);
  });

  it("waits for ACTIVE between two calls", async () => {
    const one = await spent(4);
    await one.patch("dev-stream", 8);
    for (let i = 0; i < 5; i++) await one.run();
    assert.equal(calls(one), 1);
  });

  it("is not taken while an update is left, nor to scale in", async () => {
    const left = await spent(4, { flink: false, stream: { updatesPerDay: 1 } });
    await left.patch("dev-stream", 8);
    await left.runs(3);
    assert.deepEqual([left.aws.called("UpdateShardCount").length, calls(left)], [1, 0]);
    const inwards = await spent(8);
    await inwards.patch("dev-stream", 4);
    await inwards.runs(3);
    assert.equal(calls(inwards), 0);
  });

  it("goes on by splits where the ladder's updates end", async () => {
    const one = await spent(4, { flink: false, stream: { updatesPerDay: 1 } });
    await one.patch("dev-stream", 12);
    await one.runs(20);
    assert.equal(one.aws.called("UpdateShardCount").length, 1);
    assertEqual(one, 12);
  });

  it("goes on from where it is when the run is interrupted between any two calls", async () => {
    for (let crashAt = 0; crashAt < 60; crashAt++) {
      const one = await spent(4);
      await one.patch("dev-stream", 6);
      let count = 0;
      one.aws.before = () => {
        if (count++ === crashAt) throw Object.assign(new Error("the Lambda was stopped"), { name: "Crash" });
      };
      await one.runs(25);
      assertEqual(one, 6);
      assert.ok(calls(one) <= 7, `${calls(one)} calls`);
      assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Successful");
    }
  });

  it("never sends a split again because its answer was lost", async () => {
    const one = await spent(4);
    await one.patch("dev-stream", 8);
    one.aws.faults.push({ operation: "SplitShard", error: awsError("TimeoutError"), when: "after", times: 1 });
    await one.runs(12);
    assert.equal(calls(one), 4);
    assertEqual(one, 8);
  });

  it("never sends a split again while the stream may still not show it", async () => {
    const one = await spent(4);
    await one.patch("dev-stream", 5);
    one.aws.faults.push({ operation: "SplitShard", error: awsError("TimeoutError"), when: "after", times: 1 });
    await one.run();
    const stream = one.aws.streams["orders"];
    const then = stream?.then;
    if (stream) Object.assign(stream, { status: "ACTIVE", then: undefined });
    await one.run();
    assert.equal(calls(one), 1);
    if (stream && then) stream.shards = then;
    await one.run();
    assert.equal(one.aws.called("SplitShard").length, 2, "goes on with the next step");
    assert.notEqual(one.aws.called("SplitShard")[1]?.["ShardToSplit"], one.aws.called("SplitShard")[0]?.["ShardToSplit"]);
  });

  it("follows a desired that changes on the way, back to where it began at the least", async () => {
    const up = await spent(4);
    await up.patch("dev-stream", 6);
    await up.runs(3);
    await up.patch("dev-stream", 10);
    await up.runs(30);
    assertEqual(up, 10);
    const back = await spent(4);
    await back.patch("dev-stream", 8);
    await back.runs(2);
    assert.equal((await back.patch("dev-stream", 1)).answer.desiredCapacity, 4);
    await back.runs(8);
    assertEqual(back, 4);
  });

  it("fails what is refused, and makes the ranges equal when it is allowed again", async () => {
    const one = await spent(4);
    await one.patch("dev-stream", 6);
    await one.runs(2);
    const fault = {
      operation: "SplitShard",
      error: awsError("LimitExceededException", "exceed the shard limit for the account"),
    };
    one.aws.faults.push(fault);
    await one.runs(2);
    const { answer } = await one.get("dev-stream");
    assert.deepEqual([answer.scalingStatus, answer.desiredCapacity], ["Failed", answer.actualCapacity]);
    one.aws.faults.length = 0;
    await one.runs(40);
    assertEqual(one, answer.actualCapacity);
  });

  it("lets the application rescale between two calls when its lag is beyond its limit", async () => {
    const lag = { namespace: "AWS/KinesisAnalytics", metricName: "millisBehindLatest", dimensions: { Application: "enrich" } };
    const order: string[] = [];
    for (const milliseconds of [1_000, 400_000]) {
      const one = await spent(4, { flink: { lag, lagLimitSeconds: 300 } });
      one.aws.lag = { milliseconds, at: one.now };
      await one.patch("dev-stream", 6);
      await one.patch("dev-flink", 8);
      await one.runs(20);
      order.push(
        one.aws.calls
          .map(({ operation }) => operation)
          .filter((name) => /^(UpdateApplication|SplitShard|MergeShards)$/.test(name))
          .map((name) => name[0])
          .join(""),
      );
    }
    assert.deepEqual(order, ["SSSSMMU", "USSSSMM"]);
  });

  it("uses UpdateShardCount again when the day's window frees one", async () => {
    const one = await spent(4, { flink: false, stream: { updatesPerDay: 1 } });
    await one.patch("dev-stream", 8);
    await one.runs(3);
    one.now += 1_441 * minute;
    await one.patch("dev-stream", 16);
    await one.runs(3);
    assert.equal(one.aws.called("UpdateShardCount").length, 2);
    assertEqual(one, 16);
  });
});
