import { minute } from "../../core/clock";
import type { Alarm } from "./alarm";
import type { AlarmDefinition } from "./alarmDefinition";
import { extraPeriods } from "./alarmEvaluation";
import { asSeries, type Frame } from "./math/values";
import type { MetricStore } from "./metricStore";
import { readMetric } from "./readMetric";
import type { Series } from "./series";

/** Series of the metrics that the watched row depends on, by row of the definition; the store keeps them until they are released. */
export function watchSeries({ rows, watched }: AlarmDefinition, store: MetricStore): (Series | undefined)[] {
  return rows.map(({ metric }, row) => {
    if (!metric || !watched.metrics.has(row)) return undefined;
    const series = store.require(metric.key);
    series.watchedBy++;
    return series;
  });
}

export function releaseSeries({ series }: Pick<Alarm, "series">): void {
  for (const one of series) if (one) one.watchedBy--;
}

/** Points of an alarm's evaluation range: N and the extra periods. */
export function windowLength({ rule, period }: Pick<AlarmDefinition, "rule" | "period">, extra = extraPeriods): number {
  return rule.evaluationPeriods + extra(period);
}

/** Start of point `index` in ms of a window of `length` points that ends at `nowMinute`. */
export function pointTime(nowMinute: number, length: number, index: number, period: number): number {
  return (nowMinute - ((length - index) * period) / 60) * minute;
}

/** The datapoints of the `length` periods up to `nowMinute` (minutes since the epoch), oldest first, NaN = missing. */
export function readWindow(
  store: MetricStore,
  { definition, series }: Pick<Alarm, "definition" | "series">,
  nowMinute: number,
  length: number,
): Float64Array {
  const { period, rows, watched } = definition;
  const minutesPerPoint = period / 60;
  const from = nowMinute - length * minutesPerPoint;
  const frame: Frame = {
    start: from * minute,
    period,
    length,
    metric: (row) => readMetric(store, series[row]!, rows[row]!.metric!, from, minutesPerPoint, length),
    search: () => [],
  };
  return Float64Array.from(asSeries(watched.run(frame)));
}
