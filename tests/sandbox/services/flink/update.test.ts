// Source: UpdateApplication (API reference); Implement application scaling in Managed Service for Apache Flink
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
