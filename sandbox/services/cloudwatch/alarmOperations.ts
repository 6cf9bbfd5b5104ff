import type { Operation, Shape } from "../../core/cloud";
import type { Alarm } from "./alarm";
import type { AlarmState } from "./alarmEvaluation";
import type { Alarms } from "./alarms";
import { constraints, longest, memberOf, notNull, resourceNotFound, validationError } from "./errors";
import { page, pageSize } from "./paging";
import { seriesId } from "./series";
import { parseMetric } from "./metricQueries";
import type { Tags } from "./tags";
import { parseTime } from "./times";

const states: AlarmState[] = ["OK", "ALARM", "INSUFFICIENT_DATA"];
const alarmTypes = ["CompositeAlarm", "MetricAlarm"];

/** An alarm as DescribeAlarms shows it. */
export function describeAlarm(alarm: Alarm): Shape {
  const { input } = alarm;
  const { Tags: _tags, Metrics, ...rest } = input;
  return {
    ...rest,
    ...(Metrics ? { Metrics: Metrics.map((row: Shape) => ({ ...row, ReturnData: row.ReturnData ?? true })) } : {}),
    Dimensions: input.Dimensions ?? [],
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: alarm.actions.OK,
    AlarmActions: alarm.actions.ALARM,
    InsufficientDataActions: alarm.actions.INSUFFICIENT_DATA,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configurationUpdated),
    StateValue: alarm.state,
    StateReason: alarm.reason,
    ...(alarm.reasonData === undefined ? {} : { StateReasonData: alarm.reasonData }),
    StateUpdatedTimestamp: new Date(alarm.stateUpdated),
    StateTransitionedTimestamp: new Date(alarm.stateTransitioned),
  };
}

function describeAlarms(alarms: Alarms, input: Shape): Shape {
  const { check, throwIfAny } = constraints();
  const { AlarmNames: names, AlarmNamePrefix: prefix, StateValue: state, ActionPrefix: actionPrefix } = input;
  const types: string[] = input.AlarmTypes ?? ["MetricAlarm"];
  check((names ?? []).length <= 100, "alarmNames", names, longest(100));
  check(state === undefined || states.includes(state), "stateValue", state, memberOf(states));
  check(
    types.every((type) => alarmTypes.includes(type)),
    "alarmTypes",
    types,
    memberOf(alarmTypes),
  );
  throwIfAny();
  if (names && prefix !== undefined) throw validationError("AlarmNamePrefix and AlarmNames can't be used together");
  const found = alarms
    .list()
    .filter(
      (alarm) =>
        types.includes("MetricAlarm") &&
        (!names || names.includes(alarm.name)) &&
        (prefix === undefined || alarm.name.startsWith(prefix)) &&
        (state === undefined || alarm.state === state) &&
        (actionPrefix === undefined ||
          Object.values(alarm.actions).some((arns) => arns.some((arn) => arn.startsWith(actionPrefix)))),
    );
  const { items, nextToken } = page(found, input.NextToken, pageSize(input.MaxRecords, names ? 100 : 50));
  return {
    MetricAlarms: items.map(describeAlarm),
    CompositeAlarms: [],
    ...(nextToken ? { NextToken: nextToken } : {}),
  };
}

/** Alarms on exactly this metric; alarms on metric math are not listed, as on AWS. */
function describeAlarmsForMetric(alarms: Alarms, input: Shape): Shape {
  const wanted = seriesId(parseMetric(input));
  const stat = input.Statistic ?? input.ExtendedStatistic;
  const found = alarms.list().filter((alarm) => {
    if (alarm.input.Metrics) return false;
    const metric = alarm.definition.rows[0]!.metric!;
    return (
      seriesId(metric.key) === wanted &&
      (stat === undefined || metric.statistic.text === stat) &&
      (input.Period === undefined || metric.period === Number(input.Period)) &&
      (input.Unit === undefined || metric.unit === input.Unit)
    );
  });
  return { MetricAlarms: found.map(describeAlarm) };
}

function describeHistory(alarms: Alarms, input: Shape): Shape {
  const types: string[] = input.AlarmTypes ?? ["MetricAlarm"];
  const from = input.StartDate === undefined ? Number.NEGATIVE_INFINITY : parseTime(input.StartDate, "StartDate");
  const to = input.EndDate === undefined ? Number.POSITIVE_INFINITY : parseTime(input.EndDate, "EndDate");
  const found = alarms.history
    .items()
    .filter(
      (item) =>
        types.includes(item.AlarmType) &&
        (input.AlarmName === undefined || item.AlarmName === input.AlarmName) &&
        (input.HistoryItemType === undefined || item.HistoryItemType === input.HistoryItemType) &&
        item.Timestamp.getTime() >= from &&
        item.Timestamp.getTime() <= to,
    );
  if (input.ScanBy !== "TimestampAscending") found.reverse();
  const { items, nextToken } = page(found, input.NextToken, pageSize(input.MaxRecords, 100));
  const shown = items.map((item) => ({
    ...item,
    HistoryData: typeof item.HistoryData === "string" ? item.HistoryData : item.HistoryData(),
  }));
  return { AlarmHistoryItems: shown, ...(nextToken ? { NextToken: nextToken } : {}) };
}

async function setAlarmState(alarms: Alarms, input: Shape): Promise<Shape> {
  const { check, throwIfAny } = constraints();
  check(typeof input.AlarmName === "string", "alarmName", input.AlarmName, notNull);
  check(states.includes(input.StateValue), "stateValue", input.StateValue, memberOf(states));
  check(typeof input.StateReason === "string", "stateReason", input.StateReason, notNull);
  check((input.StateReason ?? "").length <= 1023, "stateReason", input.StateReason, longest(1023));
  throwIfAny();
  const alarm = alarms.get(input.AlarmName);
  if (!alarm) throw resourceNotFound(`There is no alarm with name ${input.AlarmName}`);
  await alarms.setState(alarm, input.StateValue, input.StateReason, input.StateReasonData);
  return {};
}

/** "You can delete up to 100 metric alarms in one operation"; a name that doesn't exist, or comes again, is passed over. */
function deleteAlarms(alarms: Alarms, tags: Tags, names: string[]): Shape {
  if (names.length === 0) throw validationError("AlarmNames must not be empty");
  if (names.length > 100) throw validationError(`At most 100 alarms can be deleted in one call, got ${names.length}`);
  for (const name of names) {
    const alarm = alarms.get(name);
    if (!alarm) continue;
    tags.forget(alarm.arn);
    alarms.remove(name);
  }
  return {};
}

/** Tags of an existing alarm are left alone: "any tags you specify in this parameter are ignored". */
function put(alarms: Alarms, tags: Tags, input: Shape): Shape {
  const isNew = !alarms.get(String(input.AlarmName));
  const alarm = alarms.putMetricAlarm(input);
  if (isNew && input.Tags) tags.add(alarm.arn, input.Tags);
  return {};
}

export function alarmOperations(alarms: Alarms, tags: Tags): Record<string, Operation> {
  const setEnabled = (input: Shape, enabled: boolean) => {
    for (const name of (input.AlarmNames ?? []) as string[]) alarms.setActionsEnabled(name, enabled);
    return {};
  };
  return {
    PutMetricAlarm: (input) => put(alarms, tags, input),
    DescribeAlarms: (input) => describeAlarms(alarms, input),
    DescribeAlarmsForMetric: (input) => describeAlarmsForMetric(alarms, input),
    DescribeAlarmHistory: (input) => describeHistory(alarms, input),
    SetAlarmState: (input) => setAlarmState(alarms, input),
    DeleteAlarms: (input) => deleteAlarms(alarms, tags, input.AlarmNames ?? []),
    EnableAlarmActions: (input) => setEnabled(input, true),
    DisableAlarmActions: (input) => setEnabled(input, false),
  };
}
