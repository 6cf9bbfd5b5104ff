// Source: PutScalingPolicy (API reference); Step scaling policies for Application Auto Scaling
import { strict as assert } from "node:assert";
import { above, below, fixture } from "./fixture";

const byCount = (amount: number, more = {}) => ({
  AdjustmentType: "ChangeInCapacity",
  StepAdjustments: amount > 0 ? above(amount) : below(amount),
  ...more,
});
const byPercent = (amount: number, more = {}) => ({ ...byCount(amount, more), AdjustmentType: "PercentChangeInCapacity" });

describe("decisions of step scaling policies", () => {
  it("policies never take capacity outside the target's bounds", async () => {
    const { stepPolicy, fire, after, endpoint } = await fixture({ min: 8, max: 11 });
    const out = await stepPolicy("out", byPercent(50));
    const into = await stepPolicy("in", byPercent(-50));
    await fire(out, [80]);
    await after(0);
    endpoint.complete();
    await after(15);
    await fire(into, [30], 40);
    await after(0);
    assert.deepEqual(endpoint.patched, [11, 8]);
  });

  it("several policies at once: the one with the largest resulting capacity is used, out and in", async () => {
    const { stepPolicy, fire, after, endpoint } = await fixture();
    const three = await stepPolicy("three", byCount(3, { Cooldown: 0 }));
    const double = await stepPolicy("two hundred percent", byPercent(200, { Cooldown: 0 }));
    const fewer = await stepPolicy("fewer", byCount(-2));
    const many = await stepPolicy("many fewer", byCount(-9));
    await fire(three, [80]);
    await fire(double, [80]);
    await after(0);
    endpoint.complete();
    await after(15);
    await fire(many, [30], 40);
    await fire(fewer, [30], 40);
    await after(0);
    assert.deepEqual(endpoint.patched, [30, 28]);
  });

  it("a scale-out that fires together with a scale-in wins", async () => {
    const { stepPolicy, fire, after, endpoint } = await fixture();
    const into = await stepPolicy("in", byCount(-2));
    const out = await stepPolicy("out", byCount(2));
    await fire(into, [30], 40);
    await fire(out, [80]);
    await after(0);
    assert.deepEqual(endpoint.patched, [12]);
  });

  // Source: Scaling activities for Application Auto Scaling
  it("AlreadyAtMaxCapacity, AlreadyAtMinCapacity and AlreadyAtDesiredCapacity say why nothing was scaled", async () => {
    const { stepPolicy, fire, after, endpoint, activities, call } = await fixture({ min: 10, max: 10 });
    const out = await stepPolicy("out", byCount(2));
    const into = await stepPolicy("in", byCount(-2));
    const same = await stepPolicy("same", byPercent(0));
    await stepPolicy("same", { AdjustmentType: "ExactCapacity", StepAdjustments: above(10) });
    await fire(out, [80]);
    await after(60);
    await fire(into, [30], 40);
    await after(60);
    await fire(same, [80]);
    await after(0);
    assert.deepEqual(endpoint.patched, []);
    assert.deepEqual(await activities(), [], "not scaled activities are left out by default");
    assert.deepEqual(
      (await activities(true)).map(({ NotScaledReasons, StatusCode, Description }) => [
        StatusCode,
        Description,
        NotScaledReasons,
      ]),
      [
        ["Failed", "Attempting to scale due to alarm triggered", [{ Code: "AlreadyAtDesiredCapacity", CurrentCapacity: 10 }]],
        ["Failed", "Attempting to scale due to alarm triggered", [{ Code: "AlreadyAtMinCapacity", MinCapacity: 10 }]],
        ["Failed", "Attempting to scale due to alarm triggered", [{ Code: "AlreadyAtMaxCapacity", MaxCapacity: 10 }]],
      ],
    );
    const page = await call("DescribeScalingActivities", {
      ServiceNamespace: "custom-resource",
      IncludeNotScaledActivities: true,
      MaxResults: 2,
    });
    assert.equal(page.ScalingActivities.length, 2);
    const rest = { ServiceNamespace: "custom-resource", IncludeNotScaledActivities: true, NextToken: page.NextToken };
    assert.equal((await call("DescribeScalingActivities", rest)).ScalingActivities.length, 1);
  });

  // Source: Scaling activities for Application Auto Scaling
  it("a reason that repeats every minute is one event", async () => {
    const { stepPolicy, fire, after, notScaled, activities } = await fixture({ max: 10 });
    const out = await stepPolicy("out", byCount(2));
    for (let i = 0; i < 5; i++) {
      await fire(out, [80]);
      await after(60);
    }
    assert.deepEqual(notScaled(), ["already at the maximum capacity of 10"]);
    assert.equal((await activities(true)).length, 5);
  });

  it("the metric aggregation type decides which step the evaluated datapoints meet", async () => {
    const steps = [
      { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1 },
      { MetricIntervalLowerBound: 10, MetricIntervalUpperBound: 20, ScalingAdjustment: 2 },
      { MetricIntervalLowerBound: 20, ScalingAdjustment: 3 },
    ];
    for (const [type, to] of [
      ["Minimum", 11],
      ["Average", 12],
      [undefined, 12],
      ["Maximum", 13],
    ] as const) {
      const { stepPolicy, fire, after, endpoint } = await fixture();
      await fire(
        await stepPolicy("out", { AdjustmentType: "ChangeInCapacity", StepAdjustments: steps, MetricAggregationType: type }),
        [72, 83, 94],
      );
      await after(0);
      assert.deepEqual(endpoint.patched, [to], String(type));
    }
  });

  it("a breach that no step holds is refused to CloudWatch and changes nothing", async () => {
    const { stepPolicy, fire, after, endpoint } = await fixture();
    const arn = await stepPolicy("out", byCount(2));
    await assert.rejects(fire(arn, [60]), {
      name: "ValidationException",
      message: /No step adjustment found for metric value \[60\]/,
    });
    await assert.rejects(fire(arn, []), { name: "ValidationException" });
    await after(60);
    assert.equal(endpoint.requests.length, 0);
  });

  // Source: Step scaling policies for Application Auto Scaling
  it("the guide's example: 10 becomes 11 at 60, 14 at 70, 13 at 40 and 10 at 30", async () => {
    const { stepPolicy, fire, after, endpoint } = await fixture();
    const out = await stepPolicy("out", {
      AdjustmentType: "PercentChangeInCapacity",
      Cooldown: 0,
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 0 },
        { MetricIntervalLowerBound: 10, MetricIntervalUpperBound: 20, ScalingAdjustment: 10 },
        { MetricIntervalLowerBound: 20, ScalingAdjustment: 30 },
      ],
    });
    const into = await stepPolicy("in", {
      AdjustmentType: "PercentChangeInCapacity",
      Cooldown: 0,
      StepAdjustments: [
        { MetricIntervalLowerBound: -10, MetricIntervalUpperBound: 0, ScalingAdjustment: 0 },
        { MetricIntervalLowerBound: -20, MetricIntervalUpperBound: -10, ScalingAdjustment: -10 },
        { MetricIntervalUpperBound: -20, ScalingAdjustment: -30 },
      ],
    });
    for (const [arn, value] of [
      [out, 55],
      [out, 60],
      [out, 70],
      [into, 45],
      [into, 40],
      [into, 30],
    ] as const) {
      await fire(arn, [value], 50);
      await after(0);
      endpoint.complete();
      await after(60);
    }
    assert.deepEqual(endpoint.patched, [11, 14, 13, 10]);
  });
});
