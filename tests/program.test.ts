import * as assert from "node:assert/strict";
import * as path from "node:path";
import program = require("../index");
import { pipelineWords } from "../components/words/pipelineWords";
import { stackConfigs } from "../sandbox/deploy/deploy";
import { withCode } from "../sandbox/deploy/standInCode";
import { readStackFiles } from "../sandbox/deploy/stackFiles";
import { account, record, region, resource, resourcesOf, type Recording } from "./support/recorder";

const root = path.resolve(__dirname, "..");
const configOf = (stack: string) => withCode(readStackFiles(root, stack)).config;
const deploy = (stack: string, config: Record<string, unknown> = {}) => record(program, { ...configOf(stack), ...config }, stack);

/** Each stack is deployed once; tests only look. */
const deployed = new Map<string, Promise<Recording>>();
const stackOf = (stack: string) => {
  if (!deployed.has(stack)) deployed.set(stack, deploy(stack));
  return deployed.get(stack)!;
};
const byType = ({ resources }: Recording) => {
  const counts: Record<string, number> = {};
  for (const { type } of resources) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};

describe("the program", () => {
  it("builds one stack of these resources", async () => {
    assert.deepEqual(byType(await stackOf("dev")), {
      "sluice:index:DataStream": 1,
      "sluice:index:FlinkApplication": 1,
      "sluice:index:KpuScaling": 1,
      "sluice:index:OperationalAlarms": 1,
      "sluice:index:Pipeline": 1,
      "sluice:index:PipelineDashboard": 1,
      "sluice:index:Scaler": 1,
      "sluice:index:ShardScaling": 1,
      "aws:apigateway/account:Account": 1,
      "aws:apigateway/deployment:Deployment": 1,
      "aws:apigateway/integration:Integration": 2,
      "aws:apigateway/method:Method": 2,
      "aws:apigateway/methodSettings:MethodSettings": 1,
      "aws:apigateway/resource:Resource": 2,
      "aws:apigateway/restApi:RestApi": 1,
      "aws:apigateway/restApiPolicy:RestApiPolicy": 1,
      "aws:apigateway/stage:Stage": 1,
      "aws:appautoscaling/policy:Policy": 4,
      "aws:appautoscaling/target:Target": 2,
      "aws:cloudwatch/dashboard:Dashboard": 1,
      "aws:cloudwatch/eventRule:EventRule": 1,
      "aws:cloudwatch/eventTarget:EventTarget": 1,
      "aws:cloudwatch/logGroup:LogGroup": 3,
      "aws:cloudwatch/logStream:LogStream": 1,
      "aws:cloudwatch/metricAlarm:MetricAlarm": 20,
      "aws:iam/role:Role": 3,
      "aws:iam/rolePolicy:RolePolicy": 3,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 1,
      "aws:kinesis/stream:Stream": 1,
      "aws:kinesisanalyticsv2/application:Application": 1,
      "aws:kms/key:Key": 1,
      "aws:lambda/function:Function": 1,
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": 1,
      "aws:lambda/permission:Permission": 2,
      "aws:s3/bucket:Bucket": 1,
      "aws:s3/bucketObjectv2:BucketObjectv2": 1,
      "aws:s3/bucketPolicy:BucketPolicy": 1,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 1,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 1,
      "aws:s3/bucketVersioning:BucketVersioning": 1,
      "aws:sns/topic:Topic": 1,
      "aws:sns/topicPolicy:TopicPolicy": 1,
      "aws:ssm/parameter:Parameter": 7,
    });
  });

  it("names every resource after its component, and every component after the pipeline, which has the stack's name", async () => {
    for (const { name, custom, options } of (await stackOf("dev")).resources) {
      if (custom)
        assert.ok(name.startsWith(`${options.parent}-`) && options.parent.startsWith("dev"), `${name} in ${options.parent}`);
      else assert.ok(name === "dev" || (/^dev(-|$)/.test(name) && options.parent === "dev"), name);
    }
  });

  it("ignores what the scaler and others change, and nothing else", async () => {
    const ignored = (await stackOf("dev")).resources.flatMap(({ name, options }) =>
      options.ignoreChanges.length > 0 ? [[name, ...options.ignoreChanges]] : [],
    );
    assert.deepEqual(ignored.sort(), [
      [
        "dev-flink-application",
        "applicationConfiguration.flinkApplicationConfiguration.parallelismConfiguration.parallelism",
        "startApplication",
      ],
      ["dev-flink-desired", "value"],
      ["dev-flink-state", "value"],
      ["dev-scaler-account", "cloudwatchRoleArn"],
      ["dev-stream", "shardCount"],
      ["dev-stream-desired", "value"],
      ["dev-stream-state", "value"],
    ]);
  });

  it("registers a scalable target when stage, function, permission, role and parameters are there: registering calls them", async () => {
    const recording = await stackOf("dev");
    for (const name of ["dev-stream-target", "dev-flink-target"]) {
      const { dependsOn } = resource(recording, "aws:appautoscaling/target:Target", name).options;
      const needed = ["stage", "function", "api-permission", "role-policy", "retries"].map((suffix) => `dev-scaler-${suffix}`);
      const parameters = resourcesOf(recording, "aws:ssm/parameter:Parameter").map((parameter) => parameter.name);
      for (const dependency of [...needed, ...parameters]) assert.ok(dependsOn.includes(dependency), `${name}: ${dependency}`);
    }
  });

  it("has four scaling alarms, each within CloudWatch's limits and with one policy as its action", async () => {
    const alarms = resourcesOf(await stackOf("dev"), "aws:cloudwatch/metricAlarm:MetricAlarm").filter(({ name }) =>
      /-scale-(in|out)-/.test(name),
    );
    assert.deepEqual(alarms.map(({ name, inputs }) => [name, inputs["alarmActions"], inputs["treatMissingData"]]).sort(), [
      ["dev-flink-scale-in-alarm", ["arn:appautoscaling:dev-flink-scale-in-policy"], "notBreaching"],
      ["dev-flink-scale-out-alarm", ["arn:appautoscaling:dev-flink-scale-out-policy"], "notBreaching"],
      ["dev-stream-scale-in-alarm", ["arn:appautoscaling:dev-stream-scale-in-policy"], "notBreaching"],
      ["dev-stream-scale-out-alarm", ["arn:appautoscaling:dev-stream-scale-out-policy"], "notBreaching"],
    ]);
    for (const { inputs } of alarms) {
      const queries = inputs["metricQueries"] as { metric?: { period: number }; expression?: string; returnData: boolean }[];
      assert.ok(
        queries.filter(({ metric }) => metric).length <= 10 && queries.filter(({ expression }) => expression).length <= 10,
      );
      assert.equal(queries.filter(({ returnData }) => returnData).length, 1);
      for (const { metric } of queries) if (metric) assert.equal(metric.period, 60);
    }
  });

  it("scales the application by the lag and the throughput that the stack configures", async () => {
    const { inputs } = resource(await stackOf("bench"), "aws:cloudwatch/metricAlarm:MetricAlarm", "bench-flink-scale-out-alarm");
    const queries = inputs["metricQueries"] as { expression?: string; returnData: boolean }[];
    assert.equal(
      queries.find(({ returnData }) => returnData)?.expression,
      "100 * r * (1 + lag / 900) / (60000 * c) * known / known",
    );
  });

  it("shows on the dashboard all alarms, scaling ones first", async () => {
    const recording = await stackOf("dev");
    const { inputs } = recording.resources.find(({ type }) => type === "sluice:index:PipelineDashboard")!;
    const arns = inputs["alarmArns"] as string[];
    assert.equal(arns.length, resourcesOf(recording, "aws:cloudwatch/metricAlarm:MetricAlarm").length);
    assert.deepEqual(arns.slice(0, 4), [
      "arn:cloudwatch:dev-stream-scale-out-alarm",
      "arn:cloudwatch:dev-stream-scale-in-alarm",
      "arn:cloudwatch:dev-flink-scale-out-alarm",
      "arn:cloudwatch:dev-flink-scale-in-alarm",
    ]);
  });

  it("returns addresses, names, ARNs and what its scaling is in words", async () => {
    const { scaling, ...outputs } = (await stackOf("prod")).outputs;
    assert.deepEqual(scaling, pipelineWords(stackConfigs(readStackFiles(root, "prod"))[0]!));
    assert.deepEqual(outputs, {
      dashboardUrl: `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/sluice-prod`,
      endpoint: `https://prod-scaler-api-id.execute-api.${region}.amazonaws.com/v1`,
      streamName: "sluice-prod",
      streamArn: "arn:kinesis:prod-stream",
      applicationName: "sluice-prod",
      applicationArn: "arn:kinesisanalyticsv2:prod-flink-application",
      applicationLogGroup: "prod-flink-log",
      scalerFunctionName: "prod-scaler-function",
      scalerLogGroup: "/sluice/prod/scaler",
      alarmTopicArn: "arn:sns:prod-alarms-topic",
    });
  });

  it("runs several times in one process and registers the same each time, the function's code included", async () => {
    const text = async (recording: Recording) => {
      const { inputs } = resource(recording, "aws:lambda/function:Function");
      const assets = await (inputs["code"] as { assets: Promise<Record<string, { text: Promise<string> }>> }).assets;
      return assets["__index.js"]!.text;
    };
    const [first, second] = [await stackOf("dev"), await deploy("dev")];
    const plain = ({ resources }: Recording) =>
      resources.map(({ type, name, inputs: { code: _, ...inputs } }) => JSON.stringify([type, name, inputs])).sort();
    assert.deepEqual(plain(second), plain(first));
    assert.equal(await text(second), await text(first));
  });
});

describe("the program with a configuration", () => {
  it("that is wrong throws before any resource is registered", async () => {
    let registered = 0;
    const config = { ...configOf("dev"), "sluice:minShards": 99, "sluice:sclaeInPercent": 5 };
    const counting = async () => {
      const outputs = await program();
      registered++;
      return outputs;
    };
    await assert.rejects(record(counting, config), (error: Error) => {
      assert.match(error.message, /^Configuration of stack dev has 2 problems:\n/);
      assert.match(error.message, /sluice:sclaeInPercent = "5": there is no such key; the nearest is scaleInPercent/);
      assert.match(error.message, /sluice:minShards = 99: allowed is at most maxShards \(64\)/);
      return true;
    });
    assert.equal(registered, 0);
  });

  it("that adopts stream and application creates neither, nor code, nor a role for it, and scales them", async () => {
    const recording = await deploy("dev", {
      "sluice:existingStream": "orders",
      "sluice:existingApplication": `arn:aws:kinesisanalytics:${region}:${account}:application/counter`,
      "sluice:codeJar": "",
    });
    const counts = byType(recording);
    for (const type of ["kinesis/stream:Stream", "kinesisanalyticsv2/application:Application", "s3/bucket:Bucket"])
      assert.equal(counts[`aws:${type}`], undefined);
    assert.equal(counts["aws:iam/role:Role"], 2);
    assert.equal(recording.outputs["streamArn"], `arn:aws:kinesis:${region}:${account}:stream/orders`);
    const statements = JSON.parse(
      resource(recording, "aws:iam/rolePolicy:RolePolicy", "dev-scaler-policy").inputs["policy"] as string,
    ).Statement;
    const scaled = statements.flatMap(({ Sid, Resource }: { Sid: string; Resource: string[] }) =>
      /^Scale/.test(Sid) ? Resource : [],
    );
    assert.deepEqual(scaled, [
      `arn:aws:kinesis:${region}:${account}:stream/orders`,
      `arn:aws:kinesisanalytics:${region}:${account}:application/counter`,
    ]);
    const parameter = resource(recording, "aws:ssm/parameter:Parameter", "dev-flink-config");
    const config = JSON.parse(parameter.inputs["value"] as string);
    assert.equal(config.name, "counter");
    assert.ok(!("initial" in config), "what is there is not known before the first run");
  });

  it("is the same whoever deploys it", async () => {
    const texts: string[] = [];
    for (const who of ["deployer", "another-role"]) {
      const { resources, invokes } = await record(program, configOf("dev"), "dev", who);
      assert.ok(!invokes.some(({ token }) => token.includes("SessionContext")));
      texts.push(JSON.stringify(resources.map(({ type, name, inputs }) => [type, name, inputs])));
    }
    assert.equal(texts[0], texts[1]);
    assert.ok(!/another-role|assumed-role/.test(texts[1] ?? ""));
  });

  it("that names callers lets nobody else call the endpoint but Application Auto Scaling", async () => {
    const operator = `arn:aws:iam::${account}:role/operator`;
    const recording = await deploy("dev", {
      "sluice:callerArns": [operator],
      "sluice:suspended": ["out", "in", "scheduled"],
      "sluice:mode": "observe",
    });
    const policy = resource(recording, "aws:apigateway/restApiPolicy:RestApiPolicy").inputs["policy"] as string;
    assert.ok(policy.includes(`"${operator}"`));
    const { suspendedState } = resource(recording, "aws:appautoscaling/target:Target", "dev-flink-target").inputs;
    assert.deepEqual(Object.values(suspendedState as object), [true, true, true]);
    const parameter = resource(recording, "aws:ssm/parameter:Parameter", "dev-stream-config");
    assert.equal(JSON.parse(parameter.inputs["value"] as string).mode, "observe");
  });

  it("of which one dimension observes says so to the scaler, in the alarms and on the dashboard", async () => {
    const recording = await deploy("dev", { "sluice:applicationMode": "observe" });
    const modeOf = (kind: "stream" | "flink") => {
      const { inputs } = resource(recording, "aws:ssm/parameter:Parameter", `dev-${kind}-config`);
      return JSON.parse(inputs["value"] as string).mode;
    };
    assert.deepEqual([modeOf("stream"), modeOf("flink")], ["act", "observe"]);
    const { inputs } = resource(recording, "aws:cloudwatch/metricAlarm:MetricAlarm", "dev-flink-scale-out-alarm");
    const metrics = (inputs["metricQueries"] as { metric?: { metricName: string } }[]).map(({ metric }) => metric?.metricName);
    assert.ok(metrics.includes("ActualCapacity"));
    const { dashboardBody } = resource(recording, "aws:cloudwatch/dashboard:Dashboard").inputs;
    assert.match(String(dashboardBody), /"# Pipeline dev \(application in observe mode\)/);
  });
});
