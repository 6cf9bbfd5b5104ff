import { strict as assert } from "node:assert";
import { minute } from "../../sandbox/core/clock";
import type { Shape } from "../../sandbox/core/cloud";
import { key, openStack, start } from "../sandbox/wire/fixture";
import { failed, withBoto3, type Boto3Result } from "./boto3";
import { needs, python } from "./tools";

type Stack = Awaited<ReturnType<typeof openStack>>;

/** A call, what it has to give, by name so that the failing one is told. */
interface Check {
  what: string;
  client: string;
  operation: string;
  input: Shape;
  /** On the output, or a botocore exception by class name, code and text. */
  gives: ((output: Shape) => void) | { exception?: string; code?: string; text: RegExp };
}

describe("boto3 with the sandbox's endpoint URL", function () {
  this.timeout(120_000);
  let stack: Stack | undefined;

  before(async function () {
    needs(this, python, "Python with boto3");
    stack = await openStack();
  });
  after(() => stack?.server.close());

  /** Makes all calls in one process, in order, and checks each. */
  async function check(checks: Check[], options: { credentials?: typeof key; protocol?: string } = {}): Promise<void> {
    const results = await withBoto3(stack!.url, checks, options);
    for (const [i, { what, gives }] of checks.entries()) checkOne(what, results[i]!, gives);
  }

  function checkOne(what: string, result: Boto3Result, gives: Check["gives"]): void {
    if (typeof gives === "function") {
      assert.ok(!failed(result), `${what}: ${JSON.stringify(result)}`);
      return gives(result.output);
    }
    assert.ok(failed(result), `${what}: should be refused`);
    if (gives.exception !== undefined) assert.equal(result.exception, gives.exception, `${what}: ${JSON.stringify(result)}`);
    if (gives.code !== undefined) assert.equal(result.error, gives.code, `${what}: ${JSON.stringify(result)}`);
    assert.match(result.message, gives.text, what);
  }

  const StreamName = "sluice-dev";
  const ApplicationName = "sluice-dev";
  const target = { ServiceNamespace: "custom-resource", ScalableDimension: "custom-resource:ResourceType:Property" };

  it("puts, looks, reshards and reads in Kinesis", async () => {
    const data = Buffer.from([0, 255, 10]);
    const kinesis = (operation: string, input: Shape, gives: Check["gives"]): Check => ({
      what: operation,
      client: "kinesis",
      operation,
      input,
      gives,
    });
    const now = stack!.cloud.clock.now();
    await check([
      kinesis("PutRecord", { StreamName, Data: data, PartitionKey: "a" }, (output) =>
        assert.match(output.ShardId, /^shardId-\d{12}$/),
      ),
      kinesis("PutRecords", { StreamName, Records: [{ Data: data, PartitionKey: "b" }] }, (output) =>
        assert.equal(output.FailedRecordCount, 0),
      ),
      kinesis("DescribeStreamSummary", { StreamName }, ({ StreamDescriptionSummary: summary }) => {
        assert.equal(summary.OpenShardCount, 8);
        assert.ok(summary.StreamCreationTimestamp.getTime() >= start);
      }),
      kinesis("ListShards", { StreamName, MaxResults: 3 }, (output) =>
        assert.deepEqual([output.Shards.length, typeof output.NextToken], [3, "string"]),
      ),
      kinesis("UpdateShardCount", { StreamName, TargetShardCount: 9, ScalingType: "UNIFORM_SCALING" }, (output) =>
        assert.deepEqual([output.CurrentShardCount, output.TargetShardCount], [8, 9]),
      ),
      kinesis(
        "UpdateShardCount",
        { StreamName, TargetShardCount: 9, ScalingType: "UNIFORM_SCALING" },
        {
          exception: "ResourceInUseException",
          text: /not ACTIVE, instead in state UPDATING$/,
        },
      ),
      kinesis(
        "DescribeStreamSummary",
        { StreamName: "none" },
        { exception: "ResourceNotFoundException", text: /^Stream none under account 123456789012 not found\.$/ },
      ),
      kinesis("DescribeStreamSummary", {}, { code: "InvalidArgumentException", text: /Either StreamName or StreamARN/ }),
    ]);
    const [put] = await withBoto3(stack!.url, [
      { client: "kinesis", operation: "PutRecord", input: { StreamName, Data: data, PartitionKey: "c" } },
    ]);
    assert.ok(put && !failed(put));
    const iterator = {
      StreamName,
      ShardId: put.output["ShardId"],
      ShardIteratorType: "AT_TIMESTAMP",
      Timestamp: new Date(start),
    };
    const [at] = await withBoto3(stack!.url, [{ client: "kinesis", operation: "GetShardIterator", input: iterator }]);
    assert.ok(at && !failed(at));
    await check([
      kinesis("GetRecords", { ShardIterator: at.output["ShardIterator"] }, ({ Records }) => {
        const [record] = Records.filter((one: Shape) => one.PartitionKey === "c");
        assert.deepEqual(record.Data, data);
        assert.equal(record.ApproximateArrivalTimestamp.getTime(), now);
      }),
    ]);
  });

  it("describes, updates and follows an operation in Managed Flink", async () => {
    const [described] = await withBoto3(stack!.url, [
      { client: "kinesisanalyticsv2", operation: "DescribeApplication", input: { ApplicationName } },
    ]);
    assert.ok(described && !failed(described));
    const detail = described.output["ApplicationDetail"] as Shape;
    assert.equal(detail.ApplicationStatus, "RUNNING");
    const flink = (operation: string, input: Shape, gives: Check["gives"]): Check => ({
      what: operation,
      client: "kinesisanalyticsv2",
      operation,
      input,
      gives,
    });
    const ParallelismConfigurationUpdate = { ConfigurationTypeUpdate: "CUSTOM", ParallelismUpdate: 17 };
    const ApplicationConfigurationUpdate = { FlinkApplicationConfigurationUpdate: { ParallelismConfigurationUpdate } };
    let operation = "";
    await check([
      flink("ListApplications", {}, (output) => assert.equal(output.ApplicationSummaries[0].ApplicationName, ApplicationName)),
      flink(
        "UpdateApplication",
        { ApplicationName, ConditionalToken: detail.ConditionalToken, ApplicationConfigurationUpdate },
        (output) => {
          assert.equal(output.ApplicationDetail.ApplicationStatus, "UPDATING");
          operation = output.OperationId;
        },
      ),
      flink(
        "UpdateApplication",
        { ApplicationName, ConditionalToken: "wrong", ApplicationConfigurationUpdate },
        { exception: "ResourceInUseException", text: /./ },
      ),
      flink("DescribeApplication", { ApplicationName: "none" }, { exception: "ResourceNotFoundException", text: /none/ }),
    ]);
    await stack!.cloud.clock.advanceTo(stack!.cloud.clock.now() + 3 * minute);
    await check([
      flink(
        "DescribeApplicationOperation",
        { ApplicationName, OperationId: operation },
        ({ ApplicationOperationInfoDetails: info }) => {
          assert.equal(info.OperationStatus, "SUCCESSFUL");
          assert.ok(info.EndTime > info.StartTime);
        },
      ),
      flink("ListApplicationOperations", { ApplicationName }, (output) =>
        assert.ok(output.ApplicationOperationInfoList.length >= 1),
      ),
    ]);
  });

  it("puts, gets and lists parameters in Systems Manager", async () => {
    const ssm = (operation: string, input: Shape, gives: Check["gives"]): Check => ({
      what: operation,
      client: "ssm",
      operation,
      input,
      gives,
    });
    await check([
      ssm("PutParameter", { Name: "/boto3/a", Value: "ä", Type: "String" }, (output) => assert.equal(output.Version, 1)),
      ssm(
        "PutParameter",
        { Name: "/boto3/a", Value: "b", Type: "String" },
        { exception: "ParameterAlreadyExists", text: /already exists/ },
      ),
      ssm("GetParameter", { Name: "/boto3/a" }, ({ Parameter }) => {
        assert.equal(Parameter.Value, "ä");
        assert.equal(Parameter.LastModifiedDate.getTime(), stack!.cloud.clock.now());
      }),
      ssm("GetParametersByPath", { Path: "/sluice/dev", Recursive: true }, (output) => assert.equal(output.Parameters.length, 7)),
      ssm("GetParameter", { Name: "/none" }, { exception: "ParameterNotFound", text: /./ }),
    ]);
  });

  for (const protocol of ["smithy-rpc-v2-cbor", "json"])
    it(`reads alarms, history, metrics and the dashboard and sets a state in CloudWatch (${protocol})`, async () => {
      const cloudwatch = (operation: string, input: Shape, gives: Check["gives"]): Check => ({
        what: operation,
        client: "cloudwatch",
        operation,
        input,
        gives,
      });
      const [listed] = await withBoto3(stack!.url, [
        { client: "cloudwatch", operation: "DescribeAlarms", input: { AlarmNamePrefix: "dev-" } },
      ]);
      assert.ok(listed && !failed(listed));
      const alarms = listed.output["MetricAlarms"] as Shape[];
      const math = alarms.find((alarm) => alarm.Metrics?.some((row: Shape) => row.Expression));
      assert.ok(math && math.StateUpdatedTimestamp instanceof Date && typeof math.Threshold === "number");
      const { AlarmName } = alarms[0];
      const at = new Date(stack!.cloud.clock.now() - 10 * minute);
      const row = (Id: string, MetricName: string) => ({
        Id,
        MetricStat: { Metric: { Namespace: `Boto3/${protocol}`, MetricName }, Period: 60, Stat: "Sum" },
      });
      await check(
        [
          cloudwatch("DisableAlarmActions", { AlarmNames: [AlarmName] }, () => undefined),
          cloudwatch("SetAlarmState", { AlarmName, StateValue: "ALARM", StateReason: "boto3 says so" }, () => undefined),
          cloudwatch("DescribeAlarms", { AlarmNames: [AlarmName] }, ({ MetricAlarms: [alarm] }) =>
            assert.deepEqual([alarm.StateValue, alarm.StateReason], ["ALARM", "boto3 says so"]),
          ),
          cloudwatch(
            "DescribeAlarmHistory",
            { AlarmName, HistoryItemType: "StateUpdate", MaxRecords: 1 },
            ({ AlarmHistoryItems: [item] }) => {
              assert.match(item.HistorySummary, /to ALARM/);
              assert.equal(item.Timestamp.getTime(), stack!.cloud.clock.now());
            },
          ),
          cloudwatch(
            "PutMetricData",
            {
              Namespace: `Boto3/${protocol}`,
              MetricData: [
                { MetricName: "a", Value: 2.5, Timestamp: at },
                { MetricName: "b", StatisticValues: { SampleCount: 2, Sum: 6, Minimum: 1, Maximum: 5 }, Timestamp: at },
              ],
            },
            () => undefined,
          ),
          cloudwatch(
            "GetMetricData",
            {
              MetricDataQueries: [row("a", "a"), row("b", "b"), { Id: "e", Expression: "a * 2 + b" }],
              StartTime: new Date(at.getTime() - minute),
              EndTime: new Date(at.getTime() + 5 * minute),
            },
            ({ MetricDataResults: rows }) => {
              assert.deepEqual(
                rows.map((one: Shape) => one.Values),
                [[2.5], [6], [11]],
              );
              assert.deepEqual(rows[0].Timestamps, [new Date(Math.floor(at.getTime() / minute) * minute)]);
            },
          ),
          cloudwatch("GetDashboard", { DashboardName: "sluice-dev" }, (output) =>
            assert.ok(JSON.parse(output.DashboardBody).widgets.length > 5),
          ),
          cloudwatch(
            "GetDashboard",
            { DashboardName: "none" },
            { exception: "ResourceNotFound", code: "ResourceNotFound", text: /none does not exist/ },
          ),
          cloudwatch(
            "SetAlarmState",
            { AlarmName: "none", StateValue: "OK", StateReason: "r" },
            { exception: "ResourceNotFound", text: /./ },
          ),
          cloudwatch(
            "PutMetricAlarm",
            {
              AlarmName: "bad",
              EvaluationPeriods: 1,
              Threshold: 1,
              ComparisonOperator: "GreaterThanThreshold",
              Metrics: [{ Id: "e", Expression: "SEARCH('{a}', 'Sum', 60)", ReturnData: true }],
            },
            { code: "ValidationError", text: /./ },
          ),
        ],
        { protocol },
      );
    });

  it("registers, puts and describes in Application Auto Scaling", async () => {
    const aas = (operation: string, input: Shape, gives: Check["gives"]): Check => ({
      what: operation,
      client: "application-autoscaling",
      operation,
      input,
      gives,
    });
    const { outputs } = stack!.deployment;
    const ResourceId = `${outputs.endpoint}/scalableTargetDimensions/dev-flink`;
    const policy = { PolicyName: "boto3", PolicyType: "StepScaling" };
    const steps = [{ MetricIntervalLowerBound: 0.5, ScalingAdjustment: 25 }];
    const at = new Date(stack!.cloud.clock.now() + 60 * minute);
    await check([
      aas("RegisterScalableTarget", { ...target, ResourceId, MinCapacity: 2, MaxCapacity: 60 }, (output) =>
        assert.match(output.ScalableTargetARN, /:scalable-target\//),
      ),
      aas(
        "PutScalingPolicy",
        {
          ...target,
          ResourceId,
          ...policy,
          StepScalingPolicyConfiguration: {
            AdjustmentType: "PercentChangeInCapacity",
            StepAdjustments: steps,
            MinAdjustmentMagnitude: 2,
            Cooldown: 120,
          },
        },
        (output) => assert.match(output.PolicyARN, /policyName\/boto3$/),
      ),
      aas(
        "PutScheduledAction",
        {
          ...target,
          ResourceId,
          ScheduledActionName: "boto3",
          Schedule: "cron(0 8 * * ? *)",
          Timezone: "Europe/Berlin",
          StartTime: at,
          ScalableTargetAction: { MinCapacity: 3 },
        },
        () => undefined,
      ),
      aas(
        "DescribeScalableTargets",
        { ServiceNamespace: "custom-resource", ResourceIds: [ResourceId] },
        ({ ScalableTargets: [one] }) => assert.deepEqual([one.MinCapacity, one.MaxCapacity], [2, 60]),
      ),
      aas(
        "DescribeScalingPolicies",
        { ServiceNamespace: "custom-resource", PolicyNames: ["boto3"] },
        ({ ScalingPolicies: [one] }) => {
          assert.deepEqual(one.StepScalingPolicyConfiguration.StepAdjustments, steps);
          assert.ok(one.CreationTime instanceof Date);
        },
      ),
      aas(
        "DescribeScheduledActions",
        { ServiceNamespace: "custom-resource", ScheduledActionNames: ["boto3"] },
        ({ ScheduledActions: [one] }) => assert.deepEqual([one.StartTime, one.Timezone], [at, "Europe/Berlin"]),
      ),
      aas("DescribeScalingActivities", { ServiceNamespace: "custom-resource" }, (output) =>
        assert.ok(Array.isArray(output.ScalingActivities)),
      ),
      aas(
        "DeleteScalingPolicy",
        { ...target, ResourceId, PolicyName: "none" },
        { exception: "ObjectNotFoundException", text: /./ },
      ),
      aas(
        "PutScalingPolicy",
        {
          ...target,
          ResourceId,
          ...policy,
          StepScalingPolicyConfiguration: {
            AdjustmentType: "ChangeInCapacity",
            StepAdjustments: [{ MetricIntervalLowerBound: 2, MetricIntervalUpperBound: 1, ScalingAdjustment: 1 }],
          },
        },
        { exception: "ValidationException", text: /./ },
      ),
    ]);
  });

  it("gets a wrong secret, an unknown key and a body over 14 MiB as botocore's errors", async () => {
    const describe: Check = {
      what: "DescribeAlarms",
      client: "cloudwatch",
      operation: "DescribeAlarms",
      input: {},
      gives: () => undefined,
    };
    const list: Check = { ...describe, what: "ListStreams", client: "kinesis", operation: "ListStreams" };
    const refused = (code: string, text: RegExp): Check[] => [describe, list].map((one) => ({ ...one, gives: { code, text } }));
    await check(refused("InvalidSignatureException", /does not match the signature you provided/), {
      credentials: { ...key, secretAccessKey: "wrong" },
    });
    await check(refused("UnrecognizedClientException", /security token/), { credentials: { ...key, accessKeyId: "AKIANOBODY" } });
    const Records = Array.from({ length: 12 }, () => ({ Data: Buffer.alloc(1_000_000), PartitionKey: "a" }));
    await check([
      {
        ...list,
        operation: "PutRecords",
        input: { StreamName, Records },
        gives: { code: "RequestEntityTooLargeException", text: /exceeded 14680064 bytes/ },
      },
    ]);
  });

  it("is told which permission a caller lacks", async () => {
    const { cloud } = stack!;
    await cloud.call("iam", "CreateUser", { UserName: "nobody" }, cloud.deployer);
    const nobody = { accessKeyId: "AKIASANDBOXNOBODY001", secretAccessKey: "nobody" };
    cloud.iam.addCredentials(nobody, `arn:aws:iam::${cloud.account}:user/nobody`);
    const denied = (client: string, operation: string, input: Shape, code: string, action: string): Check => ({
      what: operation,
      client,
      operation,
      input,
      gives: { code, text: new RegExp(`user/nobody is not authorized to perform: ${action}`) },
    });
    await check(
      [
        denied("ssm", "GetParameter", { Name: "/a" }, "AccessDeniedException", "ssm:GetParameter"),
        denied("cloudwatch", "DescribeAlarms", {}, "AccessDenied", "cloudwatch:DescribeAlarms"),
      ],
      { credentials: nobody },
    );
  });
});
