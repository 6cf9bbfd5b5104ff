// Source: Use automatic scaling in Managed Service for Apache Flink
import assert = require("node:assert/strict");
import { flinkFixture, parallelismIn } from "./fixture";

const app = { ApplicationName: "app" };

describe("automatic scaling, if it is left on", () => {
  it("doubles the parallelism after 15 minutes at 75 % of CPU, in AUTOSCALING meanwhile", async () => {
    const f = flinkFixture({ parallelism: 2, autoScaling: true });
    for (let i = 0; i < 14; i++) await f.minute(90_000);
    assert.equal(f.status(), "RUNNING");
    await f.minute(90_000);
    assert.equal(f.status(), "AUTOSCALING");
    assert.throws(() => f.scale(3), { name: "ResourceInUseException" });
    await f.minute(90_000);
    assert.deepEqual(
      [f.status(), parallelismIn(f.detail()).Parallelism, parallelismIn(f.detail()).CurrentParallelism],
      ["RUNNING", 2, 4],
    );
    assert.equal(f.detail().ApplicationVersionId, 1);
    assert.equal(f.flink.billing("app").rescales, 1);
  });

  it("starts counting anew after a minute below 75 %", async () => {
    const f = flinkFixture({ parallelism: 2, autoScaling: true });
    for (let i = 0; i < 14; i++) await f.minute(90_000);
    await f.minute(89_000);
    for (let i = 0; i < 14; i++) await f.minute(90_000);
    assert.equal(parallelismIn(f.detail()).CurrentParallelism, 2);
  });

  it("halves it, rounded up, after six hours under 10 %, never below the configured parallelism", async () => {
    const f = flinkFixture({ parallelism: 3, autoScaling: true });
    for (let i = 0; i < 16; i++) await f.minute(200_000);
    await f.minute(0);
    assert.equal(parallelismIn(f.detail()).CurrentParallelism, 6);
    for (let i = 0; i < 370; i++) await f.minute(100);
    assert.equal(parallelismIn(f.detail()).CurrentParallelism, 3);
    for (let i = 0; i < 370; i++) await f.minute(100);
    assert.equal(parallelismIn(f.detail()).CurrentParallelism, 3);
  });

  it("stays within the KPU quota", async () => {
    const f = flinkFixture({ parallelism: 3, autoScaling: true }, { kpuLimit: 4 });
    for (let i = 0; i < 40; i++) await f.minute(1_000_000);
    assert.equal(parallelismIn(f.detail()).CurrentParallelism, 4);
  });

  it("keeps what it reached through an update of something else", async () => {
    const f = flinkFixture({ parallelism: 2, autoScaling: true });
    for (let i = 0; i < 17; i++) await f.minute(120_000);
    f.call("UpdateApplication", {
      ...app,
      CurrentApplicationVersionId: 1,
      ApplicationConfigurationUpdate: { ApplicationSnapshotConfigurationUpdate: { SnapshotsEnabledUpdate: true } },
    });
    await f.pass(60);
    assert.equal(parallelismIn(f.detail()).CurrentParallelism, 4);
  });

  it("does nothing once it is off", async () => {
    const f = flinkFixture({ parallelism: 2, autoScaling: false });
    for (let i = 0; i < 60; i++) await f.minute(500_000);
    assert.equal(parallelismIn(f.detail()).CurrentParallelism, 2);
  });
});
