import { strict as assert } from "node:assert";
import { decide } from "../../../scaler/decide/decide";
import type { DimensionConfig, DimensionState } from "../../../scaler/types";
import { flinkConfig, minute, start, streamConfig } from "../scenario";
import { key, lookOf, settled, streamChange, words } from "./looks";

const active = { status: "ACTIVE", shards: 8, onDemand: false };
const running = { status: "RUNNING", kpus: 8, parallelismPerKpu: 1, version: 4, token: "token" };
const observer: DimensionConfig = { ...streamConfig, mode: "observe" };

const observed = (sight: object, desired: number, state: DimensionState = {}, config: DimensionConfig = observer) =>
  decide(lookOf(config, sight, { actual: 8, settled: settled(desired), ...state }));

describe("observe mode", () => {
  it("says once what it would do, and does nothing", () => {
    const would = observed(active, 12);
    assert.deepEqual(words(would), [
      "observe: observe mode: would call UpdateShardCount from 8 to 12; nothing is changed, 8 are there",
    ]);
    assert.deepEqual([would.wish, would.obstacle, would.busy, would.state.noted], [undefined, undefined, undefined, 12]);
    assert.deepEqual(would.would, { call: "UpdateShardCount", from: 8, target: 12, begins: true });
    const again = observed(active, 12, { noted: 12 });
    assert.deepEqual([words(again), again.would, again.state.noted], [[], undefined, 12]);
  });

  it("says it of an application by its own call", () => {
    const would = observed(running, 12, {}, { ...flinkConfig, mode: "observe" });
    assert.deepEqual(words(would), [
      "observe: observe mode: would call UpdateApplication from 8 to 12; nothing is changed, 8 are there",
    ]);
    const far = observed(running, 32, {}, { ...flinkConfig, mode: "observe" });
    assert.match(words(far).join(), /from 8 to 32; nothing/, "one update goes any way");
  });

  it("says what the bounds would have it do with the capacity that it finds", () => {
    assert.deepEqual(words(decide(lookOf(observer, { ...active, shards: 70 }, {}))), [
      "adopt: first look: orders has 70; desired is 64",
      "observe: observe mode: would call UpdateShardCount from 70 to 64; nothing is changed, 70 are there",
    ]);
  });

  it("counts on from what it told before, until what is asked for is what is there", () => {
    const further = observed(active, 20, { noted: 12 });
    assert.deepEqual(words(further), [
      "observe: observe mode: would call UpdateShardCount from 12 to 20; nothing is changed, 8 are there",
    ]);
    const back = observed(active, 8, { noted: 20 });
    assert.deepEqual(words(back), [
      "observe: observe mode: would call UpdateShardCount from 20 to 8 in 2 steps; nothing is changed, 8 are there",
    ]);
    assert.equal(back.state.noted, undefined);
    assert.deepEqual(words(observed(active, 8)), []);
  });

  it("says why a change couldn't begin, and doesn't count it as one that would", () => {
    const spoiled = observed({ ...active, onDemand: true }, 12);
    assert.deepEqual(words(spoiled), [
      "observe: observe mode: scaling out from 8 to 12 could not begin (the stream is in on-demand mode: AWS scales it); nothing is changed, 8 are there",
    ]);
    assert.equal(spoiled.would?.begins, false);
  });

  it("tells no change where another hand's capacity is adopted in the place of what was told", () => {
    const moved = observed({ ...active, shards: 20 }, 12, { noted: 12 });
    assert.deepEqual(words(moved), ["adopt: another hand moved orders from 8 to 20, above desired (12): adopted"]);
    assert.deepEqual([moved.desired, moved.state.noted], [20, undefined]);
  });

  it("forgets what waited or was tried before it", () => {
    const attempts = { since: start - minute, count: 2, next: start + minute };
    const { state } = observed(active, 12, { attempts, blocked: { of: key, since: start - minute, reason: "busy" } });
    assert.deepEqual([state.attempts, state.blocked], [undefined, undefined]);
  });

  it("gives up nothing while the service can't be looked at", () => {
    const unseen = (config: DimensionConfig) =>
      decide(lookOf(config, { error: "AccessDenied" }, { actual: 8, settled: settled(12), unseenSince: start - 30 * minute }));
    assert.deepEqual([words(unseen(observer)), unseen(observer).state.blocked], [[], undefined]);
    assert.notEqual(unseen(streamConfig).state.blocked, undefined, "in act mode its 15 minutes run");
  });

  it("follows a change that act mode began to its end, and then tells the rest of the way", () => {
    const ladder = { state: { change: { ...streamChange, to: 16 } }, sight: { ...active, shards: 16 } };
    const underWay = observed({ ...active, status: "UPDATING" }, 32, ladder.state);
    assert.match(underWay.busy ?? "", /is in progress/);
    const done = observed(ladder.sight, 32, ladder.state);
    assert.deepEqual(
      words(done).map((line) => line.split(":")[0]),
      ["done", "observe"],
    );
    assert.match(words(done)[1] ?? "", /would call UpdateShardCount from 16 to 32; nothing is changed, 16 are there$/);
    assert.deepEqual([done.state.change, done.wish], [undefined, undefined]);
  });

  it("leaves a plan as it stands, and goes on with it in act mode", () => {
    const plan = { from: 8, to: 12, since: start - minute };
    const stands = observed({ ...active, shards: 10 }, 10, { actual: 10, plan });
    assert.deepEqual([words(stands), stands.wish, stands.state.plan], [[], undefined, plan]);
    assert.equal(observed({ ...active, shards: 10 }, 10, { actual: 10, plan }, streamConfig).wish?.call, "plan");
  });
});

describe("act mode after observe mode", () => {
  it("doesn't carry out what observe mode told: what is there is desired", () => {
    const { desired, state, wish, notes } = observed(active, 12, { noted: 12 }, streamConfig);
    const reason = "12 was asked for in observe mode and is not carried out in act mode: orders has 8; desired is 8";
    assert.deepEqual(notes, [{ action: "adopt", reason }]);
    assert.deepEqual([desired, wish, state.noted], [8, undefined, undefined]);
    assert.deepEqual(state.settled, { desired: 8, of: key, at: start, reason, failed: false });
  });

  it("fails a request that was answered by observe mode's capacity and not looked at yet", () => {
    const record = { desired: 16, at: start - 1_000 };
    const { state } = decide(lookOf(streamConfig, active, { actual: 8, noted: 12 }, start, record));
    assert.deepEqual([state.settled?.desired, state.settled?.failed], [8, true]);
  });

  it("carries out what was asked for when nothing was told that isn't there", () => {
    const record = { desired: 12, at: start - 1_000 };
    const { wish, notes } = decide(lookOf(streamConfig, active, { actual: 8 }, start, record));
    assert.deepEqual([wish?.to, notes], [12, []]);
  });
});
