import type { Alarm } from "./alarm";
import { alarmCohort, type AlarmCohort } from "./alarmCohort";
import type { AlarmDefinition } from "./alarmDefinition";
import { windowLength } from "./alarmWindow";
import type { MetricStore } from "./metricStore";

/** All metric alarms, in cohorts. */
export type AlarmCohorts = Omit<AlarmCohort, "size">;

/** @param extraPeriods periods of the evaluation range beyond N. */
export function alarmCohorts(store: MetricStore, extraPeriods?: (periodSeconds: number) => number): AlarmCohorts {
  const cohorts = new Map<string, AlarmCohort>();
  const cohortOf = ({ definition }: Alarm): AlarmCohort => {
    const id = inCommon(definition);
    const known = cohorts.get(id);
    if (known) return known;
    const made = alarmCohort(definition, windowLength(definition, extraPeriods), store);
    cohorts.set(id, made);
    return made;
  };
  return {
    add: (alarm) => cohortOf(alarm).add(alarm),
    remove(alarm) {
      const cohort = cohortOf(alarm);
      cohort.remove(alarm);
      if (cohort.size === 0) cohorts.delete(inCommon(alarm.definition));
    },
    wake: (alarm) => cohortOf(alarm).wake(alarm),
    look(nowMinute, see) {
      for (const cohort of cohorts.values()) cohort.look(nowMinute, see);
    },
  };
}

/** What alarms of one cohort have in common, as text: everything but what identifies their metrics. */
function inCommon({ rows, period, rule }: AlarmDefinition): string {
  const texts = rows.map(({ id, expression, returnData, metric }) => [
    id,
    expression,
    returnData,
    metric?.statistic.text,
    metric?.unit,
  ]);
  return JSON.stringify([period, rule, texts]);
}
