import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { lagDistribution } from "../../../sandbox/report/lagDistribution";

function distribution(lags: readonly number[]) {
  const result = lagDistribution();
  for (const lag of lags) result.add(lag);
  return result;
}

describe("a lag's percentile", () => {
  it("is the nearest rank: of 1 to 100 the 99th is 99, of 1 to 10 it is 10", () => {
    assert.equal(distribution(Array.from({ length: 100 }, (_, i) => i + 1)).percentile(99), 99);
    assert.equal(distribution([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]).percentile(99), 10);
  });

  it("is 0 where there are no minutes", () => {
    assert.equal(distribution([]).percentile(99), 0);
    assert.equal(distribution([]).maximum(), 0);
  });

  it("is within half a second of the exact nearest rank and never above the maximum", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 300 }), (lags) => {
        const result = distribution(lags);
        const exact = [...lags].sort((a, b) => a - b)[Math.ceil(0.99 * lags.length) - 1] ?? 0;
        assert.ok(Math.abs(result.percentile(99) - exact) <= 0.5);
        assert.ok(result.percentile(99) <= result.maximum());
      }),
      { seed: 1 },
    );
  });
});
