import type { Shape } from "../../core/cloud";
import type { Alarm, Transition } from "./alarm";
import { printTime } from "./alarmReason";

const regionNames: Readonly<Record<string, string>> = {
  "us-east-1": "US East (N. Virginia)",
  "us-east-2": "US East (Ohio)",
  "us-west-2": "US West (Oregon)",
  "eu-central-1": "EU (Frankfurt)",
  "eu-west-1": "EU (Ireland)",
};

const regionName = (region: string) => regionNames[region] ?? region;

export function notificationSubject({ alarm }: Transition, region: string): string {
  return `${alarm.state}: "${alarm.name}" in ${regionName(region)}`;
}

/** The JSON that an SNS subscriber gets. */
export function notificationMessage({ alarm, from, time }: Transition, account: string, region: string): string {
  return JSON.stringify({
    AlarmName: alarm.name,
    AlarmDescription: alarm.input.AlarmDescription ?? null,
    AWSAccountId: account,
    AlarmConfigurationUpdatedTimestamp: printTime(alarm.configurationUpdated),
    NewStateValue: alarm.state,
    NewStateReason: alarm.reason,
    StateChangeTime: printTime(time),
    Region: regionName(region),
    AlarmArn: alarm.arn,
    OldStateValue: from.state,
    OKActions: alarm.actions.OK,
    AlarmActions: alarm.actions.ALARM,
    InsufficientDataActions: alarm.actions.INSUFFICIENT_DATA,
    Trigger: trigger(alarm.input),
  });
}

function trigger(input: Shape): Shape {
  const common = {
    Period: input.Period,
    EvaluationPeriods: input.EvaluationPeriods,
    DatapointsToAlarm: input.DatapointsToAlarm,
    ComparisonOperator: input.ComparisonOperator,
    Threshold: input.Threshold,
    TreatMissingData: input.TreatMissingData ?? "",
    EvaluateLowSampleCountPercentile: input.EvaluateLowSampleCountPercentile ?? "",
  };
  if (input.Metrics) return { ...common, Metrics: input.Metrics };
  const dimensions = ((input.Dimensions ?? []) as { Name: string; Value: string }[]).map(({ Name, Value }) => ({
    value: Value,
    name: Name,
  }));
  return {
    MetricName: input.MetricName,
    Namespace: input.Namespace,
    StatisticType: input.Statistic ? "Statistic" : "ExtendedStatistic",
    Statistic: (input.Statistic ?? input.ExtendedStatistic)?.toUpperCase(),
    Unit: input.Unit ?? null,
    Dimensions: dimensions,
    ...common,
  };
}

/** The event that a Lambda action gets ("Invoke a Lambda function from an alarm"). */
export function lambdaEvent({ alarm, from, time }: Transition, account: string, region: string): string {
  const state = (value: string, reason: string, reasonData: string | undefined, at: number) => ({
    value,
    reason,
    ...(reasonData ? { reasonData } : {}),
    timestamp: printTime(at),
  });
  return JSON.stringify({
    source: "aws.cloudwatch",
    alarmArn: alarm.arn,
    accountId: account,
    time: printTime(time),
    region,
    alarmData: {
      alarmName: alarm.name,
      state: state(alarm.state, alarm.reason, alarm.reasonData, time),
      previousState: state(from.state, from.reason, from.reasonData, from.updated),
      configuration: configuration(alarm),
    },
  });
}

function configuration(alarm: Alarm): Shape {
  const description = alarm.input.AlarmDescription;
  const metrics = alarm.definition.rows.map(({ id, metric, expression, label, returnData }) => ({
    id,
    ...(expression === undefined ? {} : { expression }),
    ...(label === undefined ? {} : { label }),
    ...(metric
      ? {
          metricStat: {
            metric: { namespace: metric.key.namespace, name: metric.key.name, dimensions: metric.key.dimensions },
            period: metric.period,
            stat: metric.statistic.text,
          },
        }
      : {}),
    returnData,
  }));
  return { description, metrics };
}
