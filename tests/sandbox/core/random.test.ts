import { strict as assert } from "node:assert";
import { seededRandom } from "../../../sandbox/core/random";

describe("seededRandom", () => {
  it("gives the same numbers for the same seed and others for another", () => {
    const draw = (seed: number) =>
      Array.from({ length: 5 }, (_, i) => (i % 2 ? seededRandom(seed).next() : seededRandom(seed + i).next()));
    assert.deepEqual(draw(7), draw(7));
    assert.notDeepEqual(draw(7), draw(8));
  });

  it("stays within its ranges", () => {
    const random = seededRandom(1);
    for (let i = 0; i < 1000; i++) {
      const real = random.next();
      assert.ok(real >= 0 && real < 1);
      const whole = random.integer(3, 5);
      assert.ok(Number.isInteger(whole) && whole >= 3 && whole <= 5);
    }
  });

  it("forks into streams that do not depend on what else was drawn", () => {
    const first = seededRandom(7);
    first.next();
    assert.equal(first.fork("delays").next(), seededRandom(7).fork("delays").next());
    assert.notEqual(first.fork("delays").next(), first.fork("names").next());
  });
});
