// Source: Amazon Managed Service for Apache Flink API Reference; Actions, resources, and condition keys for Amazon Kinesis Analytics V2
import assert = require("node:assert/strict");
import { applicationStatuses } from "../../../../sandbox/services/flink/application";
import { inputs } from "../../../../sandbox/services/flink/inputs";
import { account, arn, creation, flinkFixture } from "./fixture";

const app = { ApplicationName: "app" };

describe("requests to Managed Flink", () => {
  it("have a model for every operation of the table, and no other", () => {
    const { flink } = flinkFixture();
    assert.deepEqual(Object.keys(flink.operations).sort(), Object.keys(inputs).sort());
  });

  it("are refused by the service model deep into the configuration", () => {
    const { call } = flinkFixture();
    const update = { FlinkApplicationConfigurationUpdate: { ParallelismConfigurationUpdate: { ParallelismUpdate: 0 } } };
    assert.throws(() => call("UpdateApplication", { ...app, ApplicationConfigurationUpdate: update }), {
      name: "ValidationException",
      message:
        "1 validation error detected: Value '0' at 'applicationConfigurationUpdate.flinkApplicationConfigurationUpdate." +
        "parallelismConfigurationUpdate.parallelismUpdate' failed to satisfy constraint: Member must have value greater than or equal to 1",
    });
  });

  it("need the action on the application's ARN, PassRole for its role, * for creating and listing", () => {
    const { flink } = flinkFixture();
    const role = `arn:aws:iam::${account}:role/app`;
    assert.deepEqual(flink.requirements("UpdateApplication", app), [
      { action: "kinesisanalytics:UpdateApplication", resource: arn },
    ]);
    assert.deepEqual(flink.requirements("ListApplications", {}), [
      { action: "kinesisanalytics:ListApplications", resource: "*" },
    ]);
    assert.deepEqual(flink.requirements("CreateApplication", creation()), [
      { action: "kinesisanalytics:CreateApplication", resource: "*" },
      { action: "iam:PassRole", resource: role },
    ]);
    assert.deepEqual(flink.requirements("ListTagsForResource", { ResourceARN: arn }), [
      { action: "kinesisanalytics:ListTagsForResource", resource: arn },
    ]);
  });

  it("need CreateSystemSnapshot too where an update takes an enhanced snapshot", async () => {
    const f = flinkFixture();
    f.call("UpdateApplication", {
      ...app,
      CurrentApplicationVersionId: 1,
      ApplicationConfigurationUpdate: {
        ApplicationSnapshotConfigurationUpdate: { SnapshotsEnabledUpdate: true, SnapshotModeUpdate: "ENHANCED_SNAPSHOTS" },
      },
    });
    await f.pass(60);
    assert.deepEqual(
      f.flink.requirements("UpdateApplication", app).map((need) => need.action),
      ["kinesisanalytics:UpdateApplication", "kinesisanalytics:CreateSystemSnapshot"],
    );
  });

  it("can be made to fail, and be limited in rate by an option", () => {
    const { call, flink } = flinkFixture({}, { rates: { DescribeApplication: 2 }, rateWindowSeconds: 1 });
    flink.failNext("DescribeApplication", "ThrottlingException");
    assert.throws(() => call("DescribeApplication", app), { name: "ThrottlingException" });
    call("DescribeApplication", app);
    call("DescribeApplication", app);
    assert.throws(() => call("DescribeApplication", app), { name: "ThrottlingException", message: "Rate exceeded" });
  });
});

describe("the status of an application", () => {
  it("can be any of the eleven for whoever has to read them", () => {
    const f = flinkFixture();
    assert.equal(applicationStatuses.length, 11);
    for (const status of applicationStatuses) {
      f.flink.setStatus("app", status);
      assert.equal(f.status(), status);
      assert.equal(f.flink.look("app")!.status, status);
    }
  });
});
