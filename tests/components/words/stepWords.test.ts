import * as assert from "node:assert/strict";
import * as fc from "fast-check";
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
    assert.equal(words({ scaleOutSteps: out }).steps, "out +1 from 75 %, +4 from 85 %");
    assert.equal(
      words({ scaleOutSteps: out, scaleInSteps: back }).steps,
      "out +1 from 75 %, +4 from 85 %; in -10 % (at least 2) below 30 %, -50 % (at least 2) at or below 10 %",
    );
    const exact: StepPolicy = { adjustmentType: ExactCapacity, steps: [{ upperBound: 0, adjustment: 3 }] };
    assert.equal(words({ scaleInSteps: exact }).steps, "in to 3 below 30 %");
  });

  it("says how far the step at the threshold goes, and the one at twice as much", () => {
    const steps = words({ scaleOutSteps: out }, { min: 10, max: 100 });
    assert.equal(steps.at(10), "out at 7,500 records/s or 7.5 MiB/s for 2 minutes, to 11, and to 14 at twice that");
  });

  it("leaves out what would go the other way: an exact number", () => {
    const eight = { adjustmentType: ExactCapacity, steps: [{ lowerBound: 0, adjustment: 8 }] };
    const steps = words({ scaleOutSteps: eight });
    assert.match(steps.at(7), /^out at .* for 2 minutes, to 8; in /);
    assert.match(steps.at(8), /^in /);
    const back = words({ scaleInSteps: { ...eight, steps: [{ upperBound: 0, adjustment: 8 }] } });
    assert.match(back.at(9), /; in below .* minutes, to 8$/);
    assert.match(back.at(8), /^out [^;]*$/);
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

  it("goes the right way within the bounds, whatever is configured", () => {
    const percents = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 3, maxLength: 3 });
    const bounds = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 500 }));
    const number = (text: string | undefined) => Number(text?.replaceAll(",", ""));
    const property = fc.property(percents, bounds, fc.nat(500), (given, [min, more], above) => {
      const [scaleInPercent, targetPercent, scaleOutPercent] = given.sort((a, b) => a - b);
      const capacity = min + (above % (more + 1));
      const said = words({ scaleInPercent, targetPercent, scaleOutPercent }, { min, max: min + more }).at(capacity);
      assert.doesNotMatch(said, /NaN|undefined|Infinity/);
      const [, load, out] = /out at ([\d,.]+) records.*? minutes, to ([\d,]+)/.exec(said.split("; in")[0] ?? "") ?? [];
      const [, below, back] = /in below ([\d,.]+) records.*? minutes, to ([\d,]+)/.exec(said) ?? [];
      assert.equal(out === undefined, capacity === min + more);
      assert.equal(back === undefined, capacity === min);
      if (out !== undefined) {
        assert.ok(number(out) > capacity && number(out) <= min + more, said);
        assert.ok(Math.abs(number(load) - 10 * capacity * scaleOutPercent!) < 1, said);
      }
      if (back !== undefined) {
        assert.ok(number(back) < capacity && number(back) >= min, said);
        assert.ok(Math.abs(number(below) - 10 * capacity * scaleInPercent!) < 1, said);
      }
    });
    fc.assert(property, { seed: 1 });
  });
});
