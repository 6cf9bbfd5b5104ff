import { strict as assert } from "node:assert";
import { scalingChange } from "../../../sandbox/report/scalingEvents";

const event = (type: string, detail: Record<string, unknown>) => ({ time: 5, source: "x", type, message: "", detail });

describe("an event of the log", () => {
  for (const [type, dimension, kind] of [
    ["UpdateShardCountStarted", "stream", "update"],
    ["SplitShardStarted", "stream", "split"],
    ["MergeShardsStarted", "stream", "merge"],
    ["UpdateStarted", "flink", "update"],
  ] as const) {
    it(`${type} is a scaling when the call was accepted`, () => {
      assert.deepEqual(scalingChange(event(type, { from: 8, to: 9 })), { dimension, kind, time: 5, from: 8, to: 9 });
    });
  }

  it("that tells completion, or changes something else than capacity, is no scaling", () => {
    assert.equal(scalingChange(event("UpdateShardCountCompleted", { from: 8, to: 9 })), undefined);
    assert.equal(scalingChange(event("UpdateStarted", { from: 8, to: 8 })), undefined);
    assert.equal(scalingChange(event("UpdateStarted", {})), undefined);
  });
});
