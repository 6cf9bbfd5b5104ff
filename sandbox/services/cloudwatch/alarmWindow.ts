import { minute } from "../../core/clock";
import type { AlarmDefinition } from "./alarmDefinition";
import { extraPeriods } from "./alarmEvaluation";
import { asSeries, type Frame, type Values } from "./math/values";
import type { MetricToRead } from "./metricQueries";
import type { MetricStore } from "./metricStore";
import { readMetric } from "./readMetric";
import type { Series, Watcher } from "./series";

/** The datapoints of an alarm's evaluation range: a window that slides with every evaluation. */
export interface AlarmWindow {
  /** Points of N + extra periods up to `nowMinute` (minutes since the epoch), oldest first, NaN = missing. Reused by the next call. */
  points(nowMinute: number): Float64Array;
  /** Start of point `index` in ms, by the latest call. */
  timeOf(index: number): number;
  /** Stops watching the metrics. */
  release(): void;
}

/** A metric of the alarm, and what is read of it. */
interface Input extends Pick<MetricToRead, "statistic" | "unit"> {
  series: Series;
}

/**
 * A one-minute alarm whose expression looks at each minute for itself computes only the minutes that are new or got late data;
 * anything else (longer periods slide by less than a point; RATE looks back) computes the whole window.
 */
export function alarmWindow(definition: AlarmDefinition, store: MetricStore, extra = extraPeriods): AlarmWindow {
  const { period, rows, rule, watched } = definition;
  const length = rule.evaluationPeriods + extra(period);
  const periodMinutes = period / 60;
  const inputs = rows.map(({ metric }): Input | undefined => {
    return metric && { series: store.require(metric.key), statistic: metric.statistic, unit: metric.unit };
  });
  const watcher: Watcher = { dirtyFrom: Number.NEGATIVE_INFINITY };
  for (const index of watched.metrics) inputs[index]!.series.watchers.add(watcher);
  const values = new Float64Array(length).fill(Number.NaN);
  const onlyNew = watched.pointwise && periodMinutes === 1;
  let end = Number.NEGATIVE_INFINITY;

  const compute = (from: number, to: number): Values => {
    const count = (to - from) / periodMinutes;
    const frame: Frame = {
      start: from * minute,
      period,
      length: count,
      metric: (index) => readMetric(inputs[index]!.series, inputs[index]!, from, periodMinutes, count),
      search: () => [],
    };
    return asSeries(watched.run(frame));
  };

  return {
    points(nowMinute) {
      const oldest = nowMinute - length * periodMinutes;
      const from = onlyNew ? Math.max(oldest, Math.min(watcher.dirtyFrom, end)) : oldest;
      if (from > oldest) values.copyWithin(0, nowMinute - end);
      if (from < nowMinute) values.set(compute(from, nowMinute), (from - oldest) / periodMinutes);
      end = nowMinute;
      watcher.dirtyFrom = Number.POSITIVE_INFINITY;
      return values;
    },
    timeOf: (index) => (end - (length - index) * periodMinutes) * minute,
    release() {
      for (const input of inputs) input?.series.watchers.delete(watcher);
    },
  };
}
