import { strict as assert } from "node:assert";
import { capacityMetrics } from "../../../scaler/names";
import { awsError, equalShards } from "../fakeAws";
import { invoke, minute, parametersOf, scenario, scheduledEvent, streamConfig } from "../scenario";

describe("the minute run", () => {
  it("adopts what is there when the parameters are empty", async () => {
    const one = scenario({ shards: 8, kpus: 4 });
    await one.run();
    assert.equal(one.state("dev-stream").actual, 8);
    assert.equal(one.state("dev-stream").settled?.desired, 8);
    assert.equal(one.state("dev-flink").settled?.desired, 4);
    assert.deepEqual(
      one.decisions().map(({ action, id }) => [id, action]),
      [
        ["dev-stream", "adopt"],
        ["dev-flink", "adopt"],
      ],
    );
  });

  it("makes three calls for a pipeline in which nothing changes, and writes nothing", async () => {
    const one = scenario();
    await one.run();
    one.aws.calls.length = 0;
    await one.run();
    assert.deepEqual(one.aws.calls.map(({ operation }) => operation).sort(), [
      "DescribeApplication",
      "DescribeStreamSummary",
      "GetParametersByPath",
    ]);
  });

  it("logs no decision in a minute in which nothing is to do", async () => {
    const one = scenario();
    await one.run();
    one.lines.length = 0;
    await one.run();
    assert.deepEqual(one.decisions(), []);
  });

  it("publishes capacities for the minute before last, and counters for its own", async () => {
    const one = scenario();
    await one.run();
    const at = (name: string) =>
      one.metrics(name, "dev-stream").map(({ value, timestamp }) => [value, (one.now - timestamp) / minute]);
    assert.deepEqual(at(capacityMetrics.desired), [[8, 2]]);
    assert.deepEqual(at(capacityMetrics.actual), [[8, 2]]);
    assert.deepEqual(at(capacityMetrics.pendingMinutes), [[0, 0]]);
    assert.deepEqual(at(capacityMetrics.updatesLeft), [[10, 0]]);
    assert.deepEqual(at(capacityMetrics.changes), [[0, 0]]);
    assert.deepEqual(at(capacityMetrics.failedUpdates), [[0, 0]]);
    assert.deepEqual(at(capacityMetrics.errors), [[0, 0]]);
    assert.deepEqual(one.metrics(capacityMetrics.updatesLeft, "dev-flink"), []);
  });

  it("publishes what was just asked for for one minute more: the policy must not ask again by the minutes that it acted on", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-stream", 12);
    const desired = async () => {
      one.lines.length = 0;
      await one.run();
      return one
        .metrics(capacityMetrics.desired, "dev-stream")
        .map(({ value, timestamp }) => [value, (one.now - timestamp) / minute]);
    };
    assert.deepEqual(await desired(), [
      [12, 2],
      [12, 3],
    ]);
    for (let i = 0; i < 3; i++) await desired();
    assert.deepEqual(await desired(), [[12, 2]]);
  });

  it("writes the embedded metric format as CloudWatch reads it", async () => {
    const one = scenario({ flink: false });
    await one.run();
    const line = one.lines.find((text) => text.includes('"ActualCapacity"'));
    assert.deepEqual(JSON.parse(line ?? ""), {
      _aws: {
        Timestamp: one.now - 2 * minute,
        CloudWatchMetrics: [
          {
            Namespace: "Sluice",
            Dimensions: [["Stack", "Dimension"]],
            Metrics: [
              { Name: "DesiredCapacity", Unit: "Count" },
              { Name: "ActualCapacity", Unit: "Count" },
            ],
          },
        ],
      },
      Stack: "dev",
      Dimension: "dev-stream",
      DesiredCapacity: 8,
      ActualCapacity: 8,
    });
  });

  it("climbs a ladder: one UpdateShardCount after the other, each when the last one is done", async () => {
    const one = scenario({ shards: 4, flink: false });
    await one.run();
    await one.patch("dev-stream", 20);
    await one.runs(8);
    assert.deepEqual(one.aws.called("UpdateShardCount"), [
      { StreamName: "orders", TargetShardCount: 8, ScalingType: "UNIFORM_SCALING" },
      { StreamName: "orders", TargetShardCount: 16, ScalingType: "UNIFORM_SCALING" },
      { StreamName: "orders", TargetShardCount: 20, ScalingType: "UNIFORM_SCALING" },
    ]);
    const last = one
      .decisions()
      .filter(({ action }) => action === "begin")
      .at(-1);
    assert.deepEqual([last?.call, last?.target, last?.reason], ["UpdateShardCount", 20, "UpdateShardCount from 16 to 20 shards"]);
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Successful");
  });

  it("scales the application by its parallelism, with the token of the look, and its own autoscaling off", async () => {
    const one = scenario({ flink: { parallelismPerKpu: 2 }, kpus: 4 });
    await one.run();
    await one.patch("dev-flink", 6);
    await one.runs(2);
    assert.deepEqual(one.aws.called("UpdateApplication"), [
      {
        ApplicationName: "enrich",
        ConditionalToken: "token-1",
        ApplicationConfigurationUpdate: {
          ApplicationSystemRollbackConfigurationUpdate: { RollbackEnabledUpdate: true },
          FlinkApplicationConfigurationUpdate: {
            ParallelismConfigurationUpdate: {
              ConfigurationTypeUpdate: "CUSTOM",
              ParallelismUpdate: 12,
              AutoScalingEnabledUpdate: false,
            },
          },
        },
      },
    ]);
    assert.equal(one.state("dev-flink").actual, 6);
    const reason = one.decisions().find(({ action }) => action === "begin")?.reason;
    assert.equal(
      reason,
      "UpdateApplication from 4 to 6 KPUs (parallelism 12, more than the 8 shards: the sources beyond them idle)",
    );
  });

  it("counts a parallelism that doesn't fill its last KPU as a whole KPU", async () => {
    const one = scenario({ flink: { parallelismPerKpu: 4 }, kpus: 2 });
    const application = one.aws.applications["enrich"];
    if (application) application.parallelism = 9;
    await one.run();
    assert.equal(one.state("dev-flink").actual, 3);
  });

  it("begins at most one change of a pipeline in a run, the stream's scale-out first", async () => {
    const one = scenario({ shards: 8, kpus: 4 });
    await one.run();
    await one.patch("dev-stream", 12);
    await one.patch("dev-flink", 6);
    const begun: string[] = [];
    for (let i = 0; i < 6; i++) {
      one.aws.calls.length = 0;
      await one.runs(1);
      begun.push(
        one.aws.calls
          .map(({ operation }) => operation)
          .filter((name) => /^Update/.test(name))
          .join("+"),
      );
    }
    assert.deepEqual(begun, ["UpdateShardCount", "UpdateApplication", "", "", "", ""]);
    assert.deepEqual([one.state("dev-stream").actual, one.state("dev-flink").actual], [12, 6]);
  });

  it("lets pipelines go on without each other", async () => {
    const one = scenario({ flink: false });
    Object.assign(one.aws.parameters, parametersOf("other", { ...streamConfig, name: "clicks", pipeline: "other" }));
    one.aws.streams["clicks"] = { status: "ACTIVE", onDemand: false, shards: equalShards(2) };
    await one.run();
    await one.patch("dev-stream", 12);
    await one.patch("other", 4);
    await one.run();
    assert.deepEqual(
      one.aws
        .called("UpdateShardCount")
        .map(({ StreamName }) => StreamName)
        .sort(),
      ["clicks", "orders"],
    );
  });

  it("does everything else when one dimension's service can't be looked at, and says so", async () => {
    const one = scenario();
    Object.assign(one.aws.parameters, parametersOf("other", { ...streamConfig, name: "clicks", pipeline: "other" }));
    one.aws.streams["clicks"] = { status: "ACTIVE", onDemand: false, shards: equalShards(2) };
    await one.run();
    one.lines.length = 0;
    one.aws.faults.push({
      operation: "DescribeStreamSummary",
      error: awsError("AccessDeniedException", "no"),
      matching: "orders",
    });
    await one.patch("other", 4);
    await one.run();
    assert.equal(one.aws.called("UpdateShardCount").length, 1);
    const errors = one.metrics(capacityMetrics.errors).map(({ id, value }) => `${id} ${value}`);
    assert.deepEqual(errors.sort(), ["dev-flink 0", "dev-stream 1", "other 0"]);
    assert.deepEqual(one.metrics(capacityMetrics.actual, "dev-stream"), []);
    assert.deepEqual(
      one.metrics(capacityMetrics.desired, "dev-stream").map(({ value }) => value),
      [8],
    );
    assert.ok(one.lines.some((line) => line.includes('"sluice":"error"') && line.includes("AccessDeniedException: no")));
  });

  it("holds a stream up for ten minutes when its application can't be looked at, and not for ever", async () => {
    const one = scenario();
    await one.run();
    one.aws.faults.push({ operation: "DescribeApplication", error: awsError("AccessDeniedException") });
    await one.patch("dev-stream", 12);
    await one.runs(10);
    assert.equal(one.aws.called("UpdateShardCount").length, 0);
    await one.runs(2);
    assert.equal(one.aws.called("UpdateShardCount").length, 1);
  });

  it("holds a stream up for an hour when the application that can't be looked at has a change under way", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-flink", 8);
    await one.run();
    one.aws.faults.push({ operation: "DescribeApplication", error: awsError("AccessDeniedException") });
    for (let i = 0; i < 60; i++) {
      await one.patch("dev-stream", 12 + (i % 2));
      await one.run();
    }
    assert.equal(one.aws.called("UpdateShardCount").length, 0);
    await one.patch("dev-stream", 14);
    await one.run();
    assert.equal(one.aws.called("UpdateShardCount").length, 1);
  });

  it("fails what is desired of a service that could not be looked at for 15 minutes", async () => {
    const one = scenario();
    await one.run();
    one.aws.faults.push({ operation: "DescribeApplication", error: awsError("AccessDeniedException", "no") });
    await one.patch("dev-flink", 8);
    await one.runs(16);
    const { answer } = await one.get("dev-flink");
    assert.deepEqual([answer.scalingStatus, answer.desiredCapacity], ["Failed", 4]);
    assert.equal(
      answer.failureReason,
      "8 could not begin within 15 minutes: enrich could not be looked at (AccessDeniedException: no (kinesisanalytics:DescribeApplication))",
    );
  });

  it("writes a parameter twice to begin a stream's change, once to end it, and never meanwhile", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 12);
    const writes: number[] = [];
    for (const completes of [false, false, false, true, false]) {
      if (completes) one.aws.complete();
      one.aws.calls.length = 0;
      await one.run();
      writes.push(one.aws.called("PutParameter").length);
    }
    assert.deepEqual(writes, [2, 0, 0, 1, 0]);
  });

  it("reports a broken parameter as an error of that dimension alone", async () => {
    const one = scenario();
    one.aws.parameters["/sluice/dev/dev-flink/config"]?.push('{"kind":"flink","name":"enrich"}');
    await one.patch("dev-stream", 12);
    await one.run();
    assert.equal(one.aws.called("UpdateShardCount").length, 1);
    const error = one.lines.find((line) => line.includes('"sluice":"error"'));
    assert.deepEqual(JSON.parse(error ?? ""), {
      sluice: "error",
      time: new Date(one.now).toISOString(),
      stack: "dev",
      id: "dev-flink",
      reason:
        "parameter config of dev-flink is broken: pipeline, mode, min, max, parallelismPerKpu, maxParallelism, drainAfterReshard, " +
        "checkpointIntervalSeconds missing or out of range; run pulumi up",
    });
  });

  it("adopts what is there when the state can't be read, and repairs it", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-stream", 30);
    one.aws.parameters["/sluice/dev/dev-stream/state"]?.push("not json");
    await one.run();
    assert.equal(one.state("dev-stream").settled?.desired, 8);
    assert.equal(one.aws.called("UpdateShardCount").length, 0);
    one.lines.length = 0;
    await one.run();
    assert.ok(!one.lines.some((line) => line.includes('"sluice":"error"')));
  });

  it("changes nothing in observe mode, says what it would do once, and plays along in its answers", async () => {
    const one = scenario({ stream: { mode: "observe" } });
    await one.run();
    one.lines.length = 0;
    await one.patch("dev-stream", 12);
    await one.runs(30);
    assert.equal(one.aws.called("UpdateShardCount").length, 0);
    assert.deepEqual(
      one.decisions().map(({ action, reason }) => [action, reason]),
      [
        ["accept", "12 was asked for"],
        ["observe", "observe mode: would call UpdateShardCount from 8 to 12; nothing is changed, 8 are there"],
      ],
    );
    const { answer } = await one.get("dev-stream");
    assert.deepEqual([answer.actualCapacity, answer.desiredCapacity, answer.scalingStatus], [12, 12, "Successful"]);
    assert.equal(one.metrics(capacityMetrics.actual, "dev-stream").at(-1)?.value, 8);
    assert.equal(one.metrics(capacityMetrics.desired, "dev-stream").at(-1)?.value, 12);
    assert.equal(one.metrics(capacityMetrics.pendingMinutes, "dev-stream").at(-1)?.value, 0);
  });

  it("publishes for how many minutes actual has differed from desired", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 12);
    for (let i = 0; i < 4; i++) await one.run();
    assert.deepEqual(
      one.metrics(capacityMetrics.pendingMinutes).map(({ value }) => value),
      [0, 0, 1, 2, 3],
    );
    one.aws.complete();
    await one.run();
    assert.equal(one.metrics(capacityMetrics.pendingMinutes).at(-1)?.value, 0);
  });

  it("keeps desired within bounds that change while a change runs", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 16);
    await one.run();
    one.configure("dev-stream", { max: 10 });
    await one.run();
    assert.equal((await one.get("dev-stream")).answer.desiredCapacity, 10);
    await one.runs(3);
    assert.equal(one.state("dev-stream").actual, 10);
    one.configure("dev-stream", { min: 12, max: 64 });
    await one.runs(3);
    assert.equal(one.state("dev-stream").actual, 12, "what the bounds cut does not come back");
  });

  it("fails a desired that the bounds cut before it was reached, and goes to the bound", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 60);
    await one.run();
    one.configure("dev-stream", { max: 20 });
    await one.runs(3);
    const { answer } = await one.get("dev-stream");
    assert.deepEqual([answer.scalingStatus, answer.actualCapacity, answer.desiredCapacity], ["Failed", 20, 20]);
    assert.equal(answer.failureReason, "60 was desired, but the bounds are now 1 to 20: desired is 20");
  });

  it("fails as a whole when the parameters can't be read: the function's error and the missing capacity say so", async () => {
    const one = scenario();
    one.aws.faults.push({ operation: "GetParametersByPath", error: awsError("ThrottlingException"), times: 5 });
    await assert.rejects(one.run(), { name: "ThrottlingException" });
    assert.deepEqual(one.lines, []);
    assert.deepEqual(one.aws.pauses, [1_000, 2_000, 3_000, 4_000]);
  });

  it("asks again for a page of parameters that is throttled, and for no other error", async () => {
    const one = scenario();
    one.aws.faults.push({ operation: "GetParametersByPath", error: awsError("ThrottlingException"), times: 4 });
    await one.run();
    assert.equal(one.state("dev-stream").actual, 8);
    one.aws.faults.push({ operation: "GetParametersByPath", error: awsError("InternalServerError"), times: 1 });
    await assert.rejects(one.run(), { name: "InternalServerError" });
  });

  it("does nothing for an event that isn't its schedule", async () => {
    const one = scenario();
    await invoke(one.aws, { ...scheduledEvent(one.now), source: "aws.s3" }, one.lines);
    await invoke(one.aws, { source: "aws.events", time: "soon" }, one.lines);
    assert.deepEqual(one.aws.calls, []);
    assert.equal(one.lines.length, 2);
  });

  it("keeps its state under 4 KB however long its reasons and its day", async () => {
    const one = scenario({ flink: false, stream: { updatesPerDay: 500 } });
    await one.run();
    one.aws.faults.push({ operation: "UpdateShardCount", error: awsError("AccessDeniedException", "x".repeat(5_000)), times: 1 });
    const versions = one.aws.parameters["/sluice/dev/dev-stream/state"] ?? [];
    versions.push(
      JSON.stringify({ ...one.state("dev-stream"), updates: Array.from({ length: 300 }, () => [one.now / minute, 10_000]) }),
    );
    await one.patch("dev-stream", 12);
    await one.run();
    assert.equal(one.state("dev-stream").settled?.failed, true);
    for (const text of versions.slice(-1)) assert.ok(Buffer.byteLength(text) <= 4_096, `${Buffer.byteLength(text)} bytes`);
  });
});
