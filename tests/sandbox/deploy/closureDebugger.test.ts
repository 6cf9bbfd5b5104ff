import { strict as assert } from "node:assert";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { runtime } from "@pulumi/pulumi";
import { withClosureDebugger } from "../../../sandbox/deploy/closureDebugger";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Whether what an async function has answered is still there as long as a promise that it awaited. */
async function awaitedPromiseKeeps(): Promise<boolean> {
  const awaited = Promise.resolve();
  const answer = async () => {
    await awaited;
    return { text: "an answer that nobody keeps" };
  };
  const made = new WeakRef(await answer());
  // A WeakRef's object lives at least until the present job ends.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  const kept = made.deref() !== undefined;
  await awaited;
  return kept;
}

/** A function that captures an object, serialised; the object. */
async function serialised(): Promise<WeakRef<object>> {
  const captured = { text: "what a function captures" };
  const { text } = await runtime.serializeFunction(() => captured.text);
  assert.match(text, /what a function captures/);
  return new WeakRef(captured);
}

describe("the debugger that serialising a function needs", () => {
  it("is on during the work and off afterwards: then no promise keeps what has awaited it", async () => {
    assert.equal(await withClosureDebugger(awaitedPromiseKeeps), true);
    assert.equal(await awaitedPromiseKeeps(), false);
    assert.equal(await withClosureDebugger(awaitedPromiseKeeps), true);
    assert.equal(await awaitedPromiseKeeps(), false);
  });

  it("is off after work that failed", async () => {
    await assert.rejects(
      withClosureDebugger(() => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(await awaitedPromiseKeeps(), false);
  });

  it("serves one work after another, and keeps at most what the last one looked at", async () => {
    const captured: WeakRef<object>[] = [];
    for (let times = 0; times < 4; times++) captured.push(await withClosureDebugger(serialised));
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    assert.deepEqual(
      captured.slice(0, 3).map((object) => object.deref()),
      [undefined, undefined, undefined],
    );
  });
});
