import { strict as assert } from "node:assert";
import { serialiseOnce } from "../../../sandbox/deploy/serialiseOnce";

describe("the serialiser of the sandbox", () => {
  /** What it was asked to serialise, and how many it was at at once. */
  let asked: unknown[];
  let most: number;
  let serialise: ReturnType<typeof serialiseOnce>;

  beforeEach(() => {
    [asked, most] = [[], 0];
    let running = 0;
    serialise = serialiseOnce(async (callback) => {
      asked.push(callback);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      if (callback === broken) throw new Error("captures a native function");
      return { text: String(callback), exportName: "handler", containsSecrets: false };
    });
  });

  const one = () => 1;
  const two = () => 2;
  const broken = () => 3;

  it("serialises a function once, however often it is deployed", async () => {
    const texts = await Promise.all([serialise(one), serialise(one)]);
    assert.deepEqual(
      [...texts, await serialise(one)].map(({ text }) => text),
      Array(3).fill("() => 1"),
    );
    assert.deepEqual(asked, [one]);
  });

  it("serialises two functions one after the other, also when the first can't be", async () => {
    const [failed, text] = await Promise.allSettled([serialise(broken), serialise(two)]);
    assert.equal(failed.status, "rejected");
    assert.equal(text.status === "fulfilled" && text.value.text, "() => 2");
    assert.deepEqual([asked, most], [[broken, two], 1]);
  });
});
