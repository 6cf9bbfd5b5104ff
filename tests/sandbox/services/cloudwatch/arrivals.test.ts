// Source: the sandbox's own
import { strict as assert } from "node:assert";
import { createArrivals } from "../../../../sandbox/services/cloudwatch/arrivals";
import type { Insert } from "../../../../sandbox/services/cloudwatch/recentMinutes";

const [a, b] = [7, 8];

describe("data that are not visible yet", () => {
  const seen = (arrivals: ReturnType<typeof createArrivals>, now: number) => {
    const found: number[][] = [];
    const insert: Insert = (...datum) => void found.push(datum);
    arrivals.settle(now, insert);
    return found;
  };

  it("come at their time, and of one time in the order of publication", () => {
    const arrivals = createArrivals();
    arrivals.add(300, a, 5, 1, 1, 1, 1);
    arrivals.add(100, b, 3, 6, 2, 4, 2);
    arrivals.add(300, b, 5, 2, 2, 2, 1);
    assert.deepEqual(seen(arrivals, 99), []);
    assert.deepEqual(seen(arrivals, 100), [[b, 3, 6, 2, 4, 2]]);
    assert.deepEqual(seen(arrivals, 1_000), [
      [a, 5, 1, 1, 1, 1],
      [b, 5, 2, 2, 2, 1],
    ]);
    assert.deepEqual(seen(arrivals, 1_000), []);
  });

  it("are any number, minute after minute", () => {
    const arrivals = createArrivals();
    for (let time = 1; time <= 3; time++) {
      for (let i = 0; i < 1_000; i++) arrivals.add(time, i % 2 ? a : b, time, i, i, i, 1);
      const found = seen(arrivals, time);
      assert.equal(found.length, 1_000);
      assert.deepEqual(found[999], [a, time, 999, 999, 999, 1]);
    }
  });
});
