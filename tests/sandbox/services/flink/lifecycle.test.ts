// Source: CreateApplication, StartApplication, StopApplication, DeleteApplication (API reference); Managed Service for Apache Flink quotas
import assert = require("node:assert/strict");
import { account, arn, creation, flinkFixture, parallelismIn } from "./fixture";

const app = { ApplicationName: "app" };

describe("CreateApplication", () => {
  it("answers the application as READY, version 1, with its configuration described", () => {
    const { detail } = flinkFixture({ start: false, parallelism: 6, perKpu: 2 });
    const shown = detail();
    assert.deepEqual(
      [shown.ApplicationARN, shown.ApplicationStatus, shown.ApplicationVersionId, shown.RuntimeEnvironment],
      [arn, "READY", 1, "FLINK-1_20"],
    );
    assert.deepEqual(parallelismIn(shown), {
      ConfigurationType: "CUSTOM",
      Parallelism: 6,
      ParallelismPerKPU: 2,
      AutoScalingEnabled: false,
      CurrentParallelism: 6,
    });
    assert.match(shown.ConditionalToken, /^[a-zA-Z0-9-_+/=]{1,512}$/);
    const described = shown.ApplicationConfigurationDescription;
    assert.deepEqual(
      described.ApplicationCodeConfigurationDescription.CodeContentDescription.S3ApplicationCodeLocationDescription,
      {
        BucketARN: "arn:aws:s3:::code",
        FileKey: "job.jar",
      },
    );
    assert.deepEqual(described.FlinkApplicationConfigurationDescription.CheckpointConfigurationDescription, {
      ConfigurationType: "DEFAULT",
      CheckpointingEnabled: true,
      CheckpointInterval: 60_000,
      MinPauseBetweenCheckpoints: 5_000,
    });
  });

  it("leaves automatic scaling on and rollback off unless told otherwise", () => {
    const { call } = flinkFixture();
    const { ApplicationDetail } = call("CreateApplication", {
      ...creation(),
      ApplicationName: "plain",
      ApplicationConfiguration: {},
    });
    assert.deepEqual(parallelismIn(ApplicationDetail), {
      ConfigurationType: "DEFAULT",
      Parallelism: 1,
      ParallelismPerKPU: 1,
      AutoScalingEnabled: true,
      CurrentParallelism: 1,
    });
    const described = ApplicationDetail.ApplicationConfigurationDescription;
    assert.deepEqual(described.ApplicationSystemRollbackConfigurationDescription, { RollbackEnabled: false });
  });

  it("refuses parallelism without ConfigurationType CUSTOM", () => {
    const { call } = flinkFixture();
    const input = creation();
    input.ApplicationName = "other";
    input.ApplicationConfiguration.FlinkApplicationConfiguration.ParallelismConfiguration.ConfigurationType = "DEFAULT";
    assert.throws(() => call("CreateApplication", input), {
      name: "InvalidArgumentException",
      message:
        "ParallelismConfiguration.ConfigurationType must be CUSTOM to set Parallelism, ParallelismPerKPU, AutoScalingEnabled, got DEFAULT.",
    });
  });

  it("refuses more KPUs than the quota, more than 8 per KPU, and a name that exists", () => {
    const { call } = flinkFixture();
    const create = (parallelism: number, perKpu: number) =>
      call("CreateApplication", { ...creation({ parallelism, perKpu }), ApplicationName: `app-${parallelism}` });
    assert.throws(() => create(65, 1), {
      name: "LimitExceededException",
      message: "Parallelism 65 with ParallelismPerKPU 1 needs 65 KPUs. The limit for an application is 64 KPUs.",
    });
    assert.throws(() => create(9, 9), { name: "InvalidArgumentException" });
    create(512, 8);
    assert.throws(() => call("CreateApplication", creation()), { name: "ResourceInUseException" });
  });

  it("refuses what the service model refuses, and SQL and Studio runtimes", () => {
    const { call } = flinkFixture();
    assert.throws(() => call("CreateApplication", { ...creation(), RuntimeEnvironment: "FLINK-9_9" }), {
      name: "ValidationException",
    });
    assert.throws(() => call("CreateApplication", { ...creation(), ApplicationName: "sql", RuntimeEnvironment: "SQL-1_0" }), {
      name: "UnsupportedOperationException",
    });
  });
});

describe("StartApplication and StopApplication", () => {
  it("go READY, STARTING, RUNNING, STOPPING, READY, each with its operation", async () => {
    const f = flinkFixture({ start: false }, { startSeconds: 60, stopSeconds: 30 });
    assert.equal(f.status(), "READY");
    const start = f.call("StartApplication", app).OperationId;
    assert.deepEqual([f.status(), f.operation(start).OperationStatus], ["STARTING", "IN_PROGRESS"]);
    await f.pass(60);
    assert.deepEqual([f.status(), f.operation(start).OperationStatus], ["RUNNING", "SUCCESSFUL"]);
    assert.throws(() => f.call("StartApplication", app), { name: "ResourceInUseException" });
    const stop = f.call("StopApplication", app).OperationId;
    assert.deepEqual([f.status(), f.operation(stop).Operation], ["STOPPING", "StopApplication"]);
    await f.pass(30);
    assert.deepEqual([f.status(), f.operation(stop).OperationStatus], ["READY", "SUCCESSFUL"]);
    assert.throws(() => f.call("StopApplication", app), { name: "ResourceInUseException" });
  });

  it("take a snapshot at a stop, none at a forced one", async () => {
    const f = flinkFixture();
    const count = () => f.call("ListApplicationSnapshots", app).SnapshotSummaries.length;
    f.call("StopApplication", { ...app, Force: true });
    assert.equal(f.status(), "FORCE_STOPPING");
    await f.pass(10);
    assert.deepEqual([f.status(), count()], ["READY", 0]);
    f.call("StartApplication", app);
    f.call("StopApplication", app);
    assert.equal(count(), 1);
  });

  it("stop by force what is updating: the update is CANCELLED", async () => {
    const f = flinkFixture();
    const { OperationId } = f.scale(4);
    assert.throws(() => f.call("StopApplication", app), { name: "ResourceInUseException" });
    f.call("StopApplication", { ...app, Force: true });
    assert.deepEqual([f.status(), f.operation(OperationId).OperationStatus], ["FORCE_STOPPING", "CANCELLED"]);
    await f.pass(300);
    assert.equal(f.status(), "READY");
  });

  it("fail where the parallelism exceeds maxParallelism", async () => {
    const f = flinkFixture({ start: false, parallelism: 8, workload: { maxParallelism: 4 } }, { startSeconds: 60 });
    const { OperationId } = f.call("StartApplication", app);
    await f.pass(60);
    assert.deepEqual([f.status(), f.operation(OperationId).OperationStatus], ["READY", "FAILED"]);
  });

  it("refuse a custom snapshot that isn't there", () => {
    const f = flinkFixture({ start: false });
    const restore = { ApplicationRestoreType: "RESTORE_FROM_CUSTOM_SNAPSHOT", SnapshotName: "none" };
    assert.throws(() => f.call("StartApplication", { ...app, RunConfiguration: { ApplicationRestoreConfiguration: restore } }), {
      name: "ResourceNotFoundException",
    });
  });
});

describe("DeleteApplication", () => {
  it("needs the creation time, halts the application and deletes it", async () => {
    const f = flinkFixture();
    const { CreateTimestamp } = f.detail();
    assert.throws(() => f.call("DeleteApplication", { ...app, CreateTimestamp: new Date(0) }), {
      name: "InvalidArgumentException",
    });
    f.call("DeleteApplication", { ...app, CreateTimestamp });
    assert.equal(f.status(), "DELETING");
    await f.pass(10);
    assert.throws(f.status, {
      name: "ResourceNotFoundException",
      message: `Application app under account ${account} not found.`,
    });
    assert.deepEqual(f.call("ListApplications").ApplicationSummaries, []);
  });
});

describe("logging options, VPC and maintenance window", () => {
  it("are changes like any other: a new version, a new token, a restart", async () => {
    const f = flinkFixture();
    const before = f.detail();
    const LogStreamARN = `arn:aws:logs:eu-west-1:${account}:log-group:g:log-stream:s`;
    const answer = f.call("AddApplicationCloudWatchLoggingOption", {
      ...app,
      ConditionalToken: before.ConditionalToken,
      CloudWatchLoggingOption: { LogStreamARN },
    });
    assert.deepEqual([answer.ApplicationVersionId, f.status()], [2, "UPDATING"]);
    await f.pass(60);
    const [option] = f.detail().CloudWatchLoggingOptionDescriptions;
    assert.equal(option.LogStreamARN, LogStreamARN);
    const current = { ...app, CurrentApplicationVersionId: 2 };
    f.call("DeleteApplicationCloudWatchLoggingOption", {
      ...current,
      CloudWatchLoggingOptionId: option.CloudWatchLoggingOptionId,
    });
    await f.pass(60);
    const VpcConfiguration = { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] };
    const added = f.call("AddApplicationVpcConfiguration", { ...app, CurrentApplicationVersionId: 3, VpcConfiguration });
    await f.pass(60);
    const { VpcConfigurationId } = added.VpcConfigurationDescription;
    f.call("DeleteApplicationVpcConfiguration", { ...app, CurrentApplicationVersionId: 4, VpcConfigurationId });
    await f.pass(60);
    const after = f.detail();
    assert.deepEqual([after.ApplicationVersionId, after.CloudWatchLoggingOptionDescriptions], [5, []]);
    assert.deepEqual(after.ApplicationConfigurationDescription.VpcConfigurationDescriptions, []);
  });

  it("leave the version alone where the maintenance window moves; it is eight hours long", () => {
    const f = flinkFixture();
    f.call("UpdateApplicationMaintenanceConfiguration", {
      ...app,
      ApplicationMaintenanceConfigurationUpdate: { ApplicationMaintenanceWindowStartTimeUpdate: "20:30" },
    });
    assert.deepEqual(f.detail().ApplicationMaintenanceConfigurationDescription, {
      ApplicationMaintenanceWindowStartTime: "20:30",
      ApplicationMaintenanceWindowEndTime: "04:30",
    });
    assert.equal(f.detail().ApplicationVersionId, 1);
  });
});

describe("tags", () => {
  it("are set, listed and removed; fifty at most", () => {
    const { call } = flinkFixture();
    call("TagResource", { ResourceARN: arn, Tags: [{ Key: "a", Value: "1" }, { Key: "b" }] });
    call("UntagResource", { ResourceARN: arn, TagKeys: ["a"] });
    assert.deepEqual(call("ListTagsForResource", { ResourceARN: arn }).Tags, [{ Key: "b", Value: "" }]);
    const Tags = Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: "" }));
    assert.throws(() => call("TagResource", { ResourceARN: arn, Tags }), { name: "TooManyTagsException" });
  });
});
