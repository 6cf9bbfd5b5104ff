// Source: Amazon Managed Service for Apache Flink pricing
import assert = require("node:assert/strict");
import { flinkFixture } from "./fixture";

const app = { ApplicationName: "app" };

describe("what an application is billed", () => {
  it("is its KPUs while it isn't stopped, to the millisecond, and hours that cost one orchestration KPU more", async () => {
    const f = flinkFixture({ parallelism: 2 });
    await f.pass(3_600);
    f.scale(6);
    await f.pass(60);
    assert.deepEqual(f.flink.billing("app"), {
      kpuHours: 2 + 6 / 60,
      billedHours: 1 + 1 / 60,
      peakKpus: 6,
      kpus: 6,
      rescales: 1,
      updates: 1,
      failedUpdates: 0,
      rejectedUpdates: 0,
      processedRecords: 0,
      expiredRecords: 0,
    });
    f.call("StopApplication", app);
    await f.pass(30);
    const stopped = f.flink.billing("app").kpuHours;
    await f.pass(3_600);
    assert.equal(f.flink.billing("app").kpuHours, stopped);
  });

  it("starts from zero at a reset", async () => {
    const f = flinkFixture({ parallelism: 2 });
    await f.pass(3_600);
    f.flink.resetBilling("app");
    await f.pass(1_800);
    const { kpuHours, billedHours, peakKpus } = f.flink.billing("app");
    assert.deepEqual([kpuHours, billedHours, peakKpus], [1, 0.5, 2]);
  });

  it("counts an update that changes no KPU as an update and not as a rescale", async () => {
    const f = flinkFixture({ parallelism: 3, perKpu: 2 });
    f.scale(4);
    await f.pass(60);
    const { updates, rescales } = f.flink.billing("app");
    assert.deepEqual([updates, rescales], [1, 0]);
  });
});
