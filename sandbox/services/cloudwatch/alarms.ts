import { minute } from "../../core/clock";
import type { Cloud, Shape } from "../../core/cloud";
import { isScalingPolicy, scalesIn, type Alarm, type AlarmActions, type Transition } from "./alarm";
import { actionRunner } from "./alarmActions";
import { parseAlarm } from "./alarmDefinition";
import { evaluatedPoints, type AlarmState } from "./alarmEvaluation";
import { alarmHistory, stateUpdateData, type AlarmHistory, type HistoryItem, type HistoryItemType } from "./alarmHistory";
import { stateReason, stateReasonData, type Observation } from "./alarmReason";
import type { See } from "./alarmCohort";
import { alarmCohorts } from "./alarmCohorts";
import { pointTime, readWindow, releaseSeries, watchSeries, windowLength } from "./alarmWindow";
import type { MissingInMinMax } from "./math/reduce";
import type { MetricStore } from "./metricStore";

/** Alarms and their evaluation; the API's operations are built on this. */
export interface Alarms {
  /** By name, sorted. */
  list(): Alarm[];
  get(name: string): Alarm | undefined;
  history: AlarmHistory;
  /** Creates or replaces; a replaced alarm keeps its state. Answers the alarm. */
  putMetricAlarm(input: Shape): Alarm;
  remove(name: string): void;
  setActionsEnabled(name: string, enabled: boolean): void;
  /** SetAlarmState: the change's actions run; the next evaluation may change it back. */
  setState(alarm: Alarm, state: AlarmState, reason: string, reasonData: string | undefined): Promise<void>;
  /** What happens every minute. */
  evaluateAll(): Promise<void>;
}

export interface AlarmOptions {
  missingInMinMax: MissingInMinMax;
  /** Periods of the evaluation range beyond N. */
  extraPeriods?: (periodSeconds: number) => number;
}

/** What a replaced alarm keeps. */
type Kept = "state" | "reason" | "reasonData" | "stateUpdated" | "stateTransitioned" | "transitioned";

const firstReason = "Unchecked: Initial alarm creation";

export function createAlarms(cloud: Cloud, store: MetricStore, options: AlarmOptions): Alarms {
  const alarms = new Map<string, Alarm>();
  const history = alarmHistory();
  const nowMinute = () => Math.floor(cloud.clock.now() / minute);
  const actions = actionRunner(cloud, history);
  const cohorts = alarmCohorts(store, options.extraPeriods);
  let nextOrder = 0;

  const record = (alarm: Alarm, type: HistoryItemType, summary: string, data: HistoryItem["HistoryData"]) =>
    history.add({
      AlarmName: alarm.name,
      AlarmType: "MetricAlarm",
      Timestamp: new Date(cloud.clock.now()),
      HistoryItemType: type,
      HistorySummary: summary,
      HistoryData: data,
    });

  const base = (input: Shape, old: Alarm | undefined) => {
    const now = cloud.clock.now();
    const kept: Pick<Alarm, Kept> = old ?? {
      state: "INSUFFICIENT_DATA",
      reason: firstReason,
      reasonData: undefined,
      stateUpdated: now,
      stateTransitioned: now,
      transitioned: false,
    };
    return {
      name: input.AlarmName,
      arn: `arn:${cloud.partition}:cloudwatch:${cloud.region}:${cloud.account}:alarm:${input.AlarmName}`,
      input: structuredClone(input),
      actionsEnabled: input.ActionsEnabled ?? true,
      state: kept.state,
      reason: kept.reason,
      reasonData: kept.reasonData,
      stateUpdated: kept.stateUpdated,
      stateTransitioned: kept.stateTransitioned,
      transitioned: kept.transitioned,
      configurationUpdated: now,
    };
  };

  const put = (alarm: Alarm, old: Alarm | undefined): Alarm => {
    alarms.set(alarm.name, alarm);
    const change = old ? "updated" : "created";
    record(
      alarm,
      "ConfigurationUpdate",
      `Alarm "${alarm.name}" ${change}`,
      JSON.stringify({ version: "1.0", type: old ? "Update" : "Create", [`${old ? "updated" : "created"}Alarm`]: alarm.input }),
    );
    return alarm;
  };

  const release = (alarm: Alarm) => {
    releaseSeries(alarm);
    cohorts.remove(alarm);
  };

  const putMetricAlarm = (input: Shape): Alarm => {
    const definition = parseAlarm(input, cloud.region, options.missingInMinMax);
    const old = alarms.get(definition.name);
    const alarm: Alarm = {
      ...base(input, old),
      actions: definition.actions,
      policies: policiesOf(definition.actions),
      definition,
      series: watchSeries(definition, store),
      order: old?.order ?? nextOrder++,
      datapoints: [],
    };
    if (old) release(old);
    cohorts.add(alarm);
    return put(alarm, old);
  };

  const change = (alarm: Alarm, state: AlarmState, reason: string, reasonData: string | undefined): Transition => {
    const time = cloud.clock.now();
    const from = { state: alarm.state, reason: alarm.reason, reasonData: alarm.reasonData, updated: alarm.stateUpdated };
    Object.assign(alarm, { state, reason, reasonData, stateUpdated: time, stateTransitioned: time, transitioned: true });
    cohorts.wake(alarm);
    record(
      alarm,
      "StateUpdate",
      `Alarm updated from ${from.state} to ${state}`,
      stateUpdateData(from, { state, reason, reasonData }),
    );
    cloud.events.append({
      time,
      source: "cloudwatch",
      type: "AlarmStateChanged",
      message: `Alarm ${alarm.name}: ${from.state} -> ${state}. ${reason}`,
      detail: { alarmName: alarm.name, alarmArn: alarm.arn, from: from.state, to: state, reason },
    });
    return { alarm, from, time };
  };

  const observe = ({ definition }: Alarm, points: Float64Array): Observation => {
    const { rule, period } = definition;
    const timeOf = (index: number) => pointTime(nowMinute(), points.length, index, period);
    const used = evaluatedPoints(points, rule.evaluationPeriods).map((i) => ({ time: timeOf(i), value: points[i]! }));
    const newest = Array.from({ length: rule.evaluationPeriods }, (_, i) => timeOf(points.length - 1 - i));
    return { used, empty: used.length > 0 ? [] : newest };
  };

  const changeByData = (alarm: Alarm, state: AlarmState, seen: Observation): Transition => {
    const { rule, period, rows } = alarm.definition;
    const statistic = alarm.input.Metrics ? undefined : rows[0]!.metric!.statistic.text;
    return change(
      alarm,
      state,
      stateReason(alarm.state, state, rule, seen),
      stateReasonData(cloud.clock.now(), rule, period, statistic, seen),
    );
  };

  return {
    list: () => [...alarms.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    get: (name) => alarms.get(name),
    history,
    putMetricAlarm,
    remove(name) {
      const alarm = alarms.get(name);
      if (!alarm) return;
      release(alarm);
      alarms.delete(name);
      record(
        alarm,
        "ConfigurationUpdate",
        `Alarm "${name}" deleted`,
        JSON.stringify({ version: "1.0", type: "Delete", deletedAlarm: alarm.input }),
      );
    },
    setActionsEnabled(name, enabled) {
      const alarm = alarms.get(name);
      if (alarm) alarm.actionsEnabled = enabled;
    },
    async setState(alarm, state, reason, reasonData) {
      if (state === alarm.state) {
        Object.assign(alarm, { reason, reasonData, stateUpdated: cloud.clock.now() });
        return;
      }
      store.settle();
      const points = readWindow(store, alarm, nowMinute(), windowLength(alarm.definition, options.extraPeriods));
      alarm.datapoints = valuesOf(points, alarm.definition.rule.evaluationPeriods);
      await actions.onTransition(change(alarm, state, reason, reasonData));
    },
    async evaluateAll() {
      store.settle();
      // All alarms look first and act afterwards: an action that publishes a metric doesn't change what another alarm sees.
      const found: { alarm: Alarm; state: AlarmState; seen?: Observation }[] = [];
      const see: See = (alarm, byPoints, points) => {
        const state = byPoints ?? alarm.state;
        const scales = scalesIn(alarm, state);
        if (scales) alarm.datapoints = valuesOf(points, alarm.definition.rule.evaluationPeriods);
        if (state !== alarm.state) found.push({ alarm, state, seen: observe(alarm, points) });
        else if (scales) found.push({ alarm, state });
      };
      cohorts.look(nowMinute(), see);
      store.evaluated();
      found.sort((a, b) => a.alarm.order - b.alarm.order);
      const due = found.map(({ alarm, state, seen }) => (seen ? changeByData(alarm, state, seen) : alarm));
      for (const one of due) await ("alarm" in one ? actions.onTransition(one) : actions.repeatScaling(one));
    },
  };
}

function policiesOf({ OK, ALARM, INSUFFICIENT_DATA }: AlarmActions): AlarmActions | undefined {
  if (![OK, ALARM, INSUFFICIENT_DATA].flat().some(isScalingPolicy)) return undefined;
  return {
    OK: OK.filter(isScalingPolicy),
    ALARM: ALARM.filter(isScalingPolicy),
    INSUFFICIENT_DATA: INSUFFICIENT_DATA.filter(isScalingPolicy),
  };
}

function valuesOf(points: Float64Array, evaluationPeriods: number): number[] {
  return evaluatedPoints(points, evaluationPeriods)
    .map((index) => points[index]!)
    .reverse();
}
