// Source: Use system rollbacks for Managed Service for Apache Flink; RollbackApplication (API reference)
import assert = require("node:assert/strict");
import { flinkFixture, parallelismIn, toParallelism } from "./fixture";

const app = { ApplicationName: "app" };

describe("an update that fails", () => {
  it("with system rollback is rolled back: RUNNING again on the old parallelism, the operation FAILED with the reason", async () => {
    const f = flinkFixture({ parallelism: 2, rollback: true });
    f.flink.failNextUpdate("app", { error: "No more slots." });
    const { OperationId } = f.scale(4);
    await f.pass(60);
    assert.equal(f.status(), "ROLLING_BACK");
    await f.pass(60);
    const after = f.detail();
    assert.deepEqual(
      [after.ApplicationStatus, parallelismIn(after).CurrentParallelism, parallelismIn(after).Parallelism],
      ["RUNNING", 2, 2],
    );
    assert.deepEqual([after.ApplicationVersionRolledBackFrom, after.ApplicationVersionRolledBackTo], [2, 1]);
    const failed = f.operation(OperationId);
    assert.equal(failed.OperationStatus, "FAILED");
    assert.deepEqual(failed.OperationFailureDetails.ErrorInfo, { ErrorString: "No more slots." });
    const rollback = f.operation(failed.OperationFailureDetails.RollbackOperationId);
    assert.deepEqual([rollback.Operation, rollback.OperationStatus], ["RollbackApplication", "SUCCESSFUL"]);
    const versions = f.call("ListApplicationVersions", app).ApplicationVersionSummaries;
    assert.deepEqual(versions, [
      { ApplicationVersionId: 3, ApplicationStatus: "RUNNING" },
      { ApplicationVersionId: 2, ApplicationStatus: "ROLLED_BACK" },
      { ApplicationVersionId: 1, ApplicationStatus: "RUNNING" },
    ]);
  });

  it("without system rollback leaves the application READY, that is stopped", async () => {
    const f = flinkFixture({ rollback: false });
    f.flink.failNextUpdate("app");
    const { OperationId } = f.scale(4);
    await f.pass(60);
    assert.deepEqual([f.status(), f.operation(OperationId).OperationStatus], ["READY", "FAILED"]);
    assert.equal(f.operation(OperationId).OperationFailureDetails.RollbackOperationId, undefined);
    assert.equal(f.flink.billing("app").failedUpdates, 1);
  });

  it("leaves the application READY where the rollback fails too", async () => {
    const f = flinkFixture({ rollback: true });
    f.flink.failNextUpdate("app", { rollback: false });
    f.scale(4);
    await f.pass(120);
    assert.equal(f.status(), "READY");
    const [rollback] = f.call("ListApplicationOperations", {
      ...app,
      Operation: "RollbackApplication",
    }).ApplicationOperationInfoList;
    assert.equal(rollback.OperationStatus, "FAILED");
  });

  it("fails once: the next one succeeds", async () => {
    const f = flinkFixture();
    f.flink.failNextUpdate("app");
    f.scale(4);
    await f.pass(120);
    f.scale(4);
    await f.pass(60);
    assert.deepEqual([f.status(), parallelismIn(f.detail()).CurrentParallelism], ["RUNNING", 4]);
  });
});

describe("maxParallelism", () => {
  it("lets an update above it be accepted and fail in the job", async () => {
    const f = flinkFixture({ workload: { maxParallelism: 8 } });
    const { OperationId } = f.scale(9);
    await f.pass(120);
    assert.deepEqual([f.status(), parallelismIn(f.detail()).CurrentParallelism], ["RUNNING", 2]);
    assert.match(
      f.operation(OperationId).OperationFailureDetails.ErrorInfo.ErrorString,
      /parallelism \(9\) is higher than the max parallelism \(8\)/,
    );
    f.scale(8);
    await f.pass(60);
    assert.equal(parallelismIn(f.detail()).CurrentParallelism, 8);
  });

  it("is at least 128 and 1.5 times the first parallelism, rounded up to a power of two", async () => {
    for (const [first, most] of [
      [2, 128],
      [90, 256],
      [200, 512],
    ] as const) {
      const f = flinkFixture({ parallelism: first }, { kpuLimit: 1_000 });
      f.scale(most + 1);
      await f.pass(120);
      assert.equal(parallelismIn(f.detail()).CurrentParallelism, first);
      f.scale(most);
      await f.pass(60);
      assert.equal(parallelismIn(f.detail()).CurrentParallelism, most);
    }
  });

  it("is chosen anew by an update that drops the state", async () => {
    const f = flinkFixture({ workload: { maxParallelism: 8 } });
    f.call("UpdateApplication", {
      ...app,
      CurrentApplicationVersionId: 1,
      ApplicationConfigurationUpdate: toParallelism(16),
      RunConfigurationUpdate: { ApplicationRestoreConfiguration: { ApplicationRestoreType: "SKIP_RESTORE_FROM_SNAPSHOT" } },
    });
    await f.pass(60);
    assert.deepEqual([f.status(), parallelismIn(f.detail()).CurrentParallelism], ["RUNNING", 16]);
  });
});

describe("RollbackApplication", () => {
  it("goes back to the version before, from RUNNING or in mid-update, with a new version id", async () => {
    const f = flinkFixture({ parallelism: 2 });
    f.scale(4);
    await f.pass(60);
    f.call("RollbackApplication", { ...app, CurrentApplicationVersionId: 2 });
    assert.equal(f.status(), "ROLLING_BACK");
    await f.pass(60);
    assert.deepEqual(
      [f.status(), f.detail().ApplicationVersionId, parallelismIn(f.detail()).CurrentParallelism],
      ["RUNNING", 3, 2],
    );
    const { OperationId } = f.scale(8);
    f.call("RollbackApplication", { ...app, CurrentApplicationVersionId: 4 });
    await f.pass(120);
    assert.deepEqual([f.status(), parallelismIn(f.detail()).CurrentParallelism], ["RUNNING", 2]);
    assert.equal(f.operation(OperationId).OperationStatus, "CANCELLED");
  });

  it("is refused without a previous version, without snapshots, and on a stopped application", async () => {
    const fresh = flinkFixture();
    assert.throws(() => fresh.call("RollbackApplication", { ...app, CurrentApplicationVersionId: 1 }), {
      name: "InvalidRequestException",
    });
    const bare = flinkFixture({ snapshots: false });
    bare.scale(4);
    await bare.pass(60);
    assert.throws(() => bare.call("RollbackApplication", { ...app, CurrentApplicationVersionId: 2 }), {
      name: "InvalidRequestException",
      message: /has no snapshots/,
    });
    const stopped = flinkFixture({ start: false });
    assert.throws(() => stopped.call("RollbackApplication", { ...app, CurrentApplicationVersionId: 1 }), {
      name: "ResourceInUseException",
    });
  });
});
