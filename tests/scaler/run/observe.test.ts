import { strict as assert } from "node:assert";
import * as fc from "fast-check";
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

describe("modes that change while things are asked for", () => {
  const ids = ["dev-stream", "dev-flink"] as const;
  const step = fc.record({
    id: fc.constantFrom(...ids),
    what: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 20 }) }, fc.constantFrom("mode", "complete", "pass")),
  });

  it("make no call in a dimension that observes, and all comes to rest at what is answered", async () => {
    const holds = async (steps: { id: (typeof ids)[number]; what: number | string }[]) => {
      const one = await opened({ stream: { updatesPerDay: 3 } });
      const modes: Record<(typeof ids)[number], "act" | "observe"> = { "dev-stream": "act", "dev-flink": "act" };
      for (const { id, what } of steps) {
        if (what === "mode") one.configure(id, { mode: (modes[id] = modes[id] === "act" ? "observe" : "act") });
        if (what === "complete") one.aws.complete();
        if (typeof what === "number") await one.patch(id, what);
        const before = callsOf(one);
        await one.run();
        const begun = callsOf(one).map((count, i) => count > (before[i] ?? 0));
        assert.ok(modes["dev-stream"] === "act" || !begun.slice(0, 3).includes(true));
        assert.ok(modes["dev-flink"] === "act" || !begun[3]);
      }
      await one.runs(60);
      for (const id of ids) {
        const { actualCapacity, desiredCapacity, scalingStatus } = (await one.get(id)).answer;
        assert.equal(actualCapacity, desiredCapacity);
        assert.match(scalingStatus, /^(Successful|Failed)$/);
        if (modes[id] === "act") assert.equal(one.state(id).actual, desiredCapacity);
      }
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), holds), { numRuns: 40, seed: 20_261_129 });
  }).timeout(30_000);
});
