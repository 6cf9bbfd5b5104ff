import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { linesOf } from "../../producer/lines";

async function* chunksOf(parts: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* parts;
}

/** Number and text, or number and problem. */
async function read(parts: readonly Buffer[], longest = 100): Promise<[number, string][]> {
  const all: [number, string][] = [];
  for await (const lines of linesOf(chunksOf(parts), longest)) {
    for (const { number, bytes, problem } of lines) all.push([number, bytes?.toString("utf8") ?? `! ${problem}`]);
  }
  return all;
}

describe("the lines of a file", () => {
  it("are the same wherever its chunks end", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "ü", "\n", "\r\n", "€"), maxLength: 60 });
    const property = fc.asyncProperty(text, fc.array(fc.nat(60), { maxLength: 6 }), async (content, cuts) => {
      const bytes = Buffer.from(content);
      const ends = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
      const parts = ends.slice(1).map((end, i) => bytes.subarray(ends[i], end));
      const expected = content.split(/\r?\n/).map((line, i): [number, string] => [i + 1, line]);
      assert.deepEqual(
        await read(parts, 1_000),
        expected.filter(([, line]) => line !== ""),
      );
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it("may be too long, or not UTF-8: that is said with their number, and the next one is read", async () => {
    const parts = [Buffer.from(`${"x".repeat(150)}`), Buffer.from(`${"x".repeat(150)}\nfine\n`), Buffer.from([0xff, 10, 0x61])];
    assert.deepEqual(await read(parts), [
      [1, "! longer than 100 bytes"],
      [2, "fine"],
      [3, "! not UTF-8"],
      [4, "a"],
    ]);
  });

  it("begin after a byte order mark", async () => {
    assert.deepEqual(await read([Buffer.from("\uFEFFa\n\uFEFFb")]), [
      [1, "a"],
      [2, "\uFEFFb"],
    ]);
  });
});
