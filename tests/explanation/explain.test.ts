import { strict as assert } from "node:assert";
import type { Activity, AlarmChange, Evidence, Rule, ScalerLine } from "../../explanation/evidence";
import { explainScaling } from "../../explanation/explain";
import type { Action } from "../../scaler/types";

const start = Date.UTC(2026, 0, 5, 12);
const at = (minutes: number) => start + minutes * 60_000;

const out: Rule = {
  ...{ alarm: "dev-stream-scale-out-alarm-0506d58", id: "dev-stream", policy: "dev-stream-scale-out-policy-636523a" },
  ...{ direction: "out", signal: "Stream utilisation (%)", threshold: 75, inclusive: true, datapoints: 2, minutes: 4 },
  steps: {
    type: "PercentChangeInCapacity",
    adjustments: [
      { lower: 0, upper: 5, adjustment: 25 },
      { lower: 5, adjustment: 50 },
    ],
  },
  ...{ cooldownSeconds: 420, suspended: false },
};

interface Figures {
  actual: number;
  desired: number;
  requested?: number;
  from?: number;
  call?: string;
  target?: number;
}

const line = (minutes: number, action: Action, reason: string, { actual, desired, ...more }: Figures): ScalerLine => ({
  ...{ time: at(minutes), stack: "dev", id: "dev-stream", pipeline: "dev", kind: "stream" },
  ...{ action, reason, actual, desired, ...more },
});
const alarm = (minutes: number, to: AlarmChange["to"], values: number[] = []): AlarmChange => ({
  ...{ is: "change", time: at(minutes), alarm: out.alarm, to, values },
});
const activity = (minutes: number, to: number, more: Partial<Activity> = {}): Activity => ({
  ...{ id: "dev-stream", time: at(minutes), description: `Setting desired capacity to ${to}.`, status: "Successful" },
  ...{ cause: `monitor alarm ${out.alarm} in state ALARM triggered policy ${out.policy}`, end: at(minutes + 3), ...more },
});

function explained(evidence: Partial<Evidence>, from = at(-60), to = at(60)) {
  return explainScaling({ lines: [], alarms: [], activities: [], rules: [out], ...evidence }, from, to);
}
function only(evidence: Partial<Evidence>) {
  const [one, ...more] = explained(evidence);
  assert.ok(one);
  assert.deepEqual(more, []);
  return one;
}

const scaling: ScalerLine[] = [
  line(0, "accept", "12 was asked for", { actual: 8, desired: 12, requested: 12 }),
  line(1, "begin", "UpdateShardCount from 8 to 12 shards", { actual: 8, desired: 12, call: "UpdateShardCount", target: 12 }),
  line(2, "wait", "UpdateShardCount from 8 to 12 shards, begun at 2026-01-05T12:01:00.000Z, is in progress", {
    actual: 8,
    desired: 12,
  }),
  line(3, "done", "UpdateShardCount from 8 to 12 shards, begun at 2026-01-05T12:01:00.000Z, is done", {
    actual: 12,
    desired: 12,
  }),
];

describe("the explanation of a scaling", () => {
  it("names signal, values, threshold, rule, and what came of it, in the order of time", () => {
    const explanation = only({ lines: scaling, alarms: [alarm(0, "ALARM", [76, 81.26])], activities: [activity(0, 12)] });
    assert.deepEqual(explanation, {
      ...{ time: at(0), end: at(3), id: "dev-stream", kind: "stream", outcome: "done", from: 8, to: 12 },
      cause: "Stream utilisation 76, 81.3 % was at or above 75 % in 2 of 4 minutes",
      rule: "policy dev-stream-scale-out-policy: adds 50 %, 420 s of cooldown afterwards",
      steps: [
        { time: at(1), text: "UpdateShardCount from 8 to 12 shards" },
        { time: at(3), text: "UpdateShardCount from 8 to 12 shards, begun at 12:01, is done" },
      ],
      result: "12 are there after 3 minutes",
    });
  });

  it("doesn't pretend to know what an alarm saw that had been in ALARM for long", () => {
    const { cause, rule } = only({ lines: scaling, alarms: [alarm(-9, "ALARM", [76, 81])], activities: [activity(0, 12)] });
    assert.match(cause, /; in ALARM since 11:51$/);
    assert.equal(rule, "policy dev-stream-scale-out-policy: 420 s of cooldown afterwards");
  });

  it("tells requests by hand from those of policies", () => {
    const elsewhere = [activity(0, 20), activity(-5, 12), activity(0, 12, { id: "dev-flink" })];
    const { cause, rule } = explained({ lines: scaling, activities: elsewhere }).find(({ from }) => from === 8)!;
    assert.match(cause, /not a policy's: npm run scale, or another caller/);
    assert.equal(rule, undefined);
  });

  it("quotes Application Auto Scaling where no alarm asked", () => {
    const scheduled = activity(0, 12, { cause: "minimum capacity was set to 12" });
    assert.equal(
      only({ lines: scaling, activities: [scheduled] }).cause,
      "Application Auto Scaling: minimum capacity was set to 12",
    );
  });

  it("says when another request took its place", () => {
    const [first, second] = explained({
      lines: [scaling[0]!, line(1, "accept", "16 was asked for", { actual: 8, desired: 16, requested: 16 })],
    });
    assert.deepEqual([first?.outcome, first?.result], ["replaced", "16 was asked for instead"]);
    assert.deepEqual([second?.outcome, second?.to, second?.end], ["inProgress", 16, undefined]);
  });

  it("waits for a change on its way when what was there before is asked for again", () => {
    const [first, second, ...more] = explained({
      lines: [
        line(0, "accept", "4 was asked for", { actual: 8, desired: 4, requested: 4 }),
        line(1, "begin", "from 8 to 4", { actual: 8, desired: 4 }),
        line(2, "accept", "8 was asked for", { actual: 8, desired: 8, requested: 8 }),
        line(3, "done", "4 shards", { actual: 4, desired: 8 }),
        line(3, "begin", "from 4 to 8", { actual: 4, desired: 8 }),
        line(5, "done", "8 shards", { actual: 8, desired: 8 }),
      ],
    });
    assert.deepEqual(more, []);
    assert.equal(first?.outcome, "replaced");
    assert.deepEqual([second?.outcome, second?.time, second?.end], ["done", at(2), at(5)]);
  });

  it("goes on over the steps of a ladder", () => {
    const { outcome, steps } = only({
      lines: [
        line(0, "accept", "20 was asked for", { actual: 8, desired: 20, requested: 20 }),
        line(1, "begin", "from 8 to 16", { actual: 8, desired: 20 }),
        line(3, "done", "16 shards", { actual: 16, desired: 20 }),
        line(3, "begin", "from 16 to 20", { actual: 16, desired: 20 }),
        line(5, "done", "20 shards", { actual: 20, desired: 20 }),
      ],
    });
    assert.equal(outcome, "done");
    assert.deepEqual(
      steps.map(({ text }) => text),
      ["from 8 to 16", "16 shards", "from 16 to 20", "20 shards"],
    );
  });

  it("says which number was accepted instead of the one asked for", () => {
    const { to, steps } = only({
      lines: [line(0, "accept", "100 was asked for, 64 is the bound", { actual: 8, desired: 64, requested: 100 })],
    });
    assert.equal(to, 64);
    assert.deepEqual(steps, [{ time: at(0), text: "100 was asked for, 64 is the bound" }]);
  });

  it("tells once what keeps it waiting, and the reason that it failed for", () => {
    const waits = (minutes: number) =>
      line(minutes, "blocked", "waits for its turn: dev-flink goes first", { actual: 8, desired: 12 });
    const { outcome, steps, result } = only({
      lines: [
        scaling[0]!,
        waits(1),
        waits(2),
        waits(3),
        line(16, "giveUp", "12 could not begin within 15 minutes", { actual: 8, desired: 8 }),
      ],
    });
    assert.equal(outcome, "failed");
    assert.deepEqual(
      steps.map(({ time }) => time),
      [at(1), at(16)],
    );
    assert.equal(result, "12 could not begin within 15 minutes");
  });

  it("explains a change whose request is older than the log that was read", () => {
    const { cause, outcome, from, to } = only({ lines: scaling.slice(1) });
    assert.deepEqual([cause, outcome, from, to], ["Asked for before the log that was read", "done", 8, 12]);
  });

  it("explains what is put back after another hand", () => {
    const lines = [
      line(0, "putBack", "another hand moved s from 12 to 8, below desired (12): put back once", { actual: 8, desired: 12 }),
      ...scaling.slice(1),
    ];
    const { cause, outcome } = only({ lines });
    assert.deepEqual([cause, outcome], ["another hand moved s from 12 to 8, below desired (12): put back once", "done"]);
  });

  it("says in observe mode what would have been done", () => {
    const observed = (minutes: number, from: number, desired: number) => [
      line(minutes, "accept", `${desired} was asked for`, { actual: 8, desired, requested: desired, from }),
      line(minutes + 1, "observe", "observe mode: would ...", {
        actual: 8,
        desired,
        from,
        call: "UpdateShardCount",
        target: desired,
      }),
    ];
    const [first, second, third, ...more] = explained({
      lines: [...observed(0, 8, 12), ...observed(10, 12, 20), ...observed(20, 20, 8)],
      alarms: [alarm(0, "ALARM", [76, 81.26])],
      activities: [activity(0, 12)],
    });
    assert.deepEqual(more, []);
    assert.deepEqual(first, {
      ...{ time: at(0), end: at(1), id: "dev-stream", kind: "stream", outcome: "observed", from: 8, to: 12 },
      cause: "Stream utilisation 76, 81.3 % was at or above 75 % in 2 of 4 minutes",
      rule: "policy dev-stream-scale-out-policy: adds 50 %, 420 s of cooldown afterwards",
      ...{ steps: [], result: "12 asked for, 8 there: observe mode changes nothing" },
    });
    assert.deepEqual([second?.from, second?.to, second?.outcome], [12, 20, "observed"]);
    const back = [third?.from, third?.to, third?.outcome, third?.result];
    assert.deepEqual(back, [20, 8, "observed", "8 asked for, 8 there: observe mode changes nothing"]);
  });

  it("says why observe mode could not have begun it, and of one without a request what is known", () => {
    const reason = "observe mode: scaling out from 8 to 12 could not begin (the stream is in on-demand mode)";
    const { outcome, result, cause } = only({ lines: [line(1, "observe", reason, { actual: 8, desired: 12, from: 8 })] });
    assert.deepEqual([outcome, result], ["noted", reason]);
    assert.equal(cause, "Asked for before the log that was read");
  });
});

describe("the explanation of a scaling that did not happen", () => {
  it("names the scaler's refusal", () => {
    const { outcome, result, to } = only({
      lines: [
        line(0, "refuse", "not tried before 2026-01-05T12:10:00.000Z: the quota", { actual: 8, desired: 8, requested: 12 }),
      ],
      activities: [activity(0, 12, { status: "Failed" })],
    });
    assert.deepEqual([outcome, to, result], ["refused", 12, "refused: not tried before 12:10: the quota"]);
  });

  it("names a request that changed nothing", () => {
    const { outcome, result } = only({ lines: [line(0, "keep", "12 was asked for", { actual: 8, desired: 12, requested: 12 })] });
    assert.deepEqual([outcome, result], ["unchanged", "12 were asked for already"]);
  });

  it("counts what Application Auto Scaling repeats every minute, and begins anew after a gap", () => {
    const held = (minutes: number) =>
      activity(minutes, 0, {
        description: "Attempting to scale due to alarm triggered",
        status: "Failed",
        notScaled: { code: "AlreadyAtMaxCapacity", capacity: 64 },
      });
    const [first, second, ...more] = explained({ activities: [0, 1, 2, 10].map(held), alarms: [alarm(0, "ALARM", [98, 99])] });
    assert.deepEqual(more, []);
    assert.equal(first?.result, "not scaled: already at the maximum (64); 3 times until 12:02");
    assert.equal(first?.cause, "Stream utilisation 98, 99 % was at or above 75 % in 2 of 4 minutes");
    assert.equal(second?.result, "not scaled: already at the maximum (64)");
  });

  const spell = [alarm(0, "ALARM", [76, 77]), alarm(4, "OK")];
  for (const [why, evidence, words] of [
    ["a cooldown", { activities: [activity(-8, 8)] }, "within the cooldown of the scaling of 11:52, until 12:02"],
    [
      "a scaling in progress",
      { activities: [activity(-5, 12, { status: "InProgress", end: undefined })] },
      "the scaling to 12 of 11:55 was in progress",
    ],
    ["a suspension", { rules: [{ ...out, suspended: true }] }, "scaling out is suspended"],
    [
      "an action that failed",
      { alarms: [...spell, { is: "failedAction", time: at(0), alarm: out.alarm, error: "no step" }] },
      "the alarm's action failed: no step",
    ],
    ["nothing that is known", {}, "Application Auto Scaling tells no reason"],
  ] as [string, Partial<Evidence>, string][]) {
    it(`finds the reason of an alarm without any activity in ${why}`, () => {
      const found = explained({ alarms: spell, ...evidence }).find(({ outcome }) => outcome === "notScaled");
      assert.equal(found?.result, `not scaled: ${words}`);
      assert.deepEqual([found?.time, found?.end], [at(0), at(4)]);
    });
  }

  it("says nothing about an alarm that scaled", () => {
    const all = explained({ lines: scaling, alarms: [alarm(0, "ALARM", [80]), alarm(6, "OK")], activities: [activity(0, 12)] });
    assert.deepEqual(
      all.map(({ outcome }) => outcome),
      ["done"],
    );
  });

  it("quotes an activity that never reached the scaler", () => {
    const failed = activity(0, 12, {
      status: "Failed",
      message: "Failed to set desired capacity to 12. Reason: 403",
      end: at(0),
    });
    const { outcome, result } = only({ activities: [failed] });
    assert.deepEqual([outcome, result], ["failed", "Failed: Failed to set desired capacity to 12. Reason: 403 (at once)"]);
  });
});

describe("explanations", () => {
  it("count the same trouble instead of repeating it", () => {
    const trouble = (minutes: number): ScalerLine => ({
      action: "error",
      time: at(minutes),
      id: "dev-stream",
      reason: "ThrottlingException",
    });
    const { outcome, cause, end, result } = only({ lines: [trouble(0), trouble(1), trouble(2)] });
    assert.deepEqual([outcome, cause, end], ["trouble", "ThrottlingException", at(2)]);
    assert.equal(result, "seen 3 times; the next minute tries again");
  });

  it("are those that were going on in the time that is asked about", () => {
    assert.equal(explained({ lines: scaling }, at(2), at(10)).length, 1);
    assert.equal(explained({ lines: scaling }, at(4), at(10)).length, 0);
    assert.equal(explained({ lines: scaling }, at(-9), at(-1)).length, 0);
  });

  it("don't depend on the order of the evidence", () => {
    const evidence = {
      lines: scaling,
      alarms: [alarm(0, "ALARM", [80]), alarm(6, "OK")],
      activities: [activity(0, 12), activity(-20, 8)],
    };
    const reversed = {
      lines: [...evidence.lines].reverse(),
      alarms: [...evidence.alarms].reverse(),
      activities: [...evidence.activities].reverse(),
    };
    assert.deepEqual(explained(reversed), explained(evidence));
  });
});
