import { strict as assert } from "node:assert";
import { apiEvent, invoke, scenario } from "./scenario";

/** Defects of earlier scalers of this kind, each of which could have been ours. */
describe("what other scalers got wrong", () => {
  it("GET of an application in a status that isn't UPDATING or RUNNING gave 5xx", async () => {
    for (const status of ["AUTOSCALING", "READY", "ROLLED_BACK", "MAINTENANCE", "A_STATUS_OF_NEXT_YEAR"]) {
      const one = scenario();
      await one.run();
      const application = one.aws.applications["enrich"];
      if (application) application.status = status;
      await one.patch("dev-flink", 8);
      await one.run();
      const { statusCode, answer } = await one.get("dev-flink");
      assert.deepEqual([statusCode, answer.scalingStatus], [200, "Pending"], status);
      assert.match(one.decisions("dev-flink").at(-1)?.reason ?? "", new RegExp(status));
      assert.equal(one.metrics("ScalerErrors", "dev-flink").at(-1)?.value, 0);
    }
  });

  it("a desired of two digits was refused by the parameter's pattern", async () => {
    const one = scenario({ shards: 8, flink: false });
    await one.run();
    await one.patch("dev-stream", 10);
    await one.runs(2);
    assert.equal((await one.get("dev-stream")).answer.actualCapacity, 10);
  });

  it("an alarm of the other direction started a second execution beside the first", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 16);
    await one.run();
    await one.patch("dev-stream", 4);
    await one.run();
    await one.run();
    assert.equal(one.aws.called("UpdateShardCount").length, 1);
    await one.runs(3);
    assert.equal((await one.get("dev-stream")).answer.actualCapacity, 4);
  });

  it("half of an odd count was rounded down to less than half, which UpdateShardCount refuses", async () => {
    const one = scenario({ shards: 7, flink: false });
    await one.run();
    await one.patch("dev-stream", 1);
    await one.runs(8);
    assert.deepEqual(
      one.aws.called("UpdateShardCount").map(({ TargetShardCount }) => TargetShardCount),
      [4, 2, 1],
    );
    assert.ok(!one.decisions().some(({ action }) => action === "failed"));
  });

  it("a PATCH while UPDATING called the service and failed", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-stream", 12);
    await one.run();
    one.aws.calls.length = 0;
    const { statusCode, answer } = await one.patch("dev-stream", 16);
    assert.deepEqual([statusCode, answer.scalingStatus, answer.desiredCapacity], [200, "InProgress", 16]);
    assert.ok(one.aws.calls.every(({ service }) => service === "ssm"));
    await one.runs(3);
    assert.equal((await one.get("dev-stream")).answer.actualCapacity, 16);
  });

  it("a desired from long ago was applied again after a manual change", async () => {
    const one = scenario({ flink: false });
    await one.run();
    await one.patch("dev-stream", 10);
    await one.runs(2);
    const stream = one.aws.streams["orders"];
    if (stream)
      stream.shards = [...stream.shards, ...stream.shards.map(({ id, first }) => ({ id: `${id}-x`, first: first + 1n }))];
    await one.runs(5);
    assert.equal((await one.get("dev-stream")).answer.desiredCapacity, 20);
    assert.equal(one.aws.called("UpdateShardCount").length, 1);
  });

  it("GET changed the service", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-flink", 8);
    one.aws.calls.length = 0;
    await one.get("dev-flink");
    assert.deepEqual(
      one.aws.calls.map(({ operation }) => operation),
      ["GetParameters"],
    );
  });

  it("failureReason never reached the answer", async () => {
    const one = scenario();
    await one.run();
    delete one.aws.streams["orders"];
    await one.run();
    assert.match((await one.get("dev-stream")).answer.failureReason ?? "", /orders does not exist/);
  });

  it("the bounds were parsed and never enforced", async () => {
    const one = scenario({ stream: { min: 4, max: 12 }, shards: 8, flink: false });
    await one.run();
    await one.patch("dev-stream", 500);
    await one.runs(3);
    assert.equal(one.state("dev-stream").actual, 12);
    await one.patch("dev-stream", 1);
    await one.runs(4);
    assert.equal(one.state("dev-stream").actual, 4);
  });

  it("parallelism was compared with a number of KPUs", async () => {
    const one = scenario({ flink: { parallelismPerKpu: 4 }, kpus: 4 });
    await one.run();
    assert.equal((await one.get("dev-flink")).answer.actualCapacity, 4);
    await one.patch("dev-flink", 5);
    await one.runs(2);
    assert.equal(one.aws.applications["enrich"]?.parallelism, 20);
  });

  it("an error of the update was printed, and the flow went on as if it had scaled", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-flink", 8);
    one.aws.faults.push({
      operation: "UpdateApplication",
      error: Object.assign(new Error("denied"), { name: "AccessDeniedException" }),
    });
    await one.run();
    assert.equal(one.metrics("DesiredCapacity", "dev-flink").at(-1)?.value, 4);
    assert.equal(one.metrics("FailedUpdates", "dev-flink").at(-1)?.value, 1);
  });

  it("version changed with the capacity, and the scalable target was deregistered", async () => {
    const one = scenario();
    const versions: string[] = [];
    for (const desired of [12, 3, 7]) {
      versions.push((await one.patch("dev-stream", desired)).answer.version);
      await one.runs(2);
      versions.push((await one.get("dev-stream")).answer.version);
    }
    assert.deepEqual([...new Set(versions)], ["1"]);
  });

  it("capacities were integers where the contract asks for doubles", async () => {
    const one = scenario();
    await one.run();
    const answer = await invoke(one.aws, apiEvent("GET", "dev-flink", one.now), []);
    assert.match(answer?.body ?? "", /"actualCapacity":4\.0,"desiredCapacity":4\.0,/);
  });

  it("missing datapoints counted as idle: a minute without capacity would be one", async () => {
    const one = scenario();
    await one.run();
    one.lines.length = 0;
    one.aws.faults.push({
      operation: "DescribeApplication",
      error: Object.assign(new Error("slow"), { name: "ThrottlingException" }),
    });
    await one.run();
    assert.equal(one.metrics("DesiredCapacity", "dev-flink")[0]?.value, 4);
  });
});
