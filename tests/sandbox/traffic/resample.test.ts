import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { toMinutes } from "../../../sandbox/traffic/resample";

const minutes = (samples: readonly (readonly [second: number, rate: number])[]) => [
  ...toMinutes(
    Float64Array.from(samples, ([second]) => second * 1000),
    Float64Array.from(samples, ([, rate]) => rate),
  ),
];

describe("resampling to minutes", () => {
  it("leaves a trace of minutes as it is", () => {
    assert.deepEqual(minutes([[0, 5], [60, 7], [120, 3]]), [5, 7, 3]); // prettier-ignore
  });

  it("interpolates a coarser trace linearly between the starts of its intervals, and the last value holds", () => {
    assert.deepEqual(minutes([[0, 10], [300, 20]]), [10, 12, 14, 16, 18, 20, 20, 20, 20, 20]); // prettier-ignore
  });

  it("averages a finer trace", () => {
    assert.deepEqual(minutes([[0, 0], [10, 0], [20, 6], [30, 0], [40, 0], [50, 6], [60, 1], [70, 1], [80, 1], [90, 1], [100, 1], [110, 1]]), [2, 1]); // prettier-ignore
  });

  it("drops a partial last minute", () => {
    assert.deepEqual(minutes([[0, 4], [30, 6], [60, 100]]), [5]); // prettier-ignore
    assert.deepEqual(minutes([[0, 0], [90, 9]]), [0, 6, 9]); // prettier-ignore
  });

  it("weights samples that cross a minute by their time", () => {
    assert.deepEqual(minutes([[0, 6], [40, 12], [80, 24]]), [8, 20]); // prettier-ignore
  });

  it("averages the minutes of a mixed trace that touch a finer interval", () => {
    // Two minutes from 10 to 20, then intervals of 30 s; the last is as long as the one before.
    assert.deepEqual(minutes([[0, 10], [120, 20], [150, 40]]), [10, 15, 30]); // prettier-ignore
  });

  it("lets a single sample last a minute", () => assert.deepEqual(minutes([[0, 9]]), [9]));

  it("makes nothing of nothing", () => assert.deepEqual(minutes([]), []));

  const rates = (minLength: number) => fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength, maxLength: 200 });

  it("preserves the total of a finer trace of full minutes", () => {
    const dividing = fc.constantFrom(1, 2, 5, 10, 15, 20, 30);
    fc.assert(
      fc.property(dividing, rates(60), (step, values) => {
        const whole = values.slice(0, Math.floor((values.length * step) / 60) * (60 / step));
        fc.pre(whole.length > 1);
        const total = minutes(whole.map((rate, i) => [i * step, rate])).reduce((sum, rate) => sum + 60 * rate, 0);
        const records = whole.reduce((sum, rate) => sum + step * rate, 0);
        assert.ok(Math.abs(total - records) <= 1e-9 * records, `${total} of ${records}`);
      }),
      { seed: 1 },
    );
  });

  it("never leaves the range of the samples, whatever their steps", () => {
    const steps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(steps, rates(50), (gaps, values) => {
        let second = 0;
        const samples = gaps.map((gap, i) => [(second += gap), values[i % values.length] ?? 0] as const);
        const used = samples.map(([, rate]) => rate);
        for (const rate of minutes(samples)) {
          assert.ok(rate >= Math.min(...used) - 1e-6 && rate <= Math.max(...used) + 1e-6, String(rate));
        }
      }),
      { seed: 1 },
    );
  });
});
