// Source: the sandbox's own
import { strict as assert } from "node:assert";
import { numberSlabs } from "../../../../sandbox/services/cloudwatch/numberSlabs";

describe("arrays from number slabs", () => {
  it("are empty at first, of the length asked for, and nobody else's, over any number of slabs", () => {
    const take = numberSlabs();
    const lengths = Array.from({ length: 400 }, (_, i) => [512, 2048, 1][i % 3]!);
    const arrays = lengths.map((length, i) => {
      const array = take(length);
      assert.ok(array.length === length && array.every(Number.isNaN));
      return array.fill(i);
    });
    assert.ok(arrays.every((array, i) => array.every((value) => value === i)));
    assert.ok(new Set(arrays.map(({ buffer }) => buffer)).size > 1, "all in one slab");
  });

  it("may be longer than a slab", () => {
    assert.equal(numberSlabs()(1_000_000).length, 1_000_000);
  });
});
