import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { amountWords, capacityAsked, percentChange } from "../../../commands/scale/amount";
import { adjustedCapacity } from "../../../sandbox/services/applicationAutoScaling/stepAdjustments";

describe("an amount to scale by", () => {
  it("rounds a percent as scaling policies do: towards 0, but at least 1", () => {
    assert.deepEqual(
      [percentChange(8, 25), percentChange(14, 25), percentChange(3, 10), percentChange(14, -25), percentChange(3, -10)],
      [2, 3, 1, -3, -1],
    );
  });

  it("comes to the capacity that Application Auto Scaling's model comes to", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: -100, max: 1_000 }), (from, by) => {
        const policy = { AdjustmentType: "PercentChangeInCapacity", StepAdjustments: [] } as const;
        const theirs = adjustedCapacity({ ...policy, StepAdjustments: [] }, { ScalingAdjustment: by }, from);
        assert.equal(capacityAsked({ is: "percent", by }, from), theirs);
      }),
      { seed: 1 },
    );
  });

  it("is counted from what is desired, and never ends below 0", () => {
    assert.equal(capacityAsked({ is: "count", by: 2 }, 8), 10);
    assert.equal(capacityAsked({ is: "count", by: -9 }, 8), 0);
    assert.equal(capacityAsked({ is: "exact", to: 16 }, 8), 16);
  });

  it("is told with what a percent comes to", () => {
    assert.equal(amountWords({ is: "percent", by: -25 }, 14), "by -25 % of 14, which is -3");
    assert.equal(amountWords({ is: "count", by: 2 }, 14), "by +2");
    assert.equal(amountWords({ is: "exact", to: 16 }, 14), "to exactly 16");
  });
});
