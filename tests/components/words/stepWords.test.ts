import * as assert from "node:assert/strict";
import type { ScalingArgs } from "../../../components/scaling/scalingArgs";
import { scaledShards } from "../../../components/scaling/shardScalingArgs";
import { AdjustmentType, type StepPolicy } from "../../../components/scaling/stepAdjustments";
import { stepWords } from "../../../components/words/stepWords";
import { names } from "../scaling/names";

const words = (scaling: ScalingArgs, bounds = { min: 1, max: 100 }) =>
  stepWords(scaledShards({ minShards: bounds.min, maxShards: bounds.max, scaling, names }));
const { ChangeInCapacity, ExactCapacity, PercentChangeInCapacity } = AdjustmentType;

/** From 75 % one more, from 85 % four more. */
const out: StepPolicy = {
  adjustmentType: ChangeInCapacity,
  steps: [
    { lowerBound: 10, adjustment: 4 },
    { lowerBound: 0, upperBound: 10, adjustment: 1 },
  ],
};

describe("step scaling in words", () => {
  it("has no words for steps that are derived", () => assert.equal(words({}).steps, undefined));

  it("lists explicit steps from the threshold on, in the signal's unit", () => {
    const back: StepPolicy = {
      adjustmentType: PercentChangeInCapacity,
      minAdjustmentMagnitude: 2,
      steps: [
        { upperBound: -20, adjustment: -50 },
        { lowerBound: -20, upperBound: 0, adjustment: -10 },
      ],
    };
    assert.equal(words({ scaleOutSteps: out }).steps, "steps: out +1 from 75 %, +4 from 85 %");
    assert.equal(
      words({ scaleOutSteps: out, scaleInSteps: back }).steps,
      "steps: out +1 from 75 %, +4 from 85 %; in -10 % (at least 2) below 30 %, -50 % (at least 2) at or below 10 %",
    );
    const exact: StepPolicy = { adjustmentType: ExactCapacity, steps: [{ upperBound: 0, adjustment: 3 }] };
    assert.equal(words({ scaleInSteps: exact }).steps, "steps: in to 3 below 30 %");
  });

  it("says how far the step at the threshold goes, and the one at twice as much", () => {
    const steps = words({ scaleOutSteps: out }, { min: 10, max: 100 });
    assert.equal(steps.at(10), "out at 7,500 records/s or 7.5 MiB/s for 2 minutes, to 11, and to 14 at twice that");
  });

  it("stays within the bounds", () => {
    const steps = words({ scaleOutSteps: out }, { min: 9, max: 12 });
    assert.match(steps.at(11), /^out .*, to 12; in .*, to 9$/);
    assert.match(steps.at(12), /^in /);
    assert.match(steps.at(9), /^out [^;]*$/);
  });

  it("says of how many minutes how many must be beyond a threshold", () => {
    const some = words({ scaleOutMinutes: 5, scaleOutDatapoints: 3, scaleInMinutes: 20, scaleInDatapoints: 15 });
    assert.match(some.at(10), /^out at .* in 3 of 5 minutes, .*; in below .* in 15 of 20 minutes, /);
    assert.equal(some.minutesToBegin, 6);
    const one = words({ scaleOutMinutes: 1, scaleOutDatapoints: 1, scaleOutCooldownSeconds: 90, scaleInCooldownSeconds: 3600 });
    assert.match(one.at(10), /^out at .* for 1 minute, /);
    assert.equal(
      one.pace,
      "out again 90 s after a scaling out is done, sooner by a larger step only; in again 60 minutes after one in",
    );
  });
});
