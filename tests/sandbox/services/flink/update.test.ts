import assert = require("node:assert/strict");
import { flinkFixture, parallelismIn, toParallelism } from "./fixture";

const app = { ApplicationName: "app" };

describe("UpdateApplication of a running application", () => {
  it("is UPDATING for the restart, then RUNNING with the new parallelism, a new version and a new token", async () => {
    const f = flinkFixture({ parallelism: 2 });
    const before = f.detail();
    const { ApplicationDetail, OperationId } = f.scale(4);
    assert.deepEqual([ApplicationDetail.ApplicationStatus, ApplicationDetail.ApplicationVersionId], ["UPDATING", 2]);
    assert.deepEqual([parallelismIn(f.detail()).Parallelism, parallelismIn(f.detail()).CurrentParallelism], [4, 2]);
    assert.notEqual(f.detail().ConditionalToken, before.ConditionalToken);
    await f.pass(59);
    assert.equal(f.status(), "UPDATING");
    await f.pass(1);
    const after = f.detail();
    assert.deepEqual([after.ApplicationStatus, parallelismIn(after).CurrentParallelism], ["RUNNING", 4]);
    assert.equal(after.ApplicationVersionUpdatedFrom, 1);
    const operation = f.operation(OperationId);
    assert.deepEqual([operation.Operation, operation.OperationStatus], ["UpdateApplication", "SUCCESSFUL"]);
    assert.deepEqual(operation.ApplicationVersionChangeDetails, {
      ApplicationVersionUpdatedFrom: 1,
      ApplicationVersionUpdatedTo: 2,
    });
    assert.equal(operation.EndTime - operation.StartTime, 60_000);
  });

  it("takes the restart time that the application was given", async () => {
    const f = flinkFixture({ workload: { restartSeconds: 300 } });
    f.scale(4);
    await f.pass(299);
    assert.equal(f.status(), "UPDATING");
    await f.pass(1);
    assert.equal(f.status(), "RUNNING");
  });

  it("needs the current version or the current token", async () => {
    const f = flinkFixture();
    const { ConditionalToken } = f.detail();
    const update = (input: object) =>
      f.call("UpdateApplication", { ...app, ApplicationConfigurationUpdate: toParallelism(4), ...input });
    assert.throws(() => update({}), {
      name: "InvalidArgumentException",
      message: "Either CurrentApplicationVersionId or ConditionalToken must be provided.",
    });
    assert.throws(() => update({ CurrentApplicationVersionId: 7 }), { name: "ConcurrentModificationException" });
    update({ CurrentApplicationVersionId: 1 });
    await f.pass(60);
    assert.throws(() => update({ ConditionalToken }), { name: "ConcurrentModificationException" });
    update({ ConditionalToken: f.detail().ConditionalToken });
  });

  it("is refused in every status but RUNNING and READY", () => {
    const f = flinkFixture();
    const refused = [
      "DELETING",
      "STARTING",
      "STOPPING",
      "UPDATING",
      "AUTOSCALING",
      "FORCE_STOPPING",
      "ROLLING_BACK",
      "MAINTENANCE",
      "ROLLED_BACK",
    ];
    for (const status of refused) {
      f.flink.setStatus("app", status as "UPDATING");
      assert.throws(() => f.scale(4), { name: "ResourceInUseException", message: new RegExp(`in state ${status}`) });
    }
    assert.equal(f.flink.billing("app").rejectedUpdates, refused.length);
    f.flink.setStatus("app", "RUNNING");
    assert.equal(f.scale(4).ApplicationDetail.ApplicationStatus, "UPDATING");
  });

  it("is refused while a snapshot is being created, and a snapshot while it runs", async () => {
    const f = flinkFixture();
    f.call("CreateApplicationSnapshot", { ...app, SnapshotName: "mine" });
    assert.throws(() => f.scale(4), { name: "ResourceInUseException", message: /while snapshot mine is being created/ });
    await f.pass(10);
    f.scale(4);
    assert.throws(() => f.call("CreateApplicationSnapshot", { ...app, SnapshotName: "other" }), {
      name: "ResourceInUseException",
    });
  });

  it("takes a snapshot first while snapshots are enabled", () => {
    const names = (snapshots: boolean) => {
      const f = flinkFixture({ snapshots });
      f.scale(4);
      return f.call("ListApplicationSnapshots", app).SnapshotSummaries.length;
    };
    assert.deepEqual([names(true), names(false)], [1, 0]);
  });

  it("refuses KPUs above the quota when it is called; a raised quota is an option", () => {
    assert.throws(() => flinkFixture().scale(65), { name: "LimitExceededException", message: /needs 65 KPUs/ });
    assert.equal(flinkFixture({}, { kpuLimit: 400 }).scale(100).ApplicationDetail.ApplicationVersionId, 2);
  });

  it("needs ConfigurationTypeUpdate CUSTOM where the application's type is DEFAULT", async () => {
    const f = flinkFixture({ start: false });
    const update = (parallelism: object) =>
      f.call("UpdateApplication", {
        ...app,
        ConditionalToken: f.detail().ConditionalToken,
        ApplicationConfigurationUpdate: { FlinkApplicationConfigurationUpdate: { ParallelismConfigurationUpdate: parallelism } },
      });
    assert.throws(() => update({ ConfigurationTypeUpdate: "DEFAULT", ParallelismUpdate: 4 }), {
      name: "InvalidArgumentException",
    });
    update({ ConfigurationTypeUpdate: "DEFAULT" });
    await f.pass(5);
    assert.equal(parallelismIn(f.detail()).Parallelism, 1);
    update({ ConfigurationTypeUpdate: "CUSTOM", ParallelismUpdate: 4 });
    assert.deepEqual([parallelismIn(f.detail()).Parallelism, parallelismIn(f.detail()).ParallelismPerKPU], [4, 1]);
  });

  it("changes only what it names", async () => {
    const f = flinkFixture({ parallelism: 3, perKpu: 2 });
    f.call("UpdateApplication", {
      ...app,
      CurrentApplicationVersionId: 1,
      RuntimeEnvironmentUpdate: "FLINK-2_2",
      ApplicationConfigurationUpdate: {
        FlinkApplicationConfigurationUpdate: { MonitoringConfigurationUpdate: { MetricsLevelUpdate: "TASK" } },
        ApplicationCodeConfigurationUpdate: { CodeContentUpdate: { S3ContentLocationUpdate: { FileKeyUpdate: "new.jar" } } },
        ApplicationSnapshotConfigurationUpdate: { SnapshotsEnabledUpdate: false },
        EnvironmentPropertyUpdates: { PropertyGroups: [{ PropertyGroupId: "g", PropertyMap: { a: "1" } }] },
      },
    });
    await f.pass(60);
    const { ApplicationConfigurationDescription: described, RuntimeEnvironment } = f.detail();
    assert.equal(RuntimeEnvironment, "FLINK-2_2");
    assert.deepEqual(parallelismIn(f.detail()), {
      ConfigurationType: "CUSTOM",
      Parallelism: 3,
      ParallelismPerKPU: 2,
      AutoScalingEnabled: false,
      CurrentParallelism: 3,
    });
    assert.equal(described.FlinkApplicationConfigurationDescription.MonitoringConfigurationDescription.MetricsLevel, "TASK");
    assert.deepEqual(
      described.ApplicationCodeConfigurationDescription.CodeContentDescription.S3ApplicationCodeLocationDescription,
      {
        BucketARN: "arn:aws:s3:::code",
        FileKey: "new.jar",
      },
    );
    assert.equal(described.ApplicationSnapshotConfigurationDescription.SnapshotsEnabled, false);
    assert.deepEqual(described.EnvironmentPropertyDescriptions.PropertyGroupDescriptions, [
      { PropertyGroupId: "g", PropertyMap: { a: "1" } },
    ]);
  });
});

describe("UpdateApplication of a stopped application", () => {
  it("goes READY, UPDATING, READY without a restart or a bill", async () => {
    const f = flinkFixture({ start: false });
    f.scale(40);
    assert.equal(f.status(), "UPDATING");
    await f.pass(5);
    assert.deepEqual([f.status(), parallelismIn(f.detail()).CurrentParallelism], ["READY", 40]);
    assert.deepEqual([f.flink.billing("app").kpuHours, f.flink.billing("app").rescales], [0, 0]);
  });
});

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

describe("an update's events", () => {
  it("tell its start, its end and the KPUs, or why it failed", async () => {
    const f = flinkFixture({ parallelism: 2 });
    f.scale(4);
    await f.pass(60);
    f.flink.failNextUpdate("app", { error: "Boom." });
    f.scale(6);
    await f.pass(120);
    const events = f.cloud.events.recent().filter((e) => e.source === "kinesisanalytics" && /Update|Rollback/.test(e.type));
    assert.deepEqual(
      events.map(({ type, detail }) => [type, detail.from ?? detail.error, detail.to]),
      [
        ["UpdateStarted", 2, 4],
        ["UpdateCompleted", 2, 4],
        ["UpdateStarted", 4, 6],
        ["UpdateFailed", "Boom.", undefined],
        ["RollbackCompleted", undefined, 4],
      ],
    );
  });
});
