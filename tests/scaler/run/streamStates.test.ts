import { strict as assert } from "node:assert";
import { capacityMetrics } from "../../../scaler/names";
import { awsError, equalShards } from "../fakeAws";
import { scenario } from "../scenario";

describe("a stream", () => {
  it("that is UPDATING by another hand is left alone, and so is its application", async () => {
    const one = scenario();
    await one.run();
    const stream = one.aws.streams["orders"];
    if (stream) stream.status = "UPDATING";
    await one.patch("dev-stream", 12);
    await one.patch("dev-flink", 8);
    await one.run();
    assert.deepEqual([one.aws.called("UpdateShardCount"), one.aws.called("UpdateApplication")], [[], []]);
    assert.deepEqual(
      one
        .decisions()
        .slice(-2)
        .map(({ reason }) => reason),
      [
        "stream orders is UPDATING by another hand: nothing is begun meanwhile",
        "waits for its turn: stream orders is UPDATING by another hand: nothing is begun meanwhile",
      ],
    );
  });

  it("that is CREATING is waited for", async () => {
    const one = scenario({ flink: false });
    const stream = one.aws.streams["orders"];
    if (stream) stream.status = "CREATING";
    await one.run();
    assert.equal(one.state("dev-stream").actual, undefined);
    if (stream) stream.status = "ACTIVE";
    await one.run();
    assert.equal(one.state("dev-stream").actual, 8);
  });

  for (const status of ["DELETING", "MISSING"]) {
    it(`that is ${status} answers Failed with words, and its application goes on`, async () => {
      const one = scenario();
      await one.run();
      const stream = one.aws.streams["orders"];
      if (status === "MISSING") delete one.aws.streams["orders"];
      else if (stream) stream.status = status;
      one.lines.length = 0;
      await one.patch("dev-flink", 8);
      await one.run();
      const { statusCode, answer } = await one.get("dev-stream");
      assert.deepEqual([statusCode, answer.scalingStatus], [200, "Failed"]);
      assert.match(answer.failureReason ?? "", status === "MISSING" ? /does not exist/ : /is being deleted/);
      assert.equal((await one.patch("dev-stream", 12)).answer.scalingStatus, "Failed");
      assert.deepEqual(one.desired("dev-stream"), {});
      assert.equal(one.aws.called("UpdateApplication").length, 1);
      assert.deepEqual(one.metrics(capacityMetrics.desired, "dev-stream"), []);
      await one.run();
      assert.equal(one.decisions("dev-stream").filter(({ action }) => action === "gone").length, 1, "said once");
    });
  }

  it("that comes back after it was gone is scaled again", async () => {
    const one = scenario({ flink: false });
    await one.run();
    const stream = one.aws.streams["orders"];
    delete one.aws.streams["orders"];
    await one.run();
    if (stream) one.aws.streams["orders"] = stream;
    await one.run();
    await one.patch("dev-stream", 12);
    await one.runs(2);
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Successful");
  });

  it("in on-demand mode is not scaled; what is desired fails after 15 minutes", async () => {
    const one = scenario({ flink: false });
    await one.run();
    const stream = one.aws.streams["orders"];
    if (stream) stream.onDemand = true;
    await one.patch("dev-stream", 12);
    await one.runs(16);
    const { answer } = await one.get("dev-stream");
    assert.deepEqual([answer.scalingStatus, answer.desiredCapacity], ["Failed", 8]);
    assert.equal(answer.failureReason, "12 could not begin within 15 minutes: the stream is in on-demand mode: AWS scales it");
    assert.equal(one.aws.called("UpdateShardCount").length, 0);
  });

  it("that accepted an update and stays as it was has failed it", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 12);
    await one.run();
    const stream = one.aws.streams["orders"];
    if (stream) Object.assign(stream, { status: "ACTIVE", then: undefined });
    await one.runs(3);
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "InProgress", "the change may not be visible yet");
    await one.run();
    const { answer } = await one.get("dev-stream");
    assert.deepEqual([answer.scalingStatus, answer.desiredCapacity], ["Failed", 8]);
    assert.match(answer.failureReason ?? "", /was accepted, but the stream is ACTIVE with 8 shards/);
    assert.equal(one.metrics(capacityMetrics.failedUpdates).at(-1)?.value, 1);
  });

  it("whose update is refused fails it, and says why", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 12);
    one.aws.faults.push({
      operation: "UpdateShardCount",
      error: awsError("LimitExceededException", "would exceed the shard limit for the account 1 in us-east-1"),
    });
    await one.run();
    const { answer } = await one.get("dev-stream");
    assert.equal(answer.scalingStatus, "Failed");
    assert.match(answer.failureReason ?? "", /shard limit for the account/);
    assert.deepEqual(one.state("dev-stream").updates, undefined, "a refused call doesn't count");
  });

  it("that was busy is tried again after 1, 3 and 9 minutes, without a failure", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 12);
    for (const name of ["ResourceInUseException", "ThrottlingException", "LimitExceededException"]) {
      const message = name === "LimitExceededException" ? "Rate exceeded for stream orders" : name;
      one.aws.faults.push({ operation: "UpdateShardCount", error: awsError(name, message), times: 1 });
    }
    const called: number[] = [];
    for (let i = 0; i < 14; i++) {
      await one.run();
      called.push(one.aws.called("UpdateShardCount").length);
      if (i < 13) assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Pending");
    }
    assert.deepEqual(called, [1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4]);
    await one.runs(1);
    assert.equal(one.state("dev-stream").actual, 12);
    assert.equal(one.state("dev-stream").updates?.length, 1);
  });

  it("that was never seen to begin an update may have been resharded by another hand meanwhile", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 12);
    one.aws.faults.push({ operation: "UpdateShardCount", error: awsError("TimeoutError"), times: 1 });
    for (let i = 0; i < 5; i++) await one.run();
    assert.ok(one.decisions().some(({ reason }) => reason.includes("was never seen to begin: decided anew")));
    assert.equal(one.state("dev-stream").reshardedAt, one.now);
  });

  it("that can't begin within 15 minutes fails, and desired becomes actual", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 12);
    one.aws.faults.push({ operation: "UpdateShardCount", error: awsError("ResourceInUseException") });
    for (let i = 0; i < 13; i++) await one.run();
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Pending");
    await one.run();
    const { answer } = await one.get("dev-stream");
    assert.deepEqual([answer.scalingStatus, answer.actualCapacity, answer.desiredCapacity], ["Failed", 8, 8]);
    assert.match(answer.failureReason ?? "", /orders is busy \(ResourceInUseException.*after 4 attempts in 13 minutes$/);
    assert.equal(one.decisions().at(-1)?.action, "failed");
    one.aws.faults.length = 0;
    one.aws.calls.length = 0;
    await one.runs(9);
    assert.equal(one.aws.called("UpdateShardCount").length, 0, "what was given up does not come back");
    assert.equal((await one.patch("dev-stream", 12)).answer.scalingStatus, "Failed", "not before ten minutes are over");
    await one.run();
    await one.patch("dev-stream", 12);
    await one.runs(2);
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Successful");
  });

  it("says Failed for an hour after it gave up, then Successful: actual equals desired", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 12);
    one.aws.faults.push({ operation: "UpdateShardCount", error: awsError("AccessDeniedException") });
    await one.run();
    for (let i = 0; i < 58; i++) await one.run();
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Failed");
    await one.runs(2);
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Successful");
  });

  it("counts other people's updates: a shard count that moved without a call of ours", async () => {
    const one = scenario({ flink: false });
    await one.run();
    const stream = one.aws.streams["orders"];
    if (stream) stream.shards = equalShards(16);
    await one.run();
    assert.equal(one.metrics(capacityMetrics.updatesLeft).at(-1)?.value, 9);
  });

  it("counts other people's updates that DescribeStreamSummary doesn't show yet: the answer to the next call of ours does", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 12);
    one.aws.before = ({ operation }) => {
      const stream = one.aws.streams["orders"];
      if (operation === "UpdateShardCount" && stream) stream.shards = equalShards(10);
    };
    await one.run();
    assert.equal(one.metrics(capacityMetrics.updatesLeft).at(-1)?.value, 8);
  });

  it("takes a refusal for the daily limit as spent, and goes on by splits", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 9);
    one.aws.faults.push({
      operation: "UpdateShardCount",
      error: awsError("LimitExceededException", "more than 10 times in a rolling 24 hour period"),
    });
    await one.runs(2);
    assert.equal(one.aws.called("UpdateShardCount").length, 1);
    assert.equal(one.aws.called("SplitShard").length, 1);
    assert.equal(one.metrics(capacityMetrics.updatesLeft).at(-1)?.value, 0);
  });

  it("scales in only as far as the day's updates left can climb back to the day's largest count", async () => {
    const one = scenario({ shards: 16, flink: false, stream: { updatesPerDay: 3 } });
    await one.run();
    await one.patch("dev-stream", 2);
    await one.runs(6);
    assert.equal(one.state("dev-stream").actual, 8);
    assert.equal((await one.get("dev-stream")).answer.scalingStatus, "Successful");
    await one.patch("dev-stream", 16);
    await one.runs(2);
    assert.equal(one.state("dev-stream").actual, 16);
    assert.equal(one.aws.called("UpdateShardCount").length, 2);
  });
});
