import { strict as assert } from "node:assert";
import { getHeapSpaceStatistics } from "node:v8";
import { compactHeap } from "../../../sandbox/deploy/compactHeap";

/** Bytes of the heap's old objects, and what lies between them. */
function oldSpace(): { used: number; holes: number } {
  const old = getHeapSpaceStatistics().find(({ space_name }) => space_name === "old_space")!;
  return { used: old.space_used_size, holes: old.space_size - old.space_used_size };
}

const megabyte = 1024 * 1024;

describe("a heap full of holes", () => {
  it("is compacted", () => {
    let objects: (object | undefined)[] = Array.from({ length: 600_000 }, (_, i) => ({ i, text: `object ${i}` }));
    compactHeap(0);
    const full = oldSpace().used;
    objects = objects.map((object, i) => (i % 16 === 0 ? object : undefined));
    compactHeap(0);
    const { used, holes } = oldSpace();
    assert.ok(used < full - 20 * megabyte, `${used} of ${full} bytes are left`);
    assert.ok(holes < used / 10, `${holes} bytes of holes between ${used}`);
    assert.equal(objects.filter((object) => object !== undefined).length, 37_500);
  });

  it("is left alone if it is too small to matter", () => {
    const before = oldSpace();
    compactHeap(before.used + before.holes + 10 * megabyte);
    assert.deepEqual(oldSpace(), before);
  });

  it("leaves no gc() behind", () => {
    compactHeap(0);
    assert.equal((globalThis as { gc?: unknown }).gc, undefined);
  });
});
