// Source: Step scaling policies for Application Auto Scaling; StepAdjustment, StepScalingPolicyConfiguration (API reference)
import { strict as assert } from "node:assert";
import fc from "fast-check";
import {
  adjustedCapacity,
  aggregate,
  chooseStep,
  maxStepAdjustments,
  stepConfigurationProblems,
} from "../../../../sandbox/services/applicationAutoScaling/stepAdjustments";
import type { StepAdjustment, StepConfiguration } from "../../../../sandbox/services/applicationAutoScaling/types";

const step = (lower: number | undefined, upper: number | undefined, amount = 1): StepAdjustment => ({
  ...(lower === undefined ? {} : { MetricIntervalLowerBound: lower }),
  ...(upper === undefined ? {} : { MetricIntervalUpperBound: upper }),
  ScalingAdjustment: amount,
});
const percent = (more: Partial<StepConfiguration> = {}): StepConfiguration => ({
  AdjustmentType: "PercentChangeInCapacity",
  StepAdjustments: [],
  ...more,
});
const change = (base: number, amount: number, more: Partial<StepConfiguration> = {}) =>
  adjustedCapacity(percent(more), step(0, undefined, amount), base) - base;
const problems = (...steps: StepAdjustment[]) =>
  stepConfigurationProblems({ AdjustmentType: "ChangeInCapacity", StepAdjustments: steps });

describe("step adjustments: intervals", () => {
  const out = [step(0, 10, 0), step(10, 20, 10), step(20, undefined, 30)];
  const into = [step(-10, 0, 0), step(-20, -10, -10), step(undefined, -20, -30)];

  it("above the threshold the lower bound is inclusive and the upper bound exclusive", () => {
    assert.equal(chooseStep(out, 0), out[0]);
    assert.equal(chooseStep(out, 9.999), out[0]);
    assert.equal(chooseStep(out, 10), out[1]);
    assert.equal(chooseStep(out, 20), out[2]);
    assert.equal(chooseStep(out, 1e9), out[2]);
  });

  it("below the threshold the lower bound is exclusive and the upper bound inclusive", () => {
    assert.equal(chooseStep(into, -0.001), into[0]);
    assert.equal(chooseStep(into, -10), into[1]);
    assert.equal(chooseStep(into, -19.999), into[1]);
    assert.equal(chooseStep(into, -20), into[2]);
    assert.equal(chooseStep(into, -1e9), into[2]);
  });

  it("a metric on the threshold belongs to the scale-out policy's first step and to no scale-in step", () => {
    assert.equal(chooseStep(out, 0), out[0]);
    assert.equal(chooseStep(into, 0), undefined);
  });

  it("valid steps over all values hold every breach exactly once", () => {
    const bounds = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 19 });
    fc.assert(
      fc.property(bounds, fc.double({ min: -100, max: 100, noNaN: true }), (values, breach) => {
        const edges = [undefined, ...values.sort((a, b) => a - b), undefined];
        const steps = edges.slice(1).map((upper, i) => step(edges[i], upper, i));
        assert.deepEqual(problems(...steps), []);
        const holding = steps.filter((one) => chooseStep([one], breach));
        assert.equal(holding.length, 1);
        assert.equal(chooseStep(steps, breach), holding[0]);
      }),
      { seed: 1 },
    );
  });
});

describe("step adjustments: amounts", () => {
  it("percentages above 1 are rounded down, between 0 and 1 to 1, between -1 and 0 to -1, below -1 towards zero", () => {
    assert.equal(change(127, 10), 12);
    assert.equal(change(67, 1), 1);
    assert.equal(change(58, -1), -1);
    assert.equal(change(667, -1), -6);
  });

  it("30 percent of 11 adds 3 and 30 percent of 13 removes 3", () => {
    assert.equal(change(11, 30), 3);
    assert.equal(change(13, -30), -3);
  });

  it("MinAdjustmentMagnitude: 25 percent of 4 is 1, with a minimum of 2 it is 2", () => {
    assert.equal(change(4, 25), 1);
    assert.equal(change(4, 25, { MinAdjustmentMagnitude: 2 }), 2);
    assert.equal(change(4, -25, { MinAdjustmentMagnitude: 2 }), -2);
    assert.equal(change(40, 25, { MinAdjustmentMagnitude: 2 }), 10);
  });

  it("0 percent changes nothing, whatever the minimum magnitude", () => {
    assert.equal(change(4, 0, { MinAdjustmentMagnitude: 2 }), 0);
  });

  it("a percentage of a capacity of 0 adds nothing without a minimum magnitude", () => {
    assert.equal(change(0, 50), 0);
    assert.equal(change(0, 50, { MinAdjustmentMagnitude: 1 }), 1);
  });

  it("ChangeInCapacity adds and ExactCapacity sets", () => {
    assert.equal(adjustedCapacity({ AdjustmentType: "ChangeInCapacity", StepAdjustments: [] }, step(0, undefined, 5), 3), 8);
    assert.equal(adjustedCapacity({ AdjustmentType: "ExactCapacity", StepAdjustments: [] }, step(0, undefined, 5), 3), 5);
  });

  it("the aggregation type is applied to the datapoints, and none is Average", () => {
    assert.equal(aggregate([60, 80, 100], "Minimum"), 60);
    assert.equal(aggregate([60, 80, 100], "Maximum"), 100);
    assert.equal(aggregate([60, 80, 100], "Average"), 80);
    assert.equal(aggregate([60, 80, 130], undefined), 90);
  });
});

describe("step adjustments: what AWS refuses", () => {
  it("ranges that overlap", () => {
    assert.deepEqual(problems(step(0, 10), step(9, undefined)), ["The ranges of your step adjustments can't overlap"]);
  });

  it("ranges with a gap, in any order", () => {
    assert.deepEqual(problems(step(11, undefined), step(0, 10)), ["The ranges of your step adjustments can't have a gap"]);
  });

  it("a negative lower bound without a null lower bound", () => {
    assert.match(
      problems(step(-10, 0)).join(),
      /negative lower bound, then there must be a step adjustment with a null lower bound/,
    );
  });

  it("a positive upper bound without a null upper bound", () => {
    assert.match(
      problems(step(0, 10)).join(),
      /positive upper bound, then there must be a step adjustment with a null upper bound/,
    );
  });

  it("null bounds on both sides of one step", () => {
    assert.deepEqual(problems(step(undefined, undefined)), [
      "The upper and lower bound can't be null in the same step adjustment",
    ]);
  });

  it("two null lower bounds, two null upper bounds", () => {
    assert.match(
      problems(step(undefined, 0), step(undefined, 10), step(10, undefined)).join(),
      /At most one .* null lower bound/,
    );
    assert.match(problems(step(0, undefined), step(10, undefined)).join(), /At most one .* null upper bound/);
  });

  it("an upper bound that is not greater than the lower bound", () => {
    assert.match(problems(step(10, 10), step(10, undefined)).join(), /upper bound must be greater than the lower bound/);
  });

  it("more than 20 steps, and none", () => {
    const steps = (count: number) => Array.from({ length: count }, (_, i) => step(i, i === count - 1 ? undefined : i + 1));
    assert.equal(maxStepAdjustments, 20);
    assert.deepEqual(problems(...steps(20)), []);
    assert.deepEqual(problems(...steps(21)), ["At most 20 step adjustments can be specified"]);
    assert.deepEqual(problems(), ["At least one StepAdjustment must be specified"]);
  });

  it("a fractional adjustment, and a negative ExactCapacity", () => {
    assert.match(problems(step(0, undefined, 1.5)).join(), /must be an integer/);
    const exact = stepConfigurationProblems({ AdjustmentType: "ExactCapacity", StepAdjustments: [step(0, undefined, -1)] });
    assert.match(exact.join(), /non-negative for adjustment type ExactCapacity/);
  });

  it("MinAdjustmentMagnitude with another type than PercentChangeInCapacity", () => {
    const configuration = {
      AdjustmentType: "ChangeInCapacity",
      StepAdjustments: [step(0, undefined)],
      MinAdjustmentMagnitude: 2,
    } as const;
    assert.match(
      stepConfigurationProblems({ ...configuration, StepAdjustments: [...configuration.StepAdjustments] }).join(),
      /only supported/,
    );
  });

  it("unknown types and a negative cooldown, all problems at once", () => {
    const wrong = { AdjustmentType: "Double", MetricAggregationType: "Sum", Cooldown: -1, StepAdjustments: [step(0, undefined)] };
    assert.equal(stepConfigurationProblems(wrong as unknown as StepConfiguration).length, 3);
    assert.match(stepConfigurationProblems({ StepAdjustments: [step(0, undefined)] }).join(), /AdjustmentType is required/);
  });
});
