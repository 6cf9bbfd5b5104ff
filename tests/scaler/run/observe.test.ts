import { strict as assert } from "node:assert";
import { capacityMetrics } from "../../../scaler/names";
import { minute, scenario, type Scenario } from "../scenario";

const changing = ["UpdateShardCount", "SplitShard", "MergeShards", "UpdateApplication"] as const;

async function opened(setup: Parameters<typeof scenario>[0]): Promise<Scenario> {
  const one = scenario(setup);
  await one.run();
  one.lines.length = 0;
  return one;
}

const callsOf = (one: Scenario) => changing.map((call) => one.aws.called(call).length);
const told = (one: Scenario, id: string) =>
  one
    .decisions(id)
    .filter(({ action }) => action === "observe")
    .map(({ from, target, call }) => [from, target, call]);

describe("a pipeline of which one dimension observes", () => {
  it("doesn't let the acting application wait for the observing stream", async () => {
    const one = await opened({ stream: { mode: "observe" } });
    await one.patch("dev-stream", 16);
    await one.patch("dev-flink", 8);
    await one.run();
    assert.deepEqual(callsOf(one), [0, 0, 0, 1]);
    assert.deepEqual(told(one, "dev-stream"), [[8, 16, "UpdateShardCount"]]);
    await one.runs(30);
    assert.deepEqual(callsOf(one), [0, 0, 0, 1]);
    assert.equal((await one.get("dev-flink")).answer.actualCapacity, 8);
  });

  it("doesn't let the acting stream wait for the observing application", async () => {
    const one = await opened({ flink: { mode: "observe" } });
    await one.patch("dev-flink", 2);
    await one.patch("dev-stream", 6);
    await one.run();
    assert.deepEqual(callsOf(one), [1, 0, 0, 0]);
    assert.deepEqual(told(one, "dev-flink"), [[4, 2, "UpdateApplication"]]);
  });

  it("keeps the turn of what really is at work: another hand's reshard of the observing stream", async () => {
    const one = await opened({ stream: { mode: "observe" } });
    one.aws.streams["orders"]!.status = "UPDATING";
    await one.patch("dev-flink", 8);
    await one.run();
    assert.deepEqual(callsOf(one), [0, 0, 0, 0]);
    one.aws.streams["orders"]!.status = "ACTIVE";
    await one.run();
    assert.deepEqual(callsOf(one), [0, 0, 0, 1]);
  });

  it("spends none of the day's updates on what is told", async () => {
    const one = await opened({ stream: { mode: "observe", updatesPerDay: 2 } });
    for (const shards of [16, 8, 16, 8, 2]) {
      await one.patch("dev-stream", shards);
      await one.runs(2);
    }
    assert.deepEqual(
      told(one, "dev-stream").map(([, to]) => to),
      [16, 8, 16, 8, 2],
    );
    assert.equal(one.metrics(capacityMetrics.updatesLeft, "dev-stream").at(-1)?.value, 2);
  });
});

describe("a dimension in observe mode", () => {
  it("is scaled in to between what is there and what was asked for", async () => {
    const one = await opened({ stream: { mode: "observe" } });
    await one.patch("dev-stream", 14);
    await one.run();
    const { answer } = await one.patch("dev-stream", 10);
    assert.deepEqual([answer.actualCapacity, answer.desiredCapacity, answer.scalingStatus], [10, 10, "Successful"]);
    await one.run();
    assert.deepEqual(told(one, "dev-stream").at(-1), [14, 10, "UpdateShardCount"]);
    const accepted = one.decisions("dev-stream").filter(({ action }) => action === "accept");
    assert.deepEqual(
      accepted.map(({ from, actual }) => [from, actual]),
      [
        [8, 8],
        [14, 8],
      ],
    );
  });

  it("counts each change that it tells once, and none in act mode", async () => {
    const one = await opened({ stream: { mode: "observe" } });
    await one.patch("dev-stream", 14);
    await one.runs(5);
    const values = (id: string) => one.metrics(capacityMetrics.observed, id).map(({ value }) => value);
    assert.deepEqual(values("dev-stream"), [1, 0, 0, 0, 0]);
    assert.deepEqual(values("dev-flink"), []);
    assert.ok(one.metrics(capacityMetrics.changes).every(({ value }) => value === 0));
  });

  it("ends a request at once also where a plan of act mode stands still, and lets the plan be", async () => {
    const one = await opened({ flink: false, stream: { updatesPerDay: 0 } });
    await one.patch("dev-stream", 12);
    await one.run();
    one.configure("dev-stream", { mode: "observe" });
    await one.runs(5);
    assert.deepEqual(callsOf(one), [0, 1, 0, 0]);
    const { answer } = await one.get("dev-stream");
    assert.deepEqual([answer.actualCapacity, answer.scalingStatus], [12, "Successful"]);
  });

  it("answers InProgress while a change that act mode began goes on, and follows it to its end", async () => {
    const one = await opened({ flink: false });
    await one.patch("dev-stream", 12);
    await one.run();
    one.configure("dev-stream", { mode: "observe" });
    await one.run();
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "InProgress");
    await one.runs(2);
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Successful");
    assert.deepEqual([one.decisions().at(-1)?.action, one.state("dev-stream").actual], ["done", 12]);
    assert.deepEqual([callsOf(one), told(one, "dev-stream")], [[1, 0, 0, 0], []]);
  });

  it("carries out nothing of what was asked for when act mode begins, and what is asked for then", async () => {
    const one = await opened({ flink: false, stream: { mode: "observe" } });
    await one.patch("dev-stream", 20);
    await one.runs(60);
    one.configure("dev-stream", { mode: "act" });
    await one.runs(5);
    assert.deepEqual(callsOf(one), [0, 0, 0, 0]);
    const { answer } = await one.get("dev-stream");
    assert.deepEqual([answer.actualCapacity, answer.desiredCapacity, answer.scalingStatus], [8, 8, "Failed"]);
    assert.equal(one.metrics(capacityMetrics.desired).at(-1)?.value, 8);
    one.now += 60 * minute;
    await one.run();
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Successful");
    await one.patch("dev-stream", 12);
    await one.runs(3);
    assert.equal(one.state("dev-stream").actual, 12);
  });
});
