import * as assert from "node:assert/strict";
import { openPipeline, phases } from "./support/pipelineRun";

describe("a stack that adopts a stream and an application that are there", () => {
  it("creates neither, and scales both out and in", async function () {
    this.timeout(60_000);
    const config = {
      existingStream: "arn:aws:kinesis:us-east-1:123456789012:stream/orders",
      existingApplication: "order-counter",
      codeJar: "",
      kpus: 16,
    };
    const run = await openPipeline({ stack: "dev", traffic: phases([20, 4_800], [20, 14_000], [60, 500]), config });
    const types = run.deployment.resources.map(({ type }) => type);
    assert.ok(!types.includes("aws:kinesis/stream:Stream"));
    assert.ok(!types.includes("aws:kinesisanalyticsv2/application:Application"));
    assert.equal(run.deployment.outputs.streamName, "orders");
    assert.equal(run.deployment.outputs.applicationName, "order-counter");

    await run.advance(100);
    for (const dimension of ["stream", "flink"]) {
      const changes = run.changes.filter((change) => change.dimension === dimension);
      assert.ok(
        changes.some(({ from, to }) => to > from),
        `${dimension} out`,
      );
      assert.ok(
        changes.some(({ from, to }) => to < from),
        `${dimension} in`,
      );
    }
    assert.deepEqual(
      run.lines.filter(({ sluice }) => sluice === "error"),
      [],
    );
  });
});
