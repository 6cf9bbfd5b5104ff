import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { OperationalAlarms } from "../../../components/alarms/operationalAlarms";
import type { OperationalAlarmsArgs } from "../../../components/alarms/operationalAlarmsArgs";
import { account, record, resource, resourcesOf, type Recording } from "../../support/recorder";

const args: OperationalAlarmsArgs = {
  names: {
    scalerName: "dev",
    streamName: "orders",
    applicationName: "counter",
    scalerFunctionName: "scaler",
    streamDimension: "dev-stream",
    applicationDimension: "dev-flink",
  },
  runtime: "FLINK-1_20",
  lagMetric: "flink",
  lagSeconds: 300,
  runbookUrl: "https://wiki/runbook",
};
const build = (more: Partial<OperationalAlarmsArgs> = {}) =>
  record(() => {
    const { topicArn, alarmArns } = new OperationalAlarms("alarms", { ...args, ...more });
    return { topicArn, alarmArns };
  });
/** The usual alarms are built once. */
let usual: Promise<Recording> | undefined;
const run = (more?: Partial<OperationalAlarmsArgs>) => (more ? build(more) : (usual ??= build()));
const type = "aws:cloudwatch/metricAlarm:MetricAlarm";

interface Query {
  id: string;
  expression?: string;
  metric?: { namespace: string; metricName: string; dimensions: Record<string, string>; stat: string };
  returnData: boolean;
}

/** An alarm in one line: what is compared how, over which window, and what missing data means. */
function summary({ resources }: Recording, name: string): string {
  const { inputs } = resources.find((r) => r.type === type && r.name === `alarms-${name}`)!;
  const queries = inputs["metricQueries"] as Query[];
  const { expression, metric } = queries.find(({ returnData }) => returnData)!;
  const what = expression ?? `${metric!.metricName} ${metric!.stat}`;
  const sign = { GreaterThanThreshold: ">", GreaterThanOrEqualToThreshold: ">=", LessThanThreshold: "<" };
  const comparison = sign[inputs["comparisonOperator"] as keyof typeof sign];
  const window = `${String(inputs["datapointsToAlarm"])}/${String(inputs["evaluationPeriods"])}`;
  return `${what} ${comparison} ${String(inputs["threshold"])} in ${window}, missing ${String(inputs["treatMissingData"])}`;
}

describe("OperationalAlarms", () => {
  it("are exactly these", async () => {
    const recording = await run();
    const names = resourcesOf(recording, type).map(({ name }) => name.replace("alarms-", ""));
    assert.deepEqual(Object.fromEntries(names.sort().map((name) => [name, summary(recording, name)])), {
      "application-pending": "PendingMinutes Maximum >= 15 in 1/1, missing notBreaching",
      "application-scaler-silent": "n < 1 in 10/10, missing breaching",
      "application-silent": "n < 1 in 10/10, missing breaching",
      "application-update-failed": "FailedUpdates Sum > 0 in 1/1, missing notBreaching",
      downtime: "downtime Maximum > 0 in 2/2, missing notBreaching",
      "failed-checkpoints": "RATE(n) > 0 in 2/5, missing notBreaching",
      "hot-shard": "IF(serving <= 50, share, 0) >= 1 in 5/10, missing notBreaching",
      lag: "l / 1000 > 300 in 5/5, missing notBreaching",
      "lag-missing": "(u >= 0) - (l >= 0) > 0 in 10/10, missing notBreaching",
      "read-throttling": "ReadProvisionedThroughputExceeded Sum > 0 in 5/5, missing notBreaching",
      restarts: "RATE(n) > 0 in 1/1, missing notBreaching",
      "scaler-errors": "f + s + a > 0 in 3/5, missing notBreaching",
      "stream-pending": "PendingMinutes Maximum >= 15 in 1/1, missing notBreaching",
      "stream-scaler-silent": "n < 1 in 10/10, missing breaching",
      "stream-update-failed": "FailedUpdates Sum > 0 in 1/1, missing notBreaching",
      "write-throttling": "100 * t / (r + t) * (r / r) >= 1 in 5/10, missing notBreaching",
    });
  });

  it("read each dimension's metrics by the stack and the dimension's id", async () => {
    const { inputs } = resource(await run(), type, "alarms-application-pending");
    const [query] = inputs["metricQueries"] as Query[];
    assert.deepEqual(query?.metric?.dimensions, { Stack: "dev", Dimension: "dev-flink" });
  });

  it("read the metrics that the runtime has: Flink 2 has no fullRestarts and no downtime", async () => {
    const metrics = async (runtime: string) => {
      const recording = await run({ runtime });
      return ["alarms-downtime", "alarms-restarts"].map(
        (name) => (resource(recording, type, name).inputs["metricQueries"] as Query[])[0]!.metric!.metricName,
      );
    };
    assert.deepEqual(await metrics("FLINK-1_20"), ["downtime", "fullRestarts"]);
    assert.deepEqual(await metrics("FLINK-2_2"), ["restartingTime", "numRestarts"]);
  });

  it("read the lag where scaling reads it", async () => {
    const recording = await run({ lagMetric: "efo", names: { ...args.names, consumerName: "counter-consumer" }, lagSeconds: 60 });
    const { inputs } = resource(recording, type, "alarms-lag");
    const [query] = inputs["metricQueries"] as Query[];
    assert.deepEqual(query?.metric?.dimensions, { StreamName: "orders", ConsumerName: "counter-consumer" });
    assert.equal(inputs["threshold"], 60);
  });

  it("go to one topic when they fire and when they are over", async () => {
    const recording = await run();
    for (const { inputs } of resourcesOf(recording, type)) {
      assert.deepEqual(inputs["alarmActions"], ["arn:sns:alarms-topic"]);
      assert.deepEqual(inputs["okActions"], ["arn:sns:alarms-topic"]);
    }
    assert.equal(recording.outputs["topicArn"], "arn:sns:alarms-topic");
    assert.equal((recording.outputs["alarmArns"] as string[]).length, 16);
  });

  it("are mailed to every address", async () => {
    const subscriptions = resourcesOf(
      await run({ emails: ["a@example.org", "b@example.org"] }),
      "aws:sns/topicSubscription:TopicSubscription",
    );
    assert.deepEqual(
      subscriptions.map(({ name, inputs }) => [name, inputs]),
      ["a@example.org", "b@example.org"].map((endpoint) => [
        `alarms-${endpoint}`,
        { topic: "arn:sns:alarms-topic", protocol: "email", endpoint },
      ]),
    );
    assert.deepEqual(resourcesOf(await run(), "aws:sns/topicSubscription:TopicSubscription"), []);
  });

  it("are encrypted with a key that CloudWatch may use, for this account's alarms alone", async () => {
    const recording = await run();
    assert.equal(resource(recording, "aws:sns/topic:Topic").inputs["kmsMasterKeyId"], "alarms-key-id");
    const { inputs } = resource(recording, "aws:kms/key:Key");
    assert.equal(inputs["enableKeyRotation"], true);
    const statement = JSON.parse(inputs["policy"] as string).Statement.find(
      ({ Sid }: { Sid: string }) => Sid === "AlarmsPublish",
    );
    assert.deepEqual(statement, {
      Sid: "AlarmsPublish",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    });
    const topicPolicy = JSON.parse(resource(recording, "aws:sns/topicPolicy:TopicPolicy").inputs["policy"] as string);
    assert.deepEqual(topicPolicy.Statement[0].Condition, { StringEquals: { "aws:SourceAccount": account } });
    assert.equal(topicPolicy.Statement[1].Effect, "Deny");
  });
});

describe("docs/runbook.md", () => {
  const text = fs.readFileSync(path.resolve(__dirname, "../../../docs/runbook.md"), "utf8");
  /** Anchors as GitHub makes them. */
  const anchors = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading!.toLowerCase().replaceAll(" ", "-"));

  it("has a section for every alarm, which the alarm's description links to after a sentence", async () => {
    for (const { name, inputs } of resourcesOf(await run(), type)) {
      const match = /^[A-Z].+\. https:\/\/wiki\/runbook#([a-z-]+)$/.exec(inputs["alarmDescription"] as string);
      assert.ok(match, `${name}: ${String(inputs["alarmDescription"])}`);
      assert.ok(anchors.includes(match[1]!), `${name}: no section ${match[1]}`);
    }
  });

  it("has no section without an alarm", async () => {
    const descriptions = resourcesOf(await run(), type).map(({ inputs }) => inputs["alarmDescription"] as string);
    for (const anchor of anchors)
      assert.ok(
        descriptions.some((d) => d.endsWith(`#${anchor}`)),
        anchor,
      );
  });

  it("says in each section what it means, where to look and what to do, and links only to its own sections", () => {
    for (const section of text.split(/^## /m).slice(1)) {
      assert.match(section, /\*\*Where to look\.\*\*/);
      assert.match(section, /\*\*What to do\.\*\*/);
    }
    for (const [, anchor] of text.matchAll(/\]\(#([a-z-]+)\)/g)) assert.ok(anchors.includes(anchor!), anchor);
  });
});
