import * as assert from "node:assert/strict";
import { openPipeline, phases } from "./support/pipelineRun";

describe("the scaler with the real SDK clients", () => {
  it("writes the same lines for three hours of traffic as with the sandbox's own clients", async function () {
    this.timeout(120_000);
    const traffic = phases([20, 4_800], [30, 14_000], [60, 1_000], [70, 6_500]);
    const lines = [];
    for (const realSdk of [true, false]) {
      const run = await openPipeline({ stack: "dev", traffic, realSdk });
      await run.advance(180);
      lines.push(run.lines);
    }
    assert.ok(lines[0]!.filter(({ action }) => action === "begin").length >= 6);
    assert.deepEqual(lines[0], lines[1]);
  });
});
