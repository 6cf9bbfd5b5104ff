import { strict as assert } from "node:assert";
import { estimate, type LoadedMinute } from "../../../commands/calibrate/estimate";
import { seededRandom } from "../../../sandbox/core/random";

/** A job of 6,000 records a KPU and minute whose load is read with so much noise, in percent. */
function minutes(loads: readonly number[], noise: number, seed = 1): LoadedMinute[] {
  const random = seededRandom(seed);
  return loads.map((load) => {
    const kpus = random.integer(1, 4);
    const error = 1 + (noise / 100) * (2 * random.next() - 1);
    return { records: 6_000 * kpus * load, kpus, load: load * error };
  });
}

const mixed = Array.from({ length: 40 }, (_, i) => 0.2 + (0.75 * (i % 10)) / 10);

describe("records that a KPU processes in a minute", () => {
  it("are what it read over how busy it was, to the record where nothing disturbs", () => {
    const exact = estimate(minutes(mixed, 0))!;
    assert.ok(Math.abs(exact.recordsPerKpuPerMinute - 6_000) < 1e-6);
    assert.ok(exact.high - exact.low < 1e-6);
    assert.deepEqual([exact.minutes, exact.highestLoad], [40, Math.max(...mixed)]);
  });

  it("have bounds that hold the truth in most cases, and are wider where minutes differ more", () => {
    const widths = [5, 20].map((noise) => {
      const found = Array.from({ length: 200 }, (_, seed) => estimate(minutes(mixed, noise, seed))!);
      const held = found.filter(({ low, high }) => low <= 6_000 && 6_000 <= high).length;
      assert.ok(held > 170, `${held} of 200 at ${noise} %`);
      return found.reduce((sum, { low, high }) => sum + high - low, 0) / found.length;
    });
    assert.ok(widths[1]! > 2 * widths[0]!, String(widths));
  });

  it("aren't told from minutes that were idle, or fewer than five", () => {
    assert.equal(estimate(minutes([0.5, 0.6, 0.7, 0.8], 0)), undefined);
    assert.equal(estimate(minutes(Array(100).fill(0.05), 0)), undefined);
    assert.equal(estimate(minutes([0.5, 0.6, 0.7, 0.8, 0.9, ...Array(100).fill(0.01)], 0))!.minutes, 5);
  });
});
