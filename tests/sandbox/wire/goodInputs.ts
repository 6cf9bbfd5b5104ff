/** A good input of operations that do something, on the entities that anyInput.test.ts makes; good in this order. */
const stream = { StreamName: "wire" };
const resourceId = "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/v1/scalableTargetDimensions/wire";
const target = {
  ServiceNamespace: "custom-resource",
  ScalableDimension: "custom-resource:ResourceType:Property",
  ResourceId: resourceId,
};
const metric = { Namespace: "Wire", MetricName: "m", Dimensions: [{ Name: "a", Value: "b" }] };
const alarm = {
  AlarmName: "w",
  EvaluationPeriods: 2,
  DatapointsToAlarm: 1,
  Threshold: 1,
  ComparisonOperator: "GreaterThanThreshold",
};
const row = { Id: "m1", MetricStat: { Metric: metric, Period: 60, Stat: "Sum" }, ReturnData: false };
const rows = [row, { Id: "e", Expression: "m1 + 1", Label: "l" }];
/** 2026-01-05T00:00:00Z, in seconds. */
const begin = 1_767_571_200;

export const goodInputs: Record<string, Record<string, unknown>> = {
  "kinesis CreateStream": { StreamName: "w", ShardCount: 1, StreamModeDetails: { StreamMode: "PROVISIONED" }, Tags: { a: "b" } },
  "kinesis SplitShard": { ...stream, ShardToSplit: "shardId-000000000000", NewStartingHashKey: "100" },
  "kinesis MergeShards": { ...stream, ShardToMerge: "shardId-000000000001", AdjacentShardToMerge: "shardId-000000000002" },
  "kinesis UpdateShardCount": { ...stream, TargetShardCount: 3, ScalingType: "UNIFORM_SCALING" },
  "kinesis ListShards": { ...stream, MaxResults: 1, ShardFilter: { Type: "FROM_TIMESTAMP", Timestamp: begin } },
  "kinesis PutRecords": { ...stream, Records: [{ Data: "eA==", PartitionKey: "a", ExplicitHashKey: "1" }] },
  "kinesis PutRecord": { ...stream, Data: "eA==", PartitionKey: "a" },
  "kinesis GetShardIterator": { ...stream, ShardId: "shardId-000000000000", ShardIteratorType: "AT_TIMESTAMP", Timestamp: begin },
  "kinesis EnableEnhancedMonitoring": { ...stream, ShardLevelMetrics: ["ALL"] },
  "kinesis StartStreamEncryption": { ...stream, EncryptionType: "KMS", KeyId: "alias/aws/kinesis" },
  "kinesis RegisterStreamConsumer": { StreamARN: "arn:aws:kinesis:us-east-1:123456789012:stream/wire", ConsumerName: "c" },
  "kinesisanalytics CreateApplication": {
    ApplicationName: "wire",
    RuntimeEnvironment: "FLINK-1_20",
    ServiceExecutionRole: "arn:aws:iam::123456789012:role/wire",
    ApplicationConfiguration: {
      FlinkApplicationConfiguration: {
        ParallelismConfiguration: { ConfigurationType: "CUSTOM", Parallelism: 2, ParallelismPerKPU: 1 },
      },
      EnvironmentProperties: { PropertyGroups: [{ PropertyGroupId: "g", PropertyMap: { a: "b" } }] },
    },
    Tags: [{ Key: "a", Value: "b" }],
  },
  "kinesisanalytics StartApplication": { ApplicationName: "wire", RunConfiguration: {} },
  "kinesisanalytics UpdateApplication": {
    ApplicationName: "wire",
    CurrentApplicationVersionId: 1,
    ApplicationConfigurationUpdate: {
      FlinkApplicationConfigurationUpdate: {
        ParallelismConfigurationUpdate: { ConfigurationTypeUpdate: "CUSTOM", ParallelismUpdate: 4 },
      },
    },
  },
  "kinesisanalytics DescribeApplication": { ApplicationName: "wire" },
  "kinesisanalytics ListApplicationOperations": { ApplicationName: "wire", Limit: 5 },
  "kinesisanalytics CreateApplicationSnapshot": { ApplicationName: "wire", SnapshotName: "s" },
  "kinesisanalytics StopApplication": { ApplicationName: "wire", Force: true },
  "ssm PutParameter": { Name: "/wire/b", Value: "v", Type: "String", Overwrite: true, Tier: "Standard", AllowedPattern: ".*" },
  "ssm GetParametersByPath": { Path: "/wire", Recursive: true, MaxResults: 5 },
  "ssm DescribeParameters": { ParameterFilters: [{ Key: "Name", Option: "Equals", Values: ["/wire/a"] }], MaxResults: 5 },
  "ssm GetParameterHistory": { Name: "/wire/a", MaxResults: 5 },
  "monitoring PutMetricAlarm": {
    ...alarm,
    AlarmName: "wire",
    Metrics: rows,
    TreatMissingData: "missing",
    AlarmActions: [],
    ActionsEnabled: true,
  },
  "monitoring DescribeAlarms": { AlarmNames: ["wire"], MaxRecords: 5 },
  "monitoring DescribeAlarmHistory": { AlarmName: "wire", StartDate: begin, EndDate: begin + 3_600, MaxRecords: 5 },
  "monitoring DescribeAlarmsForMetric": { ...metric, Statistic: "Sum", Period: 60 },
  "monitoring SetAlarmState": { AlarmName: "wire", StateValue: "OK", StateReason: "r", StateReasonData: "{}" },
  "monitoring PutMetricData": { Namespace: "Wire", MetricData: [{ ...metric, Value: 1, Timestamp: begin, Unit: "Count" }] },
  "monitoring GetMetricData": { MetricDataQueries: rows, StartTime: begin, EndTime: begin + 600, ScanBy: "TimestampAscending" },
  "monitoring GetMetricStatistics": { ...metric, StartTime: begin, EndTime: begin + 600, Period: 60, Statistics: ["Sum"] },
  "monitoring ListMetrics": { Namespace: "Wire", Dimensions: [{ Name: "a" }] },
  "monitoring PutDashboard": {
    DashboardName: "d",
    DashboardBody:
      '{"widgets":[{"type":"metric","x":0,"y":0,"width":6,"height":6,"properties":{"region":"us-east-1","metrics":[["a","b"]]}}]}',
  },
  "application-autoscaling RegisterScalableTarget": { ...target, MinCapacity: 1, MaxCapacity: 9, SuspendedState: {} },
  "application-autoscaling DescribeScalableTargets": {
    ServiceNamespace: "custom-resource",
    ResourceIds: [resourceId],
    MaxResults: 5,
  },
  "application-autoscaling PutScalingPolicy": {
    ...target,
    PolicyName: "p",
    PolicyType: "StepScaling",
    StepScalingPolicyConfiguration: {
      AdjustmentType: "PercentChangeInCapacity",
      StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 10 }],
      MinAdjustmentMagnitude: 1,
      Cooldown: 60,
      MetricAggregationType: "Average",
    },
  },
  "application-autoscaling PutScheduledAction": {
    ...target,
    ScheduledActionName: "s",
    Schedule: "cron(0 8 * * ? *)",
    Timezone: "Europe/Berlin",
    StartTime: begin + 3_600,
    ScalableTargetAction: { MinCapacity: 2, MaxCapacity: 5 },
  },
  "application-autoscaling DescribeScalingActivities": { ServiceNamespace: "custom-resource", MaxResults: 5 },
};
