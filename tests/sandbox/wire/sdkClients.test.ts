// Source: the SDK's own clients and service models
import { strict as assert } from "node:assert";
import * as aas from "@aws-sdk/client-application-auto-scaling";
import * as cw from "@aws-sdk/client-cloudwatch";
import * as kda from "@aws-sdk/client-kinesis-analytics-v2";
import * as kds from "@aws-sdk/client-kinesis";
import * as ssm from "@aws-sdk/client-ssm";
import { minute } from "../../../sandbox/core/clock";
import { clientsOf, key, openStack, start, type Clients } from "./fixture";

type Stack = Awaited<ReturnType<typeof openStack>>;

/** What a client rejects with, as the application sees it. */
async function failure(promise: Promise<unknown>): Promise<Error & { $metadata?: { httpStatusCode?: number }; Code?: string }> {
  return promise.then(
    () => assert.fail("the call should be refused"),
    (error) => error,
  );
}

describe("the AWS SDK for JavaScript with the sandbox's endpoint URL", function () {
  this.timeout(60_000);
  let stack: Stack;
  let clients: Clients;

  before(async () => {
    stack = await openStack();
    clients = clientsOf(stack.url);
  });
  after(async () => {
    clients.destroy();
    await stack.server.close();
  });

  describe("Kinesis", () => {
    it("describes the stream with its dates and open shards", async () => {
      const { StreamDescriptionSummary: summary } = await clients.kinesis.send(
        new kds.DescribeStreamSummaryCommand({ StreamName: "sluice-dev" }),
      );
      assert.equal(summary?.OpenShardCount, 8);
      assert.equal(summary.StreamStatus, "ACTIVE");
      assert.ok(summary.StreamCreationTimestamp instanceof Date);
      assert.ok(Math.abs(summary.StreamCreationTimestamp.getTime() - start) < 3 * minute);
    });

    it("puts blobs and gets the same bytes back, with arrival times", async () => {
      const data = Buffer.from([0, 255, 128, 10, 13, 34]);
      const { ShardId } = await clients.kinesis.send(
        new kds.PutRecordCommand({ StreamName: "sluice-dev", PartitionKey: "a", Data: data }),
      );
      const { ShardIterator } = await clients.kinesis.send(
        new kds.GetShardIteratorCommand({
          StreamName: "sluice-dev",
          ShardId,
          ShardIteratorType: "AT_TIMESTAMP",
          Timestamp: new Date(start),
        }),
      );
      const { Records } = await clients.kinesis.send(new kds.GetRecordsCommand({ ShardIterator }));
      assert.deepEqual(
        Records?.map((record) => Buffer.from(record.Data!)),
        [data],
      );
      assert.equal(Records[0]?.ApproximateArrivalTimestamp?.getTime(), stack.cloud.clock.now());
    });

    it("takes 500 records of 20 KB in one PutRecords", async () => {
      const Records = Array.from({ length: 500 }, (_, i) => ({ PartitionKey: `key-${i}`, Data: Buffer.alloc(20_000, i) }));
      const answer = await clients.kinesis.send(new kds.PutRecordsCommand({ StreamName: "sluice-dev", Records }));
      assert.equal(answer.Records?.length, 500);
    });

    it("rejects with the service's own error class, code and text", async () => {
      const error = await failure(clients.kinesis.send(new kds.DescribeStreamSummaryCommand({ StreamName: "none" })));
      assert.ok(error instanceof kds.ResourceNotFoundException);
      assert.equal(error.message, "Stream none under account 123456789012 not found.");
      assert.equal(error.$metadata.httpStatusCode, 400);
    });

    it("rejects a broken constraint with ValidationException", async () => {
      const error = await failure(clients.kinesis.send(new kds.UpdateShardCountCommand({ StreamName: "sluice-dev" } as never)));
      assert.equal(error.name, "ValidationException");
      assert.match(error.message, /'targetShardCount' failed to satisfy constraint: Member must not be null/);
    });
  });

  describe("Managed Flink", () => {
    it("describes the application with dates, status and parallelism", async () => {
      const { ApplicationDetail: detail } = await clients.flink.send(
        new kda.DescribeApplicationCommand({ ApplicationName: "sluice-dev" }),
      );
      assert.equal(detail?.ApplicationStatus, "RUNNING");
      assert.ok(detail.CreateTimestamp instanceof Date);
      const flink = detail.ApplicationConfigurationDescription?.FlinkApplicationConfigurationDescription;
      assert.equal(flink?.ParallelismConfigurationDescription?.AutoScalingEnabled, false);
      assert.equal(flink.ParallelismConfigurationDescription.Parallelism, 16);
    });

    it("updates, lists and describes an operation", async () => {
      const { ApplicationDetail, OperationId } = await clients.flink.send(
        new kda.UpdateApplicationCommand({
          ApplicationName: "sluice-dev",
          ConditionalToken: (await clients.flink.send(new kda.DescribeApplicationCommand({ ApplicationName: "sluice-dev" })))
            .ApplicationDetail?.ConditionalToken,
          ApplicationConfigurationUpdate: {
            FlinkApplicationConfigurationUpdate: {
              ParallelismConfigurationUpdate: { ConfigurationTypeUpdate: "CUSTOM", ParallelismUpdate: 17 },
            },
          },
        }),
      );
      assert.equal(ApplicationDetail?.ApplicationStatus, "UPDATING");
      await stack.cloud.clock.advanceTo(stack.cloud.clock.now() + 3 * minute);
      const { ApplicationOperationInfoDetails: operation } = await clients.flink.send(
        new kda.DescribeApplicationOperationCommand({ ApplicationName: "sluice-dev", OperationId }),
      );
      assert.equal(operation?.OperationStatus, "SUCCESSFUL");
      assert.ok(
        operation.StartTime instanceof Date && operation.EndTime instanceof Date && operation.EndTime > operation.StartTime,
      );
    });

    it("rejects with the service's own error class", async () => {
      const error = await failure(clients.flink.send(new kda.DescribeApplicationCommand({ ApplicationName: "none" })));
      assert.ok(error instanceof kda.ResourceNotFoundException);
    });
  });

  describe("Systems Manager", () => {
    it("puts, gets and lists parameters with versions and dates", async () => {
      const Name = "/wire/a";
      await clients.ssm.send(new ssm.PutParameterCommand({ Name, Value: 'ä\u0000"', Type: "String" }));
      const { Version } = await clients.ssm.send(
        new ssm.PutParameterCommand({ Name, Value: "second", Type: "String", Overwrite: true }),
      );
      assert.equal(Version, 2);
      const { Parameter } = await clients.ssm.send(new ssm.GetParameterCommand({ Name: `${Name}:1` }));
      assert.equal(Parameter?.Value, 'ä\u0000"');
      assert.equal(Parameter.LastModifiedDate?.getTime(), stack.cloud.clock.now());
      const { Parameters } = await clients.ssm.send(new ssm.GetParametersByPathCommand({ Path: "/sluice/dev", Recursive: true }));
      assert.equal(Parameters?.length, 7);
    });

    it("rejects with the service's own error class", async () => {
      const error = await failure(clients.ssm.send(new ssm.GetParameterCommand({ Name: "/none" })));
      assert.ok(error instanceof ssm.ParameterNotFound);
    });
  });

  describe("CloudWatch (AWS JSON 1.0)", () => {
    it("describes the program's alarms, metric math and dates included", async () => {
      const { MetricAlarms } = await clients.cloudwatch.send(new cw.DescribeAlarmsCommand({ AlarmNamePrefix: "dev-" }));
      const mathAlarm = MetricAlarms?.find((alarm) => alarm.Metrics?.some((row) => row.Expression));
      assert.ok(mathAlarm);
      assert.ok(mathAlarm.StateUpdatedTimestamp instanceof Date);
      assert.equal(mathAlarm.Metrics?.filter((row) => row.ReturnData).length, 1);
    });

    it("sets an alarm's state and reads it in the history", async () => {
      const { MetricAlarms } = await clients.cloudwatch.send(new cw.DescribeAlarmsCommand({ MaxRecords: 1 }));
      const AlarmName = MetricAlarms?.[0]?.AlarmName;
      await clients.cloudwatch.send(new cw.DisableAlarmActionsCommand({ AlarmNames: [AlarmName!] }));
      await clients.cloudwatch.send(
        new cw.SetAlarmStateCommand({ AlarmName, StateValue: "ALARM", StateReason: "a test says so" }),
      );
      const { AlarmHistoryItems } = await clients.cloudwatch.send(
        new cw.DescribeAlarmHistoryCommand({ AlarmName, HistoryItemType: "StateUpdate", MaxRecords: 1 }),
      );
      assert.match(AlarmHistoryItems?.[0]?.HistorySummary ?? "", /to ALARM/);
      assert.ok(AlarmHistoryItems?.[0]?.Timestamp instanceof Date);
    });

    it("puts metric data and gets it back by metric math", async () => {
      const Timestamp = new Date(stack.cloud.clock.now() - 10 * minute);
      await clients.cloudwatch.send(
        new cw.PutMetricDataCommand({ Namespace: "Wire", MetricData: [{ MetricName: "m", Value: 2.5, Timestamp }] }),
      );
      const { MetricDataResults } = await clients.cloudwatch.send(
        new cw.GetMetricDataCommand({
          StartTime: new Date(Timestamp.getTime() - minute),
          EndTime: new Date(Timestamp.getTime() + 5 * minute),
          MetricDataQueries: [
            {
              Id: "m",
              MetricStat: { Metric: { Namespace: "Wire", MetricName: "m" }, Period: 60, Stat: "Sum" },
              ReturnData: false,
            },
            { Id: "e", Expression: "m * 2" },
          ],
        }),
      );
      assert.deepEqual(MetricDataResults?.[0]?.Values, [5]);
      assert.deepEqual(MetricDataResults[0].Timestamps, [new Date(Math.floor(Timestamp.getTime() / minute) * minute)]);
    });

    it("gets the program's dashboard", async () => {
      const { DashboardBody } = await clients.cloudwatch.send(new cw.GetDashboardCommand({ DashboardName: "sluice-dev" }));
      assert.ok(JSON.parse(DashboardBody ?? "").widgets.length > 5);
    });

    it("rejects with the code that the query protocol had, as AWS does in query mode", async () => {
      const error = await failure(clients.cloudwatch.send(new cw.GetDashboardCommand({ DashboardName: "none" })));
      // The query protocol's code of DashboardNotFoundError; the SDK finds the shape of that name.
      assert.ok(error instanceof cw.ResourceNotFound);
      assert.equal(error.$metadata.httpStatusCode, 404);
      assert.equal((error as { Code?: string }).Code, "ResourceNotFound");
    });
  });

  describe("Application Auto Scaling", () => {
    const ServiceNamespace = "custom-resource" as const;
    const ScalableDimension = "custom-resource:ResourceType:Property" as const;

    it("describes the program's targets, policies and activities", async () => {
      const { ScalableTargets } = await clients.autoScaling.send(new aas.DescribeScalableTargetsCommand({ ServiceNamespace }));
      assert.equal(ScalableTargets?.length, 2);
      assert.ok(ScalableTargets[0]?.CreationTime instanceof Date);
      const { ScalingPolicies } = await clients.autoScaling.send(new aas.DescribeScalingPoliciesCommand({ ServiceNamespace }));
      const steps = ScalingPolicies?.[0]?.StepScalingPolicyConfiguration?.StepAdjustments;
      assert.ok(steps && steps.length > 0 && steps.every((step) => Number.isInteger(step.ScalingAdjustment)));
      assert.ok(ScalingPolicies?.every((policy) => policy.CreationTime instanceof Date));
      const { ScalingActivities } = await clients.autoScaling.send(
        new aas.DescribeScalingActivitiesCommand({ ServiceNamespace, IncludeNotScaledActivities: true }),
      );
      assert.ok(Array.isArray(ScalingActivities));
    });

    it("registers, puts a policy and a scheduled action, and describes them", async () => {
      const { ScalableTargets } = await clients.autoScaling.send(new aas.DescribeScalableTargetsCommand({ ServiceNamespace }));
      const ResourceId = ScalableTargets?.[0]?.ResourceId;
      const target = { ServiceNamespace, ScalableDimension, ResourceId };
      const { ScalableTargetARN } = await clients.autoScaling.send(
        new aas.RegisterScalableTargetCommand({ ...target, MinCapacity: 3, MaxCapacity: 40 }),
      );
      assert.equal(ScalableTargetARN, ScalableTargets?.[0]?.ScalableTargetARN);
      const { PolicyARN } = await clients.autoScaling.send(
        new aas.PutScalingPolicyCommand({
          ...target,
          PolicyName: "wire",
          PolicyType: "StepScaling",
          StepScalingPolicyConfiguration: {
            AdjustmentType: "ExactCapacity",
            StepAdjustments: [{ MetricIntervalLowerBound: 0.5, ScalingAdjustment: 8 }],
          },
        }),
      );
      assert.match(PolicyARN ?? "", /^arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:/);
      const StartTime = new Date(stack.cloud.clock.now() + 60 * minute);
      await clients.autoScaling.send(
        new aas.PutScheduledActionCommand({
          ...target,
          ScheduledActionName: "wire",
          Schedule: "cron(0 8 * * ? *)",
          Timezone: "Europe/Berlin",
          StartTime,
          ScalableTargetAction: { MinCapacity: 4 },
        }),
      );
      const { ScheduledActions } = await clients.autoScaling.send(
        new aas.DescribeScheduledActionsCommand({ ServiceNamespace, ScheduledActionNames: ["wire"] }),
      );
      assert.deepEqual(ScheduledActions?.[0]?.StartTime, StartTime);
      assert.deepEqual(ScheduledActions[0].ScalableTargetAction, { MinCapacity: 4 });
    });

    it("rejects with the service's own error class", async () => {
      const error = await failure(
        clients.autoScaling.send(
          new aas.DeleteScalingPolicyCommand({
            PolicyName: "none",
            ServiceNamespace,
            ScalableDimension,
            ResourceId: "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/v1/scalableTargetDimensions/none",
          }),
        ),
      );
      assert.ok(error instanceof aas.ObjectNotFoundException);
    });
  });

  it("refuses a wrong secret, an unknown key and a foreign region as AWS does", async () => {
    const refusals = [
      [{ ...key, secretAccessKey: "wrong" }, undefined, "InvalidSignatureException", /does not match the signature you provided/],
      [{ ...key, accessKeyId: "AKIANOBODY" }, undefined, "UnrecognizedClientException", /security token .* is invalid/],
      [key, "eu-west-1", "InvalidSignatureException", /valid region, not 'eu-west-1'/],
    ] as const;
    for (const [credentials, at, name, text] of refusals) {
      const others = clientsOf(stack.url, credentials, at);
      const errors = await Promise.all(
        [
          others.kinesis.send(new kds.ListStreamsCommand({})),
          others.flink.send(new kda.ListApplicationsCommand({})),
          others.ssm.send(new ssm.GetParameterCommand({ Name: "/a" })),
          others.cloudwatch.send(new cw.DescribeAlarmsCommand({})),
          others.autoScaling.send(new aas.DescribeScalableTargetsCommand({ ServiceNamespace: "custom-resource" })),
        ].map(failure),
      );
      for (const error of errors) {
        assert.equal(error.name, name);
        assert.match(error.message, text);
      }
      others.destroy();
    }
  });

  it("answers AccessDenied to a user without the permission", async () => {
    await stack.cloud.call("iam", "CreateUser", { UserName: "nobody" }, stack.cloud.deployer);
    const nobody = { accessKeyId: "AKIASANDBOXNOBODY001", secretAccessKey: "nobody" };
    stack.cloud.iam.addCredentials(nobody, "arn:aws:iam::123456789012:user/nobody");
    const others = clientsOf(stack.url, nobody);
    const error = await failure(others.kinesis.send(new kds.DescribeStreamSummaryCommand({ StreamName: "sluice-dev" })));
    assert.equal(error.name, "AccessDeniedException");
    assert.match(
      error.message,
      /user\/nobody is not authorized to perform: kinesis:DescribeStreamSummary on resource: arn:aws:kinesis/,
    );
    others.destroy();
  });

  it("answers an operation that exists on AWS and is not modelled with UnknownOperationException", async () => {
    const error = await failure(clients.kinesis.send(new kds.UpdateAccountSettingsCommand({} as never)));
    assert.equal(error.name, "UnknownOperationException");
  });
});
