import { strict as assert } from "node:assert";
import { anotherHand } from "../../../scaler/decide/anotherHand";
import type { Look } from "../../../scaler/decide/types";
import type { DimensionState } from "../../../scaler/types";
import { equalShards } from "../fakeAws";
import { minute, scenario, start, streamConfig } from "../scenario";
import type { Scenario } from "../scenario";

function move(one: Scenario, shards: number): void {
  const stream = one.aws.streams["orders"];
  assert.ok(stream);
  stream.shards = equalShards(shards, `by-hand-${one.now}`);
}

async function at(shards: number): Promise<Scenario> {
  const one = scenario({ shards, flink: false });
  await one.run();
  return one;
}

describe("a capacity that another hand moved", () => {
  it("above desired is adopted", async () => {
    const one = await at(8);
    move(one, 12);
    await one.runs(3);
    const { answer } = await one.get("dev-stream");
    assert.deepEqual([answer.scalingStatus, answer.actualCapacity, answer.desiredCapacity], ["Successful", 12, 12]);
    assert.equal(one.aws.called("UpdateShardCount").length, 0);
    assert.equal(one.decisions().at(-1)?.reason, "another hand moved orders from 8 to 12, above desired (8): adopted");
  });

  it("above the maximum is brought back to the maximum", async () => {
    const one = scenario({ shards: 8, flink: false, stream: { max: 10 } });
    await one.run();
    move(one, 16);
    await one.runs(3);
    assert.equal((await one.get("dev-stream")).answer.actualCapacity, 10);
  });

  it("below desired is put back once", async () => {
    const one = await at(8);
    move(one, 4);
    await one.run();
    assert.deepEqual(
      one.aws.called("UpdateShardCount").map(({ TargetShardCount }) => TargetShardCount),
      [8],
    );
    assert.equal(
      one.decisions().find(({ action }) => action === "putBack")?.reason,
      "another hand moved orders from 8 to 4, below desired (8): put back once",
    );
  });

  it("below desired again within the hour is adopted and reported", async () => {
    const one = await at(8);
    move(one, 4);
    await one.runs(2);
    move(one, 5);
    await one.runs(3);
    assert.equal(one.aws.called("UpdateShardCount").length, 1);
    assert.equal((await one.get("dev-stream")).answer.desiredCapacity, 5);
    assert.match(one.decisions().at(-1)?.reason ?? "", /for the second time within an hour: adopted. Find out who does it/);
  });

  it("below desired an hour later is put back again", async () => {
    const one = await at(8);
    move(one, 4);
    await one.runs(61);
    move(one, 4);
    await one.runs(2);
    assert.equal(one.aws.called("UpdateShardCount").length, 2);
  });

  it("is not put back while an update of another hand runs", async () => {
    const one = await at(8);
    move(one, 4);
    const stream = one.aws.streams["orders"];
    if (stream) stream.status = "UPDATING";
    await one.run();
    await one.run();
    assert.equal(one.aws.called("UpdateShardCount").length, 0);
    if (stream) stream.status = "ACTIVE";
    await one.run();
    assert.equal(one.aws.called("UpdateShardCount").length, 1);
  });

  it("between actual and desired doesn't keep it from going to desired", async () => {
    const one = await at(4);
    await one.patch("dev-stream", 16);
    await one.run();
    const stream = one.aws.streams["orders"];
    if (stream) Object.assign(stream, { status: "ACTIVE", then: undefined, shards: equalShards(6, "x") });
    // Four minutes in which our own change may not be visible yet.
    await one.runs(9);
    assert.equal((await one.get("dev-stream")).answer.actualCapacity, 16);
  });

  it("is adopted in observe mode, whatever it is", async () => {
    const one = scenario({ shards: 8, flink: false, stream: { mode: "observe" } });
    await one.run();
    move(one, 3);
    await one.runs(2);
    assert.equal((await one.get("dev-stream")).answer.desiredCapacity, 3);
  });

  it("never brings back a desired from before: a newer PATCH alone does", async () => {
    const one = await at(8);
    await one.patch("dev-stream", 10);
    await one.runs(3);
    move(one, 20);
    await one.runs(2);
    assert.equal((await one.get("dev-stream")).answer.desiredCapacity, 20);
    one.now += 5 * 60 * minute;
    await one.runs(2);
    assert.equal((await one.get("dev-stream")).answer.desiredCapacity, 20);
    await one.patch("dev-stream", 10);
    await one.runs(2);
    assert.equal((await one.get("dev-stream")).answer.actualCapacity, 10);
  });
});

describe("what a move by another hand means", () => {
  const moves: [before: number, actual: number, desired: number, action: string, what: string][] = [
    [8, 12, 8, "adopt", "above desired, where desired had been reached"],
    [8, 20, 16, "adopt", "past desired, on the way up"],
    [20, 12, 8, "wait", "towards desired, on the way down"],
    [8, 16, 16, "wait", "to desired itself"],
    [8, 12, 16, "wait", "towards desired, on the way up"],
    [8, 4, 16, "wait", "away from desired, on the way up"],
    [12, 20, 8, "adopt", "away from desired, on the way down"],
    [12, 8, 8, "wait", "to desired itself, from above"],
    [16, 12, 16, "putBack", "below desired, where desired had been reached"],
    [20, 12, 16, "putBack", "past desired, on the way down"],
  ];
  const look = (mode: "act" | "observe" = "act", onDemand = false) =>
    ({
      ...{ id: "dev-stream", kind: "stream", key: "1:0", now: start, state: {}, sight: { onDemand } },
      config: { ...streamConfig, mode },
    }) as unknown as Look;
  const judged = (looked: Look, state: DimensionState, desired: number, actual: number) => {
    const verdict = anotherHand({ look: looked, state, desired, actual, notes: [], failedUpdates: 0 });
    const [note = assert.fail()] = verdict.notes;
    return { ...verdict, note };
  };

  for (const [before, actual, desired, action, what] of moves) {
    it(`is ${action} for ${before} to ${actual} with ${desired} desired: ${what}`, () => {
      const { state, note } = judged(look(), { actual: before }, desired, actual);
      assert.equal(note.action, action);
      assert.equal(state.settled?.desired, action === "adopt" ? actual : undefined);
      assert.equal(state.putBackAt, action === "putBack" ? start : undefined);
    });
  }

  it("is told with both counts and desired", () => {
    const reason = (desired: number, mode?: "observe", onDemand?: boolean) =>
      judged(look(mode, onDemand), { actual: 8 }, desired, 4).note.reason;
    assert.equal(judged(look(), { actual: 8 }, 16, 12).note.reason, "another hand moved orders from 8 to 12; desired stays 16");
    assert.equal(
      reason(8, "observe"),
      "another hand moved orders from 8 to 4, below desired (8): adopted, because observe mode changes nothing",
    );
    assert.equal(
      reason(8, undefined, true),
      "another hand moved orders from 8 to 4: adopted, for AWS scales a stream in on-demand mode",
    );
  });

  it("is put back again an hour after the last time, not a moment before", () => {
    const after = (ms: number) => judged(look(), { actual: 8, putBackAt: start - ms }, 8, 4).note.action;
    assert.deepEqual([after(60 * minute - 1), after(60 * minute)], ["adopt", "putBack"]);
  });

  it("is nothing where nothing is known of before", () => {
    assert.equal(judged(look(), {}, 8, 4).note.action, "wait");
  });
});
