import { minute } from "../core/clock";
import type { Shape } from "../core/cloud";
import { isServiceError } from "../core/serviceError";
import type { QueryResult } from "../services/cloudwatch/query";
import type { MetricKey } from "../services/cloudwatch/series";
import type { InsightsRow } from "../services/logs/insights";
import type { LogQuery } from "./dashboard";
import type { LogTables, SeriesData, WidgetData } from "./messages";
import type { DrawnRow, MetricRows } from "./metricRows";
import { sentValue } from "./seriesChange";

/** The parts of CloudWatch that a widget is drawn from. */
export interface MetricSource {
  query(queries: Shape[], start: number, end: number): QueryResult[];
  metrics(): MetricKey[];
}

/** Most series of one widget that are drawn; a SEARCH may find 500. */
const mostSeries = 100;

/** A widget's series over [start, end), or a sentence that says why there are none. */
export function widgetData(source: MetricSource, rows: MetricRows, start: number, end: number): WidgetData {
  try {
    const results = source.query(rows.queries, start, end);
    const series = results.slice(0, mostSeries).map((result) => seriesData(result, rows.drawn.get(result.id)));
    if (series.some(({ values }) => values.some((value) => value !== null))) return { series, note: "" };
    return { series, note: emptyNote(source, rows, (end - start) / minute) };
  } catch (error) {
    if (isServiceError(error)) return { series: [], note: `CloudWatch refuses this widget: ${error.message}` };
    throw error;
  }
}

function seriesData({ id, label, start, period, values }: QueryResult, row: DrawnRow | undefined): SeriesData {
  return { id, label, color: row?.color, axis: row?.axis ?? "left", period, start, values: Array.from(values, sentValue) };
}

/** Tells a metric that nothing publishes from one that has no datapoints in the time range. */
function emptyNote(source: MetricSource, { metrics, queries }: MetricRows, minutes: number): string {
  const known = new Set(source.metrics().map(({ namespace, name }) => `${namespace} ${name}`));
  const unknown = [...new Set(metrics)].filter((metric) => !known.has(metric));
  if (metrics.length > 0 && unknown.length === new Set(metrics).size) {
    const names = unknown.map((metric) => metric.replace(" ", ": "));
    return `Nothing has published ${names.slice(0, 3).join(", ")}${names.length > 3 ? " and others" : ""} yet.`;
  }
  const searches = queries.some(({ Expression }) => /SEARCH/i.test(Expression ?? ""));
  const hours = minutes >= 120 ? `${Math.round(minutes / 60)} hours` : `${minutes} minutes`;
  return searches && metrics.length === 0 ? "No metric matches the search yet." : `No datapoints in the last ${hours}.`;
}

/** The rows that a log widget shows, or a sentence that says why there are none. */
export function logTable(
  query: (groups: readonly string[], text: string, start: number, end: number) => InsightsRow[],
  { groups, query: text }: LogQuery,
  start: number,
  end: number,
): LogTables[number] {
  try {
    const rows = query(groups, text, start, end);
    const fields = Object.keys(rows[0] ?? {});
    const note = rows.length === 0 ? "No log line matches in this time range." : undefined;
    return { fields, rows: rows.map((row) => fields.map((field) => row[field] ?? "")), note };
  } catch (error) {
    if (isServiceError(error)) return { fields: [], rows: [], note: `CloudWatch Logs refuses this query: ${error.message}` };
    throw error;
  }
}
