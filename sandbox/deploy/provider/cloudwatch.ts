import { partitionOf } from "../../../components/partition";
import type { Shape } from "../../core/cloud";
import { defined, finished, type Deployer, type Handlers, type Properties } from "./handler";

export const cloudwatchHandlers: Handlers = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    async create(deployer, name, inputs) {
      const AlarmName = deployer.physicalName(name, inputs.name);
      await deployer.call("cloudwatch", "PutMetricAlarm", alarmShape(AlarmName, inputs));
      return { id: AlarmName, state: { ...inputs, name: AlarmName, arn: arnOf(deployer, "alarm:", AlarmName) } };
    },
    async read(deployer, id, state) {
      const { MetricAlarms } = await deployer.call("cloudwatch", "DescribeAlarms", { AlarmNames: [id] });
      const alarm = MetricAlarms[0];
      return alarm && { ...state, threshold: alarm.Threshold, evaluationPeriods: alarm.EvaluationPeriods };
    },
    async update(deployer, id, state, inputs) {
      await deployer.call("cloudwatch", "PutMetricAlarm", alarmShape(id, inputs));
      return { ...state, ...inputs };
    },
    async delete(deployer, id) {
      await deployer.call("cloudwatch", "DeleteAlarms", { AlarmNames: [id] });
    },
    replaceOn: ["name"],
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    async create(deployer, name, inputs) {
      const DashboardName = deployer.physicalName(name, inputs.dashboardName);
      await deployer.call("cloudwatch", "PutDashboard", { DashboardName, DashboardBody: inputs.dashboardBody });
      return {
        id: DashboardName,
        state: {
          ...inputs,
          dashboardName: DashboardName,
          dashboardArn: `arn:${partitionOf(deployer.region).name}:cloudwatch::${deployer.account}:dashboard/${DashboardName}`,
        },
      };
    },
    async update(deployer, id, state, inputs) {
      await deployer.call("cloudwatch", "PutDashboard", { DashboardName: id, DashboardBody: inputs.dashboardBody });
      return { ...state, ...inputs };
    },
    async delete(deployer, id) {
      await deployer.call("cloudwatch", "DeleteDashboards", { DashboardNames: [id] });
    },
    replaceOn: ["dashboardName"],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    async create(deployer, name, inputs) {
      const logGroupName = deployer.physicalName(name, inputs.name);
      await deployer.call("logs", "CreateLogGroup", defined({ logGroupName, kmsKeyId: inputs.kmsKeyId }));
      const arn = `arn:${partitionOf(deployer.region).name}:logs:${deployer.region}:${deployer.account}:log-group:${logGroupName}`;
      const { retentionInDays, ...rest } = inputs;
      const made = { ...rest, name: logGroupName, arn };
      if (retentionInDays) await finished({ id: logGroupName, state: made }, () => putRetention(deployer, logGroupName, inputs));
      return { id: logGroupName, state: { ...inputs, ...made } };
    },
    async update(deployer, id, state, inputs) {
      await putRetention(deployer, id, inputs);
      return { ...state, ...inputs };
    },
    async delete(deployer, id) {
      await deployer.call("logs", "DeleteLogGroup", { logGroupName: id });
    },
    replaceOn: ["name"],
    fixed: ["kmsKeyId"],
  },
  "aws:cloudwatch/logStream:LogStream": {
    async create(deployer, name, inputs) {
      const logStreamName = deployer.physicalName(name, inputs.name);
      await deployer.call("logs", "CreateLogStream", { logGroupName: inputs.logGroupName, logStreamName });
      const arn = `arn:${partitionOf(deployer.region).name}:logs:${deployer.region}:${deployer.account}:log-group:${inputs.logGroupName}:log-stream:${logStreamName}`;
      return { id: logStreamName, state: { ...inputs, name: logStreamName, arn } };
    },
  },
  "aws:cloudwatch/eventRule:EventRule": {
    async create(deployer, name, inputs) {
      const Name = deployer.physicalName(name, inputs.name);
      return { id: Name, state: { ...inputs, name: Name, arn: await putRule(deployer, Name, inputs) } };
    },
    async update(deployer, id, state, inputs) {
      return { ...state, ...inputs, arn: await putRule(deployer, id, inputs) };
    },
    async delete(deployer, id) {
      await deployer.call("events", "DeleteRule", { Name: id });
    },
    replaceOn: ["name", "eventBusName"],
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    async create(deployer, name, inputs) {
      const Id = deployer.physicalName(name, inputs.targetId);
      await putTarget(deployer, Id, inputs);
      return { id: `${inputs.rule}-${Id}`, state: { ...inputs, targetId: Id } };
    },
    async update(deployer, _id, state, inputs) {
      await putTarget(deployer, state.targetId, inputs);
      return { ...state, ...inputs };
    },
    async delete(deployer, _id, state) {
      await deployer.call("events", "RemoveTargets", { Rule: state.rule, Ids: [state.targetId] });
    },
    replaceOn: ["rule", "targetId", "eventBusName"],
  },
};

async function putRetention(deployer: Deployer, logGroupName: string, { retentionInDays }: Properties): Promise<void> {
  if (retentionInDays) await deployer.call("logs", "PutRetentionPolicy", { logGroupName, retentionInDays });
  else await deployer.call("logs", "DeleteRetentionPolicy", { logGroupName });
}

async function putRule(deployer: Deployer, Name: string, inputs: Properties): Promise<string> {
  const rule = {
    Name,
    ScheduleExpression: inputs.scheduleExpression,
    Description: inputs.description,
    State: inputs.state ?? "ENABLED",
  };
  return (await deployer.call("events", "PutRule", defined(rule))).RuleArn;
}

async function putTarget(deployer: Deployer, Id: string, inputs: Properties): Promise<void> {
  const RetryPolicy =
    inputs.retryPolicy &&
    defined({
      MaximumRetryAttempts: inputs.retryPolicy.maximumRetryAttempts,
      MaximumEventAgeInSeconds: inputs.retryPolicy.maximumEventAgeInSeconds,
    });
  const target = defined({ Id, Arn: inputs.arn, Input: inputs.input, RetryPolicy });
  await deployer.call("events", "PutTargets", { Rule: inputs.rule, Targets: [target] });
}

function alarmShape(AlarmName: string, inputs: Properties): Shape {
  return defined({
    AlarmName,
    AlarmDescription: inputs.alarmDescription,
    ActionsEnabled: inputs.actionsEnabled ?? true,
    AlarmActions: inputs.alarmActions,
    OKActions: inputs.okActions,
    InsufficientDataActions: inputs.insufficientDataActions,
    ComparisonOperator: inputs.comparisonOperator,
    EvaluationPeriods: inputs.evaluationPeriods,
    DatapointsToAlarm: inputs.datapointsToAlarm,
    Threshold: inputs.threshold,
    TreatMissingData: inputs.treatMissingData,
    MetricName: inputs.metricName,
    Namespace: inputs.namespace,
    Dimensions: inputs.dimensions && dimensionList(inputs.dimensions),
    Statistic: inputs.statistic,
    ExtendedStatistic: inputs.extendedStatistic,
    Period: inputs.period,
    Unit: inputs.unit,
    Metrics: inputs.metricQueries?.map(metricDataQuery),
  });
}

function metricDataQuery(query: Properties): Shape {
  return defined({
    Id: query.id,
    Expression: query.expression,
    Label: query.label,
    Period: query.period,
    ReturnData: query.returnData ?? false,
    MetricStat:
      query.metric &&
      defined({
        Metric: {
          Namespace: query.metric.namespace,
          MetricName: query.metric.metricName,
          Dimensions: dimensionList(query.metric.dimensions ?? {}),
        },
        Period: query.metric.period,
        Stat: query.metric.stat,
        Unit: query.metric.unit,
      }),
  });
}

function dimensionList(dimensions: Record<string, string>): Shape {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}

function arnOf(deployer: Deployer, kind: string, name: string): string {
  return `arn:${partitionOf(deployer.region).name}:cloudwatch:${deployer.region}:${deployer.account}:${kind}${name}`;
}
