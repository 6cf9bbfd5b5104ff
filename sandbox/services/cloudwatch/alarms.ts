import { minute } from "../../core/clock";
import type { Cloud, Shape } from "../../core/cloud";
import {
  isScalingPolicy,
  scalesIn,
  type Alarm,
  type AlarmActions,
  type AlarmBase,
  type CompositeAlarm,
  type MetricAlarm,
  type Transition,
} from "./alarm";
import { actionRunner } from "./alarmActions";
import { parseAlarm } from "./alarmDefinition";
import { evaluatedPoints, type AlarmState } from "./alarmEvaluation";
import { alarmHistory, stateUpdateData, type AlarmHistory, type HistoryItem, type HistoryItemType } from "./alarmHistory";
import { stateReason, stateReasonData, type Observation } from "./alarmReason";
import type { See } from "./alarmCohort";
import { alarmCohorts } from "./alarmCohorts";
import { pointTime, readWindow, releaseSeries, watchSeries, windowLength } from "./alarmWindow";
import { parseCompositeRule } from "./compositeRule";
import { validationError } from "./errors";
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
  putCompositeAlarm(input: Shape): Alarm;
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

const firstReason = "Unchecked: Initial alarm creation";

export function createAlarms(cloud: Cloud, store: MetricStore, options: AlarmOptions): Alarms {
  const alarms = new Map<string, Alarm>();
  const history = alarmHistory();
  const nowMinute = () => Math.floor(cloud.clock.now() / minute);
  const actions = actionRunner(cloud, history);
  const cohorts = alarmCohorts(store, options.extraPeriods);
  const composites = new Map<string, CompositeAlarm>();
  let nextOrder = 0;

  const record = (alarm: Alarm, type: HistoryItemType, summary: string, data: HistoryItem["HistoryData"]) =>
    history.add({
      AlarmName: alarm.name,
      AlarmType: alarm.type,
      Timestamp: new Date(cloud.clock.now()),
      HistoryItemType: type,
      HistorySummary: summary,
      HistoryData: data,
    });

  const base = (input: Shape, old: Alarm | undefined): Omit<AlarmBase, "actions"> => {
    const now = cloud.clock.now();
    const kept = old ?? {
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

  const put = <A extends Alarm>(alarm: A, old: Alarm | undefined): A => {
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

  const existing = <T extends Alarm["type"]>(name: string, type: T) => {
    const old = alarms.get(name);
    if (old && old.type !== type) throw validationError(`An alarm of another type with the name ${name} already exists`);
    return old as Extract<Alarm, { type: T }> | undefined;
  };

  const release = (alarm: MetricAlarm) => {
    releaseSeries(alarm);
    cohorts.remove(alarm);
  };

  const putMetricAlarm = (input: Shape): MetricAlarm => {
    const definition = parseAlarm(input, cloud.region, options.missingInMinMax);
    const old = existing(definition.name, "MetricAlarm");
    const alarm: MetricAlarm = {
      type: "MetricAlarm",
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

  const putCompositeAlarm = (input: Shape): CompositeAlarm => {
    if (!input.AlarmName) throw validationError("AlarmName must not be null");
    const rule = parseCompositeRule(input.AlarmRule);
    const missing = rule.children.filter((child) => child !== input.AlarmName && !find(child));
    if (missing.length > 0)
      throw validationError(
        `Could not save the composite alarm as alarms [${missing.join(", ")}] in the alarm rule do not exist`,
      );
    if (rule.children.includes(input.AlarmName)) throw validationError("A composite alarm can't depend on itself");
    const list = {
      OK: input.OKActions ?? [],
      ALARM: input.AlarmActions ?? [],
      INSUFFICIENT_DATA: input.InsufficientDataActions ?? [],
    };
    const refused = Object.values(list)
      .flat()
      .find((arn) => /^arn:[^:]+:(autoscaling|automate|swf):/.test(arn));
    if (refused)
      throw validationError(`Invalid action ${refused}: composite alarms can't perform EC2 actions or Auto Scaling actions`);
    const old = existing(input.AlarmName, "CompositeAlarm");
    const alarm = put({ type: "CompositeAlarm", ...base(input, old), actions: structuredClone(list), rule }, old);
    composites.set(alarm.name, alarm);
    return alarm;
  };

  const find = (nameOrArn: string) => alarms.get(nameOrArn.replace(/^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:/, ""));

  const change = (alarm: Alarm, state: AlarmState, reason: string, reasonData: string | undefined): Transition => {
    const time = cloud.clock.now();
    const from = { state: alarm.state, reason: alarm.reason, reasonData: alarm.reasonData, updated: alarm.stateUpdated };
    Object.assign(alarm, { state, reason, reasonData, stateUpdated: time, stateTransitioned: time, transitioned: true });
    if (alarm.type === "MetricAlarm") cohorts.wake(alarm);
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

  const observe = ({ definition }: MetricAlarm, points: Float64Array): Observation => {
    const { rule, period } = definition;
    const timeOf = (index: number) => pointTime(nowMinute(), points.length, index, period);
    const used = evaluatedPoints(points, rule.evaluationPeriods).map((i) => ({ time: timeOf(i), value: points[i]! }));
    const newest = Array.from({ length: rule.evaluationPeriods }, (_, i) => timeOf(points.length - 1 - i));
    return { used, empty: used.length > 0 ? [] : newest };
  };

  const changeMetricAlarm = (alarm: MetricAlarm, state: AlarmState, seen: Observation): Transition => {
    const { rule, period, rows } = alarm.definition;
    const statistic = alarm.input.Metrics ? undefined : rows[0]!.metric!.statistic.text;
    return change(
      alarm,
      state,
      stateReason(alarm.state, state, rule, seen),
      stateReasonData(cloud.clock.now(), rule, period, statistic, seen),
    );
  };

  const evaluateComposite = (alarm: CompositeAlarm): Transition | undefined => {
    const state = alarm.rule.holds((child) => find(child)?.state) ? "ALARM" : "OK";
    if (state === alarm.state) return undefined;
    return change(alarm, state, `AlarmRule ${alarm.input.AlarmRule} is ${state === "ALARM" ? "TRUE" : "FALSE"}`, undefined);
  };

  return {
    list: () => [...alarms.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    get: find,
    history,
    putMetricAlarm,
    putCompositeAlarm,
    remove(name) {
      const alarm = alarms.get(name);
      if (!alarm) return;
      if (alarm.type === "MetricAlarm") release(alarm);
      else composites.delete(name);
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
      if (alarm.type === "MetricAlarm") {
        const points = readWindow(store, alarm, nowMinute(), windowLength(alarm.definition, options.extraPeriods));
        alarm.datapoints = valuesOf(points, alarm.definition.rule.evaluationPeriods);
      }
      await actions.onTransition(change(alarm, state, reason, reasonData));
    },
    async evaluateAll() {
      store.settle();
      // All alarms look first and act afterwards: an action that publishes a metric doesn't change what another alarm sees.
      const found: { alarm: MetricAlarm; state: AlarmState; seen?: Observation }[] = [];
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
      const due = found.map(({ alarm, state, seen }) => (seen ? changeMetricAlarm(alarm, state, seen) : alarm));
      for (const alarm of composites.values()) {
        const transition = evaluateComposite(alarm);
        if (transition) due.push(transition);
      }
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
