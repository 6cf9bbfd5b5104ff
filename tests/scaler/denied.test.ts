import { strict as assert } from "node:assert";
import { scalerStatements } from "../../components/scalerPolicy";
import { awsError, type FakeAws } from "./fakeAws";
import { lagMetric } from "./lagMetric";
import { minute, scenario } from "./scenario";

const told = "ScalerErrors";

/** What the run's role may do, but for logs: each is taken away. */
const permissions = scalerStatements({
  parameterPathArn: "path",
  logGroupArn: "log",
  streamArns: ["stream"],
  applicationArns: ["application"],
})
  .flatMap(({ actions }) => actions)
  .filter((action) => !action.startsWith("logs:"));

function deny(aws: FakeAws, action: string): void {
  const [, operation = ""] = action.split(":");
  aws.faults.push({ operation, error: awsError("AccessDeniedException", "User is not authorized") });
}

/** Twelve hours in which both dimensions are asked for another capacity every hour; plans run where it is their permission. */
async function halfDayWithout(action: string): Promise<{ stream: number; flink: number }> {
  const one = scenario({
    flink: { lag: lagMetric, drainAfterReshard: true, lagLimitSeconds: 300 },
    stream: { updatesPerDay: /Shards?$/.test(action) ? 0 : 30 },
  });
  await one.run();
  deny(one.aws, action);
  const changes = { stream: 0, flink: 0 };
  for (let i = 0; i < 12 * 60; i++) {
    one.aws.lag = { milliseconds: 0, at: one.now };
    if (i % 60 === 0) {
      const grows = (i / 60) % 2 === 0;
      await one.patch("dev-stream", grows ? 12 : 8);
      await one.patch("dev-flink", grows ? 8 : 4);
    }
    one.aws.complete();
    await one.run().catch(() => undefined);
    for (const { operation } of one.aws.calls) {
      if (operation === "UpdateApplication") changes.flink++;
      else if (/^(UpdateShardCount|SplitShard|MergeShards)$/.test(operation)) changes.stream++;
    }
    one.aws.calls.length = one.lines.length = 0;
  }
  return changes;
}

describe("a permission that is missing for hours", () => {
  // Without these no run knows of any dimension, or can remember what it begins: nothing may begin.
  const vital = ["ssm:GetParametersByPath", "ssm:PutParameter", "ssm:GetParameters"];
  const only: Record<string, "stream" | "flink"> = { "kinesis:": "flink", "kinesisanalytics:": "stream" };

  for (const action of permissions.filter((one) => !vital.includes(one))) {
    it(`leaves the other dimension its changes: ${action}`, async () => {
      const changes = await halfDayWithout(action);
      const suffers = Object.keys(only).find((prefix) => action.startsWith(prefix));
      const others = suffers ? [only[suffers] ?? "flink"] : (["stream", "flink"] as const);
      for (const dimension of others) assert.ok(changes[dimension] >= 10, `${dimension}: ${changes[dimension]} calls`);
    });
  }

  const unread = ["ssm:GetParameter", "kinesis:MergeShards", "cloudwatch:GetMetricData"];
  for (const action of permissions.filter((one) => ![...vital, ...unread].includes(one))) {
    it(`is named to the operator: ${action}`, async () => {
      const one = scenario({ stream: { updatesPerDay: action.endsWith("Shard") || action.endsWith("Shards") ? 0 : 10 } });
      await one.run();
      deny(one.aws, action);
      await one.patch("dev-stream", 12);
      await one.patch("dev-flink", 8);
      if (action.endsWith("ListApplicationOperations"))
        one.aws.faults.push({ operation: "UpdateApplication", error: awsError("TimeoutError"), when: "after", times: 1 });
      await one.runs(15);
      assert.ok(
        one.lines.some((line) => line.includes(action)),
        "in words",
      );
      const failed = [...one.metrics("FailedUpdates"), ...one.metrics(told)].filter(({ value }) => value > 0);
      assert.ok(failed.length > 0, "in a metric");
    });
  }

  it("to read one dimension's parameters is answered 429, and told in a metric and in words", async () => {
    const one = scenario();
    await one.run();
    deny(one.aws, "ssm:GetParameters");
    assert.equal((await one.get("dev-stream")).statusCode, 429);
    assert.match((await one.patch("dev-stream", 12)).body, /ssm:GetParameters/);
    assert.equal(one.metrics(told, "dev-stream").at(-1)?.value, 1);
    assert.ok(one.lines.some((line) => line.includes('"error"') && line.includes("ssm:GetParameters")));
  });

  it("to write parameters lets nothing begin, and is told", async () => {
    const one = scenario();
    await one.run();
    deny(one.aws, "ssm:PutParameter");
    one.aws.parameters["/sluice/dev/dev-stream/desired"]?.push(JSON.stringify({ desired: 12, at: one.now }));
    await one.runs(3);
    assert.equal(one.aws.called("UpdateShardCount").length, 0);
    assert.ok(one.lines.some((line) => line.includes("ssm:PutParameter")));
    assert.equal(one.metrics(told, "dev-stream").at(-1)?.value, 1);
  });

  it("to read an update's operation: after five minutes the application's own word counts", async () => {
    for (const [ends, status, actual] of [
      ["SUCCESSFUL", "Successful", 8],
      ["FAILED", "Failed", 4],
    ] as const) {
      const one = scenario();
      await one.run();
      await one.patch("dev-flink", 8);
      await one.run();
      one.aws.complete(ends);
      deny(one.aws, "kinesisanalytics:DescribeApplicationOperation");
      for (let i = 0; i < 4; i++) await one.run();
      assert.equal((await one.get("dev-flink")).answer.scalingStatus, "InProgress");
      await one.run();
      const { answer } = await one.get("dev-flink");
      assert.deepEqual([answer.scalingStatus, answer.actualCapacity], [status, actual]);
    }
  });

  it("is not waited for where the operation is gone, because the application was made anew", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-flink", 8);
    await one.run();
    one.aws.complete();
    const application = one.aws.applications["enrich"];
    assert.ok(application);
    Object.assign(application, { operations: [], version: 1, parallelism: 4 });
    await one.patch("dev-stream", 12);
    const before = one.now;
    while (one.aws.called("UpdateShardCount").length === 0 && one.now - before < 60 * minute) await one.run();
    assert.ok(one.now - before <= 5 * minute, `${(one.now - before) / minute} minutes`);
  });
});
