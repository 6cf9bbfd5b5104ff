import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { leastCatchUpSeconds, worstFlap, worstScaleIn } from "../../../components/scaling/flapCheck";
import { AdjustmentType, adjustedCapacity, scaleInSteps, stepFor } from "../../../components/scaling/stepAdjustments";

describe("flap check", () => {
  it("finds that two units at 40 % scale in to one at 80 %", () => {
    const flap = worstFlap(scaleInSteps(40, 60, 1, 64), 40, 75, 1, 64);
    assert.deepEqual(flap, { capacity: 2, utilisation: 40, newCapacity: 1, newUtilisation: 80 });
  });

  it("accepts the same thresholds where the fleet never has two units", () => {
    assert.equal(worstFlap(scaleInSteps(40, 60, 3, 64), 40, 75, 3, 64), undefined);
  });

  it("accepts the derived steps of any bounds that AWS has", () => {
    for (const [min, max] of [
      [1, 10_000],
      [2, 10_000],
      [1, 7_000],
      [1, 3_500],
      [3, 5_000],
    ] as const) {
      const worst = worstScaleIn(scaleInSteps(35, 60, min, max), 35, min, max);
      assert.ok(worst && worst.newUtilisation <= (min === 1 ? 70 : 61), `${min} to ${max}: ${JSON.stringify(worst)}`);
    }
  });

  it("counts reaching the scale-out threshold as flapping, since the alarm fires at or above it", () => {
    assert.equal(worstFlap(scaleInSteps(35, 60, 1, 64), 35, 70, 1, 64)?.newUtilisation, 70);
    assert.equal(worstFlap(scaleInSteps(35, 60, 1, 64), 35, 71, 1, 64), undefined);
  });

  it("finds explicit steps that remove too much at some capacity only", () => {
    const minusFour = { adjustmentType: AdjustmentType.ChangeInCapacity, steps: [{ upperBound: 0, adjustment: -4 }] };
    assert.equal(worstFlap(minusFour, 35, 75, 1, 64)?.capacity, 5);
    assert.equal(worstFlap(minusFour, 35, 75, 8, 64), undefined);
    const toOne = { adjustmentType: AdjustmentType.ExactCapacity, steps: [{ upperBound: 0, adjustment: 1 }] };
    assert.deepEqual(worstFlap(toOne, 35, 75, 1, 10), { capacity: 10, utilisation: 35, newCapacity: 1, newUtilisation: 350 });
  });

  it("tells the smallest capacity of those that are equally bad", () => {
    const half = { adjustmentType: AdjustmentType.PercentChangeInCapacity, steps: [{ upperBound: 0, adjustment: -50 }] };
    assert.deepEqual(worstScaleIn(half, 35, 4, 64), { capacity: 8, utilisation: 35, newCapacity: 4, newUtilisation: 70 });
  });

  it("finds nothing where no step removes anything", () => {
    const toTen = { adjustmentType: AdjustmentType.ExactCapacity, steps: [{ upperBound: 0, adjustment: 10 }] };
    assert.equal(worstScaleIn(toTen, 35, 1, 5), undefined);
    assert.equal(worstScaleIn(toTen, 35, 1, 10), undefined);
  });

  it("leaves nothing to find: what it accepts never reaches the threshold, whatever the capacity and the utilisation", () => {
    const setting = fc.record({
      scaleIn: fc.integer({ min: 5, max: 50 }),
      above: fc.integer({ min: 1, max: 30 }),
      out: fc.integer({ min: 60, max: 95 }),
      min: fc.integer({ min: 1, max: 6 }),
      more: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(
        setting,
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (s, at, where) => {
          const max = s.min + s.more;
          const policy = scaleInSteps(s.scaleIn, s.scaleIn + s.above, s.min, max);
          fc.pre(worstFlap(policy, s.scaleIn, s.out, s.min, max) === undefined);
          const capacity = s.min + 1 + Math.floor(where * (max - s.min - 1));
          const utilisation = s.scaleIn * at;
          const next = adjustedCapacity(policy, stepFor(policy, s.scaleIn, utilisation)!, capacity, s.min, max);
          assert.ok((utilisation * capacity) / next < s.out);
        },
      ),
      { seed: 4 },
    );
  });

  it("says how much catch-up time keeps a restart's backlog below the threshold", () => {
    assert.equal(leastCatchUpSeconds(60, 60, 75), 240);
    assert.equal(leastCatchUpSeconds(300, 60, 75), 1200);
  });

  it("shows that the default thresholds hold a restart's backlog too at the worst scale-in, two KPUs to one", () => {
    const worst = worstScaleIn(scaleInSteps(35, 60, 1, 64), 35, 1, 64);
    assert.equal(worst?.newUtilisation, 70);
    assert.ok(worst.newUtilisation * (1 + 60 / 900) < 75);
  });
});
