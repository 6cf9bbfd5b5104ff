// Source: Step scaling policies for Application Auto Scaling, section How step scaling works, cooldown period
import { strict as assert } from "node:assert";
import { above, below, fixture, key } from "./fixture";

/** +2 up to 10 above the threshold, +3 beyond. */
const twoOrThree = (more = {}) => ({
  AdjustmentType: "ChangeInCapacity",
  StepAdjustments: [
    { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 2 },
    { MetricIntervalLowerBound: 10, ScalingAdjustment: 3 },
  ],
  ...more,
});
const byCount = (amount: number, more = {}) => ({
  AdjustmentType: "ChangeInCapacity",
  StepAdjustments: amount > 0 ? above(amount) : below(amount),
  ...more,
});

/** Fires and lets the change complete at the next poll. */
async function scale(setting: Awaited<ReturnType<typeof fixture>>, arn: string, value: number, threshold = 70) {
  await setting.fire(arn, [value], threshold);
  await setting.after(0);
  setting.endpoint.complete();
  await setting.after(15);
}

describe("cooldown after scaling out", () => {
  it("counts what was added: +2 done, +3 fires, only 1 is added", async () => {
    const setting = await fixture();
    const arn = await setting.stepPolicy("out", twoOrThree());
    await scale(setting, arn, 75);
    await scale(setting, arn, 85);
    assert.deepEqual(setting.endpoint.patched, [12, 13]);
  });

  it("counts everything added since the first of its scale-outs", async () => {
    const setting = await fixture();
    const arn = await setting.stepPolicy("out", twoOrThree());
    await scale(setting, arn, 75);
    await scale(setting, arn, 85);
    await scale(setting, arn, 85);
    assert.deepEqual(setting.endpoint.patched, [12, 13]);
  });

  it("the same step does not add again until it ends", async () => {
    const setting = await fixture();
    const arn = await setting.stepPolicy("out", byCount(2, { Cooldown: 120 }));
    await scale(setting, arn, 75);
    await setting.after(119);
    await setting.fire(arn, [75]);
    await setting.after(0);
    assert.deepEqual(setting.endpoint.patched, [12]);
    assert.deepEqual(setting.notScaled(), ["the cooldown has not expired and no larger scale out is triggered"]);
    assert.deepEqual(await setting.activities(true).then((all) => all.length), 1, "AWS has no reason code for a cooldown");
    await setting.after(1);
    await setting.fire(arn, [75]);
    await setting.after(0);
    assert.deepEqual(setting.endpoint.patched, [12, 14]);
  });

  it("lasts 300 seconds if omitted", async () => {
    const setting = await fixture();
    const arn = await setting.stepPolicy("out", byCount(2));
    await scale(setting, arn, 75);
    await setting.after(299);
    await setting.fire(arn, [75]);
    await setting.after(1);
    await setting.fire(arn, [75]);
    await setting.after(0);
    assert.deepEqual(setting.endpoint.patched, [12, 14]);
  });

  it("starts when the activity completes successfully, not when it begins", async () => {
    const setting = await fixture();
    const arn = await setting.stepPolicy("out", byCount(2, { Cooldown: 60 }));
    await setting.fire(arn, [75]);
    await setting.after(290);
    setting.endpoint.complete();
    await setting.after(10);
    await setting.after(59);
    await setting.fire(arn, [75]);
    await setting.after(0);
    assert.deepEqual(setting.endpoint.patched, [12]);
    await setting.after(1);
    await setting.fire(arn, [75]);
    await setting.after(0);
    assert.deepEqual(setting.endpoint.patched, [12, 14]);
  });

  it("does not start after a failed activity", async () => {
    const setting = await fixture();
    const arn = await setting.stepPolicy("out", byCount(2));
    await setting.fire(arn, [75]);
    await setting.after(0);
    Object.assign(setting.endpoint, { status: "Failed", desired: 10 });
    await setting.after(15);
    setting.endpoint.status = "Successful";
    await setting.fire(arn, [75]);
    await setting.after(0);
    assert.deepEqual(setting.endpoint.patched, [12, 12]);
  });

  it("counts the accepted part of what was asked for", async () => {
    const setting = await fixture();
    const arn = await setting.stepPolicy("out", twoOrThree());
    setting.endpoint.limit = 11;
    await scale(setting, arn, 75);
    setting.endpoint.limit = Infinity;
    await scale(setting, arn, 75);
    assert.deepEqual(setting.endpoint.patched, [12, 12]);
  });

  it("does not hold back a scale-in", async () => {
    const setting = await fixture();
    const out = await setting.stepPolicy("out", byCount(2));
    const into = await setting.stepPolicy("in", byCount(-1));
    await scale(setting, out, 75);
    await scale(setting, into, 30, 40);
    assert.deepEqual(setting.endpoint.patched, [12, 11]);
  });

  it("does not hold back a scheduled action, and a scheduled action starts none", async () => {
    const setting = await fixture();
    const out = await setting.stepPolicy("out", byCount(2));
    await scale(setting, out, 75);
    const action = {
      ScheduledActionName: "morning",
      Schedule: "at(2026-03-02T00:01:00)",
      ScalableTargetAction: { MinCapacity: 20 },
    };
    await setting.call("PutScheduledAction", { ...key, ...action });
    await setting.after(60);
    setting.endpoint.complete();
    await setting.after(300);
    await setting.fire(out, [75]);
    await setting.after(0);
    assert.deepEqual(setting.endpoint.patched, [12, 20, 22]);
  });
});

describe("cooldown after scaling in", () => {
  it("blocks further scaling in until it expires", async () => {
    const setting = await fixture();
    const into = await setting.stepPolicy("in", byCount(-1, { Cooldown: 600 }));
    await scale(setting, into, 30, 40);
    await setting.after(599);
    await setting.fire(into, [30], 40);
    await setting.after(0);
    assert.deepEqual(setting.endpoint.patched, [9]);
    assert.deepEqual(setting.notScaled(), ["the cooldown of the previous scale-in has not expired"]);
    await setting.after(1);
    await setting.fire(into, [30], 40);
    await setting.after(0);
    assert.deepEqual(setting.endpoint.patched, [9, 8]);
  });

  it("a scale-out scales at once and cancels it", async () => {
    const setting = await fixture();
    const out = await setting.stepPolicy("out", byCount(4, { Cooldown: 0 }));
    const into = await setting.stepPolicy("in", byCount(-1, { Cooldown: 3600 }));
    await scale(setting, into, 30, 40);
    await scale(setting, out, 80);
    await scale(setting, into, 30, 40);
    assert.deepEqual(setting.endpoint.patched, [9, 13, 12]);
  });

  it("is cancelled by a scale-out that then fails, too: it stops and doesn't complete", async () => {
    const setting = await fixture();
    const out = await setting.stepPolicy("out", byCount(4));
    const into = await setting.stepPolicy("in", byCount(-1, { Cooldown: 3600 }));
    await scale(setting, into, 30, 40);
    await setting.fire(out, [80]);
    await setting.after(0);
    Object.assign(setting.endpoint, { status: "Failed", desired: 9 });
    await setting.after(15);
    setting.endpoint.status = "Successful";
    await scale(setting, into, 30, 40);
    assert.deepEqual(setting.endpoint.patched, [9, 13, 8]);
  });
});

describe("alarms while an activity is in progress", () => {
  for (const [percentBase, reading, ...expected] of [
    ["actual", "does not override the activity", 12],
    ["desired", "adds to what was asked for", 12, 14, 16],
  ] as const) {
    it(`percentBase ${percentBase}: the alarm that repeats every minute ${reading}`, async () => {
      const setting = await fixture({ percentBase });
      const arn = await setting.stepPolicy("out", { ...byCount(20), AdjustmentType: "PercentChangeInCapacity" });
      for (let i = 0; i < 3; i++) {
        await setting.fire(arn, [75]);
        await setting.after(60);
      }
      assert.deepEqual(setting.endpoint.patched, expected);
      if (percentBase === "actual") {
        assert.deepEqual(setting.notScaled(), ["its effect does not override in-progress scaling actions"]);
        assert.deepEqual((await setting.activities(true))[0].NotScaledReasons, [
          { Code: "AlreadyAtDesiredCapacity", CurrentCapacity: 12 },
        ]);
      }
    });
  }

  it("a scale-in does not override a scale-out, a scale-out overrides a scale-in", async () => {
    const setting = await fixture();
    const out = await setting.stepPolicy("out", byCount(2));
    const into = await setting.stepPolicy("in", byCount(-5));
    await setting.fire(into, [30], 40);
    await setting.after(60);
    await setting.fire(out, [80]);
    await setting.after(60);
    await setting.fire(into, [30], 40);
    await setting.after(0);
    assert.deepEqual(setting.endpoint.patched, [5, 12]);
    assert.deepEqual(await setting.activities().then((all) => all.map(({ StatusCode }) => StatusCode)), [
      "InProgress",
      "Overridden",
    ]);
  });

  it("suspended scaling in or out leaves the other direction alone", async () => {
    const setting = await fixture();
    const out = await setting.stepPolicy("out", byCount(2));
    const into = await setting.stepPolicy("in", byCount(-5));
    const suspend = (state: object) => setting.call("RegisterScalableTarget", { ...key, SuspendedState: state });
    await suspend({ DynamicScalingOutSuspended: true });
    await setting.fire(out, [80]);
    await setting.fire(into, [30], 40);
    await setting.after(0);
    assert.deepEqual(setting.endpoint.patched, [5]);
    setting.endpoint.complete();
    await setting.after(600);
    await suspend({ DynamicScalingOutSuspended: false, DynamicScalingInSuspended: true });
    await setting.fire(into, [30], 40);
    await setting.after(60);
    await setting.fire(out, [80]);
    await setting.after(0);
    assert.deepEqual(setting.endpoint.patched, [5, 7], "a breach that lasts is acted on when scaling resumes");
    assert.deepEqual(setting.notScaled(), ["scaling in is suspended"]);
  });
});
