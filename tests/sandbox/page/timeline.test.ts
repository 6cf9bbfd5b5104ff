import { strict as assert } from "node:assert";
import { minute } from "../../../sandbox/core/clock";
import { createTimeline } from "../../../sandbox/page/timeline";

const start = Date.UTC(2026, 0, 5, 2);
const at = (minutes: number) => start + minutes * minute;

function scene() {
  const timeline = createTimeline("dev");
  return {
    timeline,
    decision: (minutes: number, line: object) =>
      timeline.logLine(
        JSON.stringify({
          sluice: "decision",
          time: new Date(at(minutes)).toISOString(),
          kind: "stream",
          id: "dev-stream",
          ...line,
        }),
      ),
    error: (minutes: number, reason: string) =>
      timeline.logLine(JSON.stringify({ sluice: "error", time: new Date(at(minutes)).toISOString(), id: "dev-stream", reason })),
    event: (minutes: number, type: string, detail: object, message = type) =>
      timeline.event({ time: at(minutes), source: "s", type, message, detail: { ...detail } }),
  };
}

const reason =
  "Threshold Crossed: 2 datapoints [125.0 (05/01/26 02:24:00), 115.0 (05/01/26 02:23:00)] were greater than or equal to the threshold (75.0).";
const scaleOut = { alarmName: "dev-stream-scale-out-alarm-0506d58", from: "OK", to: "ALARM", reason };
const activity = {
  dimension: "dev-stream",
  cause: "monitor alarm dev-stream-scale-out-alarm-0506d58 in state ALARM triggered policy p",
};

describe("the timeline", () => {
  it("tells a scaling from the decision to its end: what, why, the steps, when it was done", () => {
    const { timeline, decision, event } = scene();
    event(26, "AlarmStateChanged", scaleOut);
    event(26, "ScalingActivityStarted", activity);
    decision(26, { action: "accept", actual: 10, desired: 40, requested: 40, reason: "40 was asked for" });
    decision(27, {
      action: "begin",
      actual: 10,
      desired: 40,
      target: 20,
      reason: "UpdateShardCount from 10 to 20 shards, a step on the way to 40",
    });
    decision(29, { action: "done", actual: 20, desired: 40, reason: "..." });
    decision(29, { action: "begin", actual: 20, desired: 40, target: 40, reason: "UpdateShardCount from 20 to 40 shards" });
    assert.equal(timeline.open("dev-stream")?.state, "open");
    decision(31, { action: "done", actual: 40, desired: 40, reason: "..." });
    assert.deepEqual(timeline.entries(), [
      {
        ...{ id: 1, time: at(26), who: "Stream", kind: "out", title: "Scale out from 10 to 40 shards" },
        why: "Utilisation 115 %, 125 %: at or above the scale-out threshold of 75 %.",
        ...{ state: "done", closed: at(31), outcome: undefined, waits: undefined },
        steps: [
          { time: at(27), text: "UpdateShardCount from 10 to 20 shards, a step on the way to 40.", done: at(29) },
          { time: at(29), text: "UpdateShardCount from 20 to 40 shards.", done: at(31) },
        ],
      },
    ]);
    assert.equal(timeline.open("dev-stream"), undefined);
  });

  it("says what a scaling waits for", () => {
    const { timeline, decision } = scene();
    decision(1, { action: "accept", actual: 1, desired: 2, reason: "" });
    decision(2, { action: "blocked", actual: 1, desired: 2, reason: "waits for its turn: begun at 2026-01-05T02:01:00.000Z" });
    assert.equal(timeline.open("dev-stream")?.waits, "Waits for its turn: begun at 02:01.");
  });

  it("says that another number replaced one that was not reached", () => {
    const { timeline, decision } = scene();
    decision(1, { action: "accept", actual: 1, desired: 2, reason: "" });
    decision(2, { action: "accept", actual: 1, desired: 4, reason: "" });
    assert.deepEqual(
      timeline.entries().map(({ title, state }) => [title, state]),
      [
        ["Scale out from 1 to 2 shards", "replaced"],
        ["Scale out from 1 to 4 shards", "open"],
      ],
    );
  });

  it("hands a call that is under way on to the scaling that replaces its own", () => {
    const { timeline, decision } = scene();
    decision(1, { action: "accept", actual: 1, desired: 2, reason: "" });
    decision(2, { action: "begin", actual: 1, desired: 2, target: 2, reason: "UpdateShardCount from 1 to 2 shards" });
    decision(3, { action: "accept", actual: 1, desired: 4, reason: "" });
    decision(4, { action: "done", actual: 2, desired: 4, reason: "" });
    assert.deepEqual(
      timeline.entries().map(({ steps }) => steps),
      [[], [{ time: at(2), text: "UpdateShardCount from 1 to 2 shards.", done: at(4) }]],
    );
  });

  it("tells what would be scaled in observe mode when it is decided, and leaves nothing open", () => {
    const { timeline, decision, event } = scene();
    event(26, "AlarmStateChanged", scaleOut);
    event(26, "ScalingActivityStarted", activity);
    decision(26, { action: "accept", actual: 8, from: 8, desired: 14, requested: 14, reason: "14 was asked for" });
    assert.deepEqual(timeline.entries(), []);
    decision(27, { action: "observe", actual: 8, from: 8, desired: 14, call: "UpdateShardCount", reason: "observe mode: ..." });
    decision(58, { action: "accept", actual: 8, from: 14, desired: 8, requested: 8, reason: "8 was asked for" });
    decision(59, { action: "observe", actual: 8, from: 14, desired: 8, reason: "observe mode: the stream is spoiled" });
    assert.deepEqual(timeline.entries(), [
      {
        ...{ id: 1, time: at(27), who: "Stream", kind: "out", title: "Would scale out from 8 to 14 shards", state: "noted" },
        why: "Utilisation 115 %, 125 %: at or above the scale-out threshold of 75 %.",
        ...{ outcome: "Observe mode changes nothing: 14 asked for, 8 there.", steps: [] },
      },
      {
        ...{ id: 2, time: at(59), who: "Stream", kind: "in", title: "Would scale in from 14 to 8 shards", state: "noted" },
        why: "A client of the scaling API asked for it.",
        ...{ outcome: "Observe mode: the stream is spoiled.", steps: [] },
      },
    ]);
    assert.equal(timeline.open("dev-stream"), undefined);
  });

  it("closes a scaling that observe mode doesn't pursue", () => {
    const { timeline, decision } = scene();
    decision(1, { action: "accept", actual: 8, desired: 32, requested: 32, reason: "" });
    decision(2, { action: "begin", actual: 8, desired: 32, target: 16, reason: "UpdateShardCount from 8 to 16 shards" });
    decision(4, { action: "done", actual: 16, desired: 32, reason: "" });
    decision(4, { action: "observe", actual: 16, from: 16, desired: 32, call: "UpdateShardCount", reason: "" });
    const [first, second] = timeline.entries();
    assert.deepEqual([first?.state, first?.outcome], ["replaced", "Not pursued: observe mode changes nothing"]);
    assert.equal(second?.title, "Would scale out from 16 to 32 shards");
    assert.equal(timeline.open("dev-stream"), undefined);
  });

  it("says why a scaling failed", () => {
    const { timeline, decision } = scene();
    decision(1, { action: "accept", actual: 4, desired: 2, reason: "" });
    decision(9, { action: "failed", actual: 4, desired: 4, reason: "the service said no" });
    const [entry] = timeline.entries();
    assert.deepEqual([entry!.kind, entry!.state, entry!.outcome], ["in", "failed", "The service said no."]);
  });

  it("closes an alarm when it is over, and leaves scaling alarms to their scalings", () => {
    const { timeline, event } = scene();
    event(1, "AlarmStateChanged", scaleOut);
    event(2, "AlarmStateChanged", { alarmName: "dev-alarms-lag-1234567", to: "ALARM", reason: "r" });
    event(5, "AlarmStateChanged", { alarmName: "dev-alarms-lag-1234567", to: "OK", reason: "r" });
    assert.deepEqual(
      timeline.entries().map(({ title, state, closed }) => [title, state, closed]),
      [["lag went off", "done", at(5)]],
    );
  });

  it("tells a failed update, and that the application runs again", () => {
    const { timeline, event } = scene();
    event(1, "UpdateFailed", {}, "UpdateApplication of a failed; it is stopped: injected");
    event(3, "StartCompleted", {}, "a is running");
    const [entry] = timeline.entries();
    assert.deepEqual(
      [entry!.title, entry!.state, entry!.outcome],
      ["UpdateApplication of a failed; it is stopped: injected.", "done", "A is running."],
    );
  });

  it("tells a problem that comes every minute once", () => {
    const { timeline, error } = scene();
    for (let i = 0; i < 5; i++) error(i, "throttled");
    assert.equal(timeline.entries().length, 1);
  });

  it("tells a problem that comes every minute once, whatever its figures and whatever is said between", () => {
    const { timeline, error, decision, event } = scene();
    for (let i = 0; i < 30; i++) {
      error(i, `stream a does not exist (request 0a1b2c3d-0000-4000-8000-0000000000${10 + i})`);
      decision(i, { action: "refuse", reason: `${i} shards can't be had: the stream does not exist` });
      decision(i, { action: "wait", reason: "UPDATING" });
      event(i, "InvocationFailed", {}, `the scaler's run of minute ${i} failed`);
    }
    const again = { times: 30, until: at(29) };
    assert.deepEqual(
      timeline.entries().map((entry) => [entry.who, entry.time, entry.again]),
      [
        ["Stream", at(0), again],
        ["Stream", at(0), again],
        ["Scaler", at(0), again],
      ],
    );
  });

  it("tells a problem again that was over, or that nobody spoke of for ten minutes", () => {
    const { timeline, error, decision } = scene();
    error(0, "throttled");
    decision(1, { action: "begin", actual: 1, desired: 2, target: 2, reason: "UpdateShardCount from 1 to 2 shards" });
    error(2, "throttled");
    error(13, "throttled");
    assert.deepEqual(
      timeline
        .entries()
        .filter(({ kind }) => kind === "problem")
        .map(({ time, again }) => [time, again]),
      [0, 2, 13].map((minutes) => [at(minutes), undefined]),
    );
  });

  it("ends the scaling of a stream that was deleted", () => {
    const { timeline, decision } = scene();
    decision(1, { action: "accept", actual: 1, desired: 2, reason: "" });
    decision(2, { action: "gone", reason: "stream a does not exist" });
    assert.equal(timeline.open("dev-stream"), undefined);
    assert.deepEqual(
      timeline.entries().map(({ kind, state, outcome }) => [kind, state, outcome]),
      [
        ["out", "failed", "Stream a does not exist."],
        ["problem", "noted", undefined],
      ],
    );
  });

  it("ends a failed job with the update that starts it anew, and says nothing of other updates", () => {
    const { timeline, event } = scene();
    event(0, "UpdateCompleted", {}, "UpdateApplication of a completed");
    event(1, "JobFailed", {}, "The job of a failed");
    event(3, "UpdateCompleted", {}, "UpdateApplication of a completed");
    assert.deepEqual(
      timeline.entries().map(({ title, state, closed }) => [title, state, closed]),
      [["The job of a failed.", "done", at(3)]],
    );
  });

  it("names the operational alarms that are on", () => {
    const { timeline, event } = scene();
    event(1, "AlarmStateChanged", scaleOut);
    event(1, "AlarmStateChanged", { alarmName: "dev-alarms-lag-1234567", to: "ALARM", reason: "r" });
    assert.deepEqual(timeline.alarmsOn(), ["lag"]);
    event(2, "AlarmStateChanged", { alarmName: "dev-alarms-lag-1234567", to: "OK", reason: "r" });
    assert.deepEqual(timeline.alarmsOn(), []);
  });

  it("passes over lines that are not the scaler's, also broken ones", () => {
    const { timeline } = scene();
    for (const line of ["", "text", '{"sluice":', '{"sluice":"other"}', '"sluice"', "null"]) timeline.logLine(line);
    assert.deepEqual(timeline.entries(), []);
  });

  it("gives what is new since a version", () => {
    const { timeline } = scene();
    timeline.command(at(0), "one");
    const known = timeline.version();
    timeline.command(at(1), "two");
    assert.deepEqual(
      timeline.since(known).map(({ title }) => title),
      ["two"],
    );
    assert.deepEqual(timeline.since(timeline.version()), []);
  });

  it("keeps the newest when there are many", () => {
    const { timeline } = scene();
    for (let i = 0; i < 1_000; i++) timeline.command(at(i), `command ${i}`);
    assert.equal(timeline.entries().length, 200);
    assert.equal(timeline.entries().at(-1)!.title, "command 999");
  });
});
