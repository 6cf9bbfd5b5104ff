import { strict as assert } from "node:assert";
import { capacityMetrics } from "../../../scaler/names";
import type { FakeApplication } from "../fakeAws";
import { awsError } from "../fakeAws";
import { minute, scenario } from "../scenario";
import type { Scenario } from "../scenario";

function application(one: Scenario): FakeApplication {
  const found = one.aws.applications["enrich"];
  assert.ok(found);
  return found;
}

async function updating(desired = 8): Promise<Scenario> {
  const one = scenario();
  await one.run();
  await one.patch("dev-flink", desired);
  await one.run();
  assert.equal(one.aws.called("UpdateApplication").length, 1);
  return one;
}

describe("an application", () => {
  const busy: [status: string, words: RegExp][] = [
    ["STARTING", /is STARTING: nothing is forced/],
    ["STOPPING", /is STOPPING: nothing is forced/],
    ["FORCE_STOPPING", /is FORCE_STOPPING: nothing is forced/],
    ["UPDATING", /is UPDATING by another hand: nothing is begun meanwhile/],
    ["AUTOSCALING", /Managed Flink's own autoscaling is on and fights this one/],
    ["ROLLING_BACK", /is ROLLING_BACK: its last update failed/],
    ["MAINTENANCE", /is in MAINTENANCE by AWS: nothing is forced/],
  ];
  for (const [status, words] of busy) {
    it(`that is ${status} is waited for, and so does its stream`, async () => {
      const one = scenario();
      await one.run();
      application(one).status = status;
      await one.patch("dev-flink", 8);
      await one.patch("dev-stream", 12);
      await one.run();
      assert.deepEqual([...one.aws.called("UpdateApplication"), ...one.aws.called("UpdateShardCount")], []);
      assert.match(one.decisions("dev-flink").at(-1)?.reason ?? "", words);
      const { statusCode, answer } = await one.get("dev-flink");
      assert.deepEqual([statusCode, answer.scalingStatus, answer.actualCapacity], [200, "Pending", 4]);
      application(one).status = "RUNNING";
      await one.runs(6);
      assert.deepEqual([one.state("dev-flink").actual, one.state("dev-stream").actual], [8, 12]);
    });
  }

  const stopped: [status: string, words: RegExp][] = [
    ["READY", /stopped \(READY\): start it; a stopped application is not updated/],
    ["ROLLED_BACK", /is ROLLED_BACK: check its last version; nothing is forced/],
  ];
  for (const [status, words] of stopped) {
    it(`that is ${status} is not updated; its stream goes on, and what is desired fails after 15 minutes`, async () => {
      const one = scenario();
      await one.run();
      application(one).status = status;
      await one.patch("dev-flink", 8);
      await one.patch("dev-stream", 12);
      await one.runs(17);
      assert.equal(one.state("dev-stream").actual, 12);
      assert.deepEqual(one.aws.called("UpdateApplication"), []);
      const { answer } = await one.get("dev-flink");
      assert.deepEqual([answer.scalingStatus, answer.desiredCapacity], ["Failed", 4]);
      assert.match(answer.failureReason ?? "", words);
    });
  }

  for (const status of ["DELETING", "MISSING"]) {
    it(`that is ${status} answers Failed with words, and its stream goes on`, async () => {
      const one = scenario();
      await one.run();
      if (status === "MISSING") delete one.aws.applications["enrich"];
      else application(one).status = status;
      await one.patch("dev-stream", 12);
      await one.runs(2);
      assert.equal((await one.get("dev-flink")).answer.scalingStatus, "Failed");
      assert.equal(one.state("dev-stream").actual, 12);
    });
  }

  it("is at its old capacity while it is UPDATING, whatever its description already says", async () => {
    const one = await updating();
    await one.run();
    const { answer } = await one.get("dev-flink");
    assert.deepEqual([answer.scalingStatus, answer.actualCapacity, answer.desiredCapacity], ["InProgress", 4, 8]);
    assert.equal(one.metrics(capacityMetrics.actual, "dev-flink").at(-1)?.value, 4);
  });

  it("that is RUNNING again is done only when the update's operation was successful", async () => {
    const one = await updating();
    application(one).status = "RUNNING";
    await one.run();
    assert.equal((await one.get("dev-flink")).answer.scalingStatus, "InProgress");
    assert.match(one.decisions().at(-1)?.reason ?? "", /is in progress by its operation's status/);
    const operation = application(one).operations[0];
    if (operation) operation.status = "SUCCESSFUL";
    await one.run();
    assert.equal((await one.get("dev-flink")).answer.scalingStatus, "Successful");
    assert.deepEqual(one.aws.called("DescribeApplicationOperation").at(-1), {
      ApplicationName: "enrich",
      OperationId: "operation-2",
    });
  });

  it("that is RUNNING after a rollback has failed its update: desired becomes actual", async () => {
    const one = await updating();
    one.aws.complete("FAILED", "not enough task slots");
    await one.run();
    const { answer } = await one.get("dev-flink");
    assert.deepEqual([answer.scalingStatus, answer.actualCapacity, answer.desiredCapacity], ["Failed", 4, 4]);
    assert.match(answer.failureReason ?? "", /failed and was rolled back: not enough task slots/);
    assert.equal(one.metrics(capacityMetrics.failedUpdates, "dev-flink").at(-1)?.value, 1);
    assert.equal(one.decisions().at(-1)?.action, "failed");
  });

  it("whose failed update left it stopped says so", async () => {
    const one = await updating();
    one.aws.complete("FAILED");
    application(one).status = "READY";
    await one.run();
    assert.match((await one.get("dev-flink")).answer.failureReason ?? "", /failed and left the application stopped \(READY\)/);
  });

  it("whose update was cancelled has failed it", async () => {
    const one = await updating();
    one.aws.complete("CANCELLED");
    await one.run();
    assert.match((await one.get("dev-flink")).answer.failureReason ?? "", /was cancelled/);
  });

  it("is InProgress while its operation can't be read", async () => {
    const one = await updating();
    one.aws.complete();
    one.aws.faults.push({ operation: "DescribeApplicationOperation", error: awsError("ThrottlingException"), times: 1 });
    await one.run();
    assert.equal((await one.get("dev-flink")).answer.scalingStatus, "InProgress");
    await one.run();
    assert.equal((await one.get("dev-flink")).answer.scalingStatus, "Successful");
  });

  it("refuses the same or more without a call for 10, 20, 40 and then 60 minutes after failures, and takes less", async () => {
    const one = scenario();
    await one.run();
    const waits: number[] = [];
    for (let failure = 0; failure < 5; failure++) {
      await one.patch("dev-flink", 8);
      await one.run();
      one.aws.complete("FAILED", "no slots");
      await one.run();
      const failedAt = one.now;
      one.aws.calls.length = 0;
      while ((await one.patch("dev-flink", 9)).answer.scalingStatus === "Failed") await one.run();
      assert.deepEqual(one.aws.called("UpdateApplication"), []);
      waits.push((one.now - failedAt) / minute);
      await one.patch("dev-flink", 4);
    }
    assert.deepEqual(waits, [10, 20, 40, 60, 60]);
  });

  it("takes less than what failed, once it has rested for ten minutes", async () => {
    const one = await updating();
    one.aws.complete("FAILED");
    await one.run();
    assert.equal((await one.patch("dev-flink", 8)).answer.scalingStatus, "Failed");
    assert.equal((await one.patch("dev-flink", 12)).answer.scalingStatus, "Failed");
    assert.equal((await one.patch("dev-flink", 6)).answer.scalingStatus, "Pending");
    one.aws.calls.length = 0;
    await one.runs(9);
    assert.deepEqual(one.aws.called("UpdateApplication"), []);
    assert.match(one.decisions("dev-flink").at(-1)?.reason ?? "", /not restarted before .*: its last update failed/);
    await one.runs(2);
    assert.equal(one.state("dev-flink").actual, 6);
    assert.equal(one.state("dev-flink").backoff?.out?.to, 8, "a smaller success says nothing of what failed");
  });

  it("that failed to scale in refuses the same or less, and takes more", async () => {
    const one = await updating(2);
    one.aws.complete("FAILED");
    await one.run();
    assert.equal((await one.patch("dev-flink", 1)).answer.scalingStatus, "Failed");
    assert.equal((await one.patch("dev-flink", 3)).answer.scalingStatus, "Pending");
    assert.equal((await one.patch("dev-flink", 6)).answer.scalingStatus, "Pending");
  });

  it("keeps a desired that was accepted while an update that fails was running, if the failure says nothing about it", async () => {
    const one = await updating(8);
    await one.patch("dev-flink", 2);
    one.aws.complete("FAILED");
    await one.run();
    await one.runs(11);
    assert.equal(one.state("dev-flink").actual, 2);
  });

  const retried: [name: string, message: string][] = [
    ["ResourceInUseException", "being updated"],
    ["ConcurrentModificationException", "token"],
    ["ThrottlingException", "Rate exceeded"],
    ["InvalidRequestException", "A snapshot is in progress"],
  ];
  for (const [name, message] of retried) {
    it(`that is busy (${name}: ${message}) is tried again after a minute, then after three`, async () => {
      const one = scenario();
      await one.run();
      await one.patch("dev-flink", 8);
      one.aws.faults.push({ operation: "UpdateApplication", error: awsError(name, message), times: 2 });
      await one.runs(2);
      assert.equal((await one.get("dev-flink")).answer.scalingStatus, "Pending");
      assert.equal(one.state("dev-flink").backoff, undefined);
      await one.runs(2);
      assert.equal(one.aws.called("UpdateApplication").length, 2);
      await one.runs(2);
      assert.equal((await one.get("dev-flink")).answer.scalingStatus, "Successful");
    });
  }

  for (const name of [
    "AccessDeniedException",
    "InvalidApplicationConfigurationException",
    "CodeValidationException",
    "LimitExceededException",
    "ValidationException",
  ]) {
    it(`whose update is refused (${name}) fails it at once`, async () => {
      const one = scenario();
      await one.run();
      await one.patch("dev-flink", 8);
      one.aws.faults.push({ operation: "UpdateApplication", error: awsError(name, "KPU quota of the account") });
      await one.run();
      const { answer } = await one.get("dev-flink");
      assert.equal(answer.scalingStatus, "Failed");
      assert.match(answer.failureReason ?? "", /was refused: \w+: KPU quota/);
      await one.runs(3);
      assert.equal(one.aws.called("UpdateApplication").length, 1);
    });
  }

  it("never goes beyond maxParallelism", async () => {
    const one = scenario({ flink: { parallelismPerKpu: 4, maxParallelism: 10 }, kpus: 1 });
    await one.run();
    await one.patch("dev-flink", 30);
    await one.runs(3);
    assert.equal(application(one).parallelism, 10);
    assert.equal((await one.get("dev-flink")).answer.scalingStatus, "Successful");
  });
});
