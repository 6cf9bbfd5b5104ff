import { minute } from "../../core/clock";
import { readMetric } from "./readMetric";
import type { CompiledQuery } from "./math/compile";
import { asArray, asSeries, missingValues, type Frame, type Timeline, type Values } from "./math/values";
import type { MetricQueryRow, MetricToRead } from "./metricQueries";
import type { MetricStore } from "./metricStore";
import { distinctLabels, matchesSearch, type SearchQuery } from "./search";
import type { Statistic } from "./statistic";

/** One resulting time series. */
export interface QueryResult {
  id: string;
  label: string;
  /** ms of the first point. */
  start: number;
  /** Seconds between points. */
  period: number;
  /** NaN where there is no datapoint. */
  values: Float64Array;
}

/**
 * Runs compiled rows over [start, end) (ms). "CloudWatch rounds start times of the last 15 days down to the nearest minute"; points
 * are counted from there. An expression over metrics of different periods is computed at the longest of them (undocumented).
 */
export function runQueries(
  store: MetricStore,
  rows: readonly MetricQueryRow[],
  compiled: readonly CompiledQuery[],
  start: number,
  end: number,
): QueryResult[] {
  store.settle();
  const frames = new Map<number, Frame>();
  const frameOf = (period: number) => {
    const known = frames.get(period);
    if (known) return known;
    const frame = frameFor(store, rows, start, end, period);
    frames.set(period, frame);
    return frame;
  };
  return compiled.flatMap((query, i) =>
    rows[i]!.returnData ? resultsOf(query, rows[i]!, frameOf(periodOf(query, rows, i))) : [],
  );
}

function periodOf(query: CompiledQuery, rows: readonly MetricQueryRow[], index: number): number {
  const metrics = [...query.metrics].map((metric) => rows[metric]!.metric!.period);
  return rows[index]!.metric?.period ?? Math.max(rows[index]!.period ?? 0, ...metrics, ...query.searchPeriods) ?? 0;
}

const standardPeriod = 300;

function frameFor(store: MetricStore, rows: readonly MetricQueryRow[], start: number, end: number, wanted: number): Frame {
  const period = wanted || standardPeriod;
  const firstMinute = Math.floor(start / minute);
  const minutesPerPoint = period / 60;
  const length = Math.max(0, Math.ceil((end / minute - firstMinute) / minutesPerPoint));
  const read = (metric: MetricToRead) => {
    const series = store.find(metric.key);
    if (!series) return missingValues(length);
    return readMetric(store, series, metric, firstMinute, minutesPerPoint, length);
  };
  return {
    start: firstMinute * minute,
    period,
    length,
    metric: (index) => read(rows[index]!.metric!),
    search: (query, statistic) => searchTimelines(store, query, statistic, read),
  };
}

/** "A graph can display as many as 500 time series." */
const mostFound = 500;

function searchTimelines(
  store: MetricStore,
  query: SearchQuery,
  statistic: Statistic,
  read: (metric: MetricToRead) => Values,
): Timeline[] {
  const found = store
    .list(query.schema?.namespace)
    .filter(({ key }) => matchesSearch(query, key))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, mostFound);
  const labels = distinctLabels(found);
  return found.map(({ key }, i) => ({
    label: labels[i]!,
    values: read({ key, statistic, period: standardPeriod, unit: undefined }),
  }));
}

/** "The legend captions for those time series are in the format Expression-Label Metric-Label." */
function resultsOf(query: CompiledQuery, row: MetricQueryRow, frame: Frame): QueryResult[] {
  const { id, label } = query;
  const { start, period } = frame;
  const value = query.run(frame);
  if (query.kind === "TS") return [{ id, label, start, period, values: Float64Array.from(asSeries(value)) }];
  return asArray(value).map((one) => ({
    id,
    label: row.label ? `${row.label} ${one.label}` : one.label,
    start,
    period,
    values: Float64Array.from(one.values),
  }));
}
