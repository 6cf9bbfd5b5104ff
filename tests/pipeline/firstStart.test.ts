import * as assert from "node:assert/strict";
import { filesOf, openPipeline, phases } from "./support/pipelineRun";
import { secondUp } from "./support/secondUp";

describe("an application whose first start fails", function () {
  this.timeout(60_000);

  it("keeps nothing from being made, and runs and scales after a mended pulumi up", async () => {
    const traffic = phases([60, 4_800], [60, 14_000]);
    const run = await openPipeline({ stack: "dev", traffic, flink: { failingStarts: 3 } });
    const look = () => run.cloud.flink.look(run.deployment.outputs.applicationName)!;
    await run.advance(20);
    assert.equal(look().status, "READY");
    assert.ok(run.lines.some(({ reason }) => /could not be started: The job failed to start/.test(reason)));
    const made = (type: string) => run.deployment.resources.filter((resource) => resource.type === type).length;
    assert.deepEqual([made("aws:appautoscaling/policy:Policy"), made("aws:cloudwatch/metricAlarm:MetricAlarm") > 4], [4, true]);

    const mended = filesOf("dev", { properties: { job: { mended: "true" } } });
    assert.deepEqual((await secondUp(run, mended)).updated["dev-flink-application"], ["applicationConfiguration"]);
    await run.advance(40);
    assert.equal(look().status, "RUNNING");
    await run.advance(30);
    assert.ok(look().kpus > 16, `${look().kpus} KPUs`);
  });
});
