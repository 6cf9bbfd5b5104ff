import { day, hour, minute } from "../../core/clock";
import type { Operation, Shape } from "../../core/cloud";
import {
  constraints,
  invalidCombination,
  invalidParameterValue,
  longest,
  memberOf,
  missingParameter,
  validationError,
} from "./errors";
import type { MissingInMinMax } from "./math/reduce";
import { compileRows, parseMetric, parseMetricQueries, parsePeriod, parseStat } from "./metricQueries";
import type { MetricStore } from "./metricStore";
import { offsetOf, page, tokenOf } from "./paging";
import { readMetric } from "./readMetric";
import { runQueries, type QueryResult } from "./query";
import { basicStatistics, parseStatistic } from "./statistic";
import { parseTime } from "./times";

const mostQueries = 500;
const mostDatapoints = 100_800;
const scanOrders = ["TimestampDescending", "TimestampAscending"];

function timeRange(input: Shape): { start: number; end: number } {
  const start = parseTime(input.StartTime, "StartTime");
  const end = parseTime(input.EndTime, "EndTime");
  if (start < end) return { start, end };
  throw validationError("The parameter StartTime must be less than the parameter EndTime.");
}

/** Nothing is older than the store keeps or newer than PutMetricData takes: a century asked for costs no more than that. */
function kept(range: { start: number; end: number }, now: number, retention: number): { start: number; end: number } {
  const oldest = Math.floor((now - retention) / day) * day;
  const newest = now + 3 * hour;
  return { start: Math.max(range.start, oldest), end: Math.min(range.end, newest) };
}

interface ResultRow {
  Id: string;
  Label: string;
  Timestamps: Date[];
  Values: number[];
  StatusCode: "Complete" | "PartialData";
}

function resultRow({ id, label, start, period, values }: QueryResult, descending: boolean, end: number): ResultRow {
  const row: ResultRow = { Id: id, Label: label, Timestamps: [], Values: [], StatusCode: "Complete" };
  for (let i = 0; i < values.length; i++) {
    const time = start + i * period * 1000;
    if (Number.isNaN(values[i]!) || time >= end) continue;
    row.Timestamps.push(new Date(time));
    row.Values.push(values[i]!);
  }
  if (descending) {
    row.Timestamps.reverse();
    row.Values.reverse();
  }
  return row;
}

/** The datapoints from `offset` on, at most `most`; "PartialData" marks rows that go on in the next page. */
function pageOfRows(rows: ResultRow[], offset: number, most: number): { rows: ResultRow[]; next: number | undefined } {
  const shown: ResultRow[] = [];
  let skip = offset;
  let room = most;
  for (const row of rows) {
    const length = row.Values.length;
    if (skip > 0 && skip >= length) {
      skip -= length;
      continue;
    }
    if (room === 0 && length > 0) return { rows: shown, next: offset + most };
    const to = Math.min(length, skip + room);
    shown.push({
      ...row,
      Timestamps: row.Timestamps.slice(skip, to),
      Values: row.Values.slice(skip, to),
      StatusCode: to < length ? "PartialData" : "Complete",
    });
    room -= to - skip;
    skip = 0;
    if (to < length) return { rows: shown, next: offset + most };
  }
  return { rows: shown, next: undefined };
}

function getMetricData(
  store: MetricStore,
  missingInMinMax: MissingInMinMax,
  keptRange: (range: { start: number; end: number }) => { start: number; end: number },
  input: Shape,
): Shape {
  const { check, throwIfAny } = constraints();
  const queries = input.MetricDataQueries ?? [];
  const most = input.MaxDatapoints ?? mostDatapoints;
  check(queries.length <= mostQueries, "metricDataQueries", `${queries.length} queries`, longest(mostQueries));
  check(input.ScanBy === undefined || scanOrders.includes(input.ScanBy), "scanBy", input.ScanBy, memberOf(scanOrders));
  throwIfAny();
  if (!(most >= 1 && most <= mostDatapoints))
    throw invalidParameterValue(`MaxDatapoints must be between 1 and ${mostDatapoints}, got ${most}`);
  const { start, end } = keptRange(timeRange(input));
  const rows = parseMetricQueries(queries, "metricDataQueries");
  const compiled = compileRows(rows, missingInMinMax);
  for (const [i, { kind, id }] of compiled.entries()) {
    if (kind !== "S" || !rows[i]!.returnData) continue;
    throw validationError(
      `Error in expression '${id}': the final result must be a time series or an array of time series, got a number`,
    );
  }
  const descending = input.ScanBy !== "TimestampAscending";
  const all = runQueries(store, rows, compiled, start, end).map((result) => resultRow(result, descending, end));
  const { rows: shown, next } = pageOfRows(all, input.NextToken ? offsetOf(input.NextToken) : 0, most);
  return { MetricDataResults: shown, Messages: [], ...(next === undefined ? {} : { NextToken: tokenOf(next) }) };
}

const mostStatisticsPoints = 1440;

function getMetricStatistics(store: MetricStore, input: Shape): Shape {
  const key = parseMetric(input);
  const wanted: string[] = [...(input.Statistics ?? []), ...(input.ExtendedStatistics ?? [])];
  if (wanted.length === 0) throw invalidCombination("Must specify either Statistics or ExtendedStatistics");
  for (const name of wanted) parseStat(name);
  const { start, end } = timeRange(input);
  const period = parsePeriod(input.Period);
  const firstMinute = Math.floor(start / minute);
  const minutesPerPoint = period / 60;
  const length = Math.ceil((end / minute - firstMinute) / minutesPerPoint);
  if (length > mostStatisticsPoints) {
    throw invalidCombination(
      `You have requested up to ${length.toLocaleString("en-US")} datapoints, which exceeds the limit of 1,440. ` +
        "You may reduce the datapoints requested by increasing Period, or decreasing the time range.",
    );
  }
  store.settle();
  const series = store.find(key);
  const read = (name: string) =>
    readMetric(store, series!, { statistic: parseStatistic(name)!, unit: input.Unit }, firstMinute, minutesPerPoint, length);
  const columns = series ? wanted.map((name) => ({ name, values: read(name) })) : [];
  const datapoints: Shape[] = [];
  for (let i = 0; i < length && columns.length > 0; i++) {
    if (columns.every(({ values }) => Number.isNaN(values[i]!))) continue;
    const point: Shape = { Timestamp: new Date((firstMinute + i * minutesPerPoint) * minute), Unit: store.unitOf(series!.row) };
    for (const { name, values } of columns) {
      if (Number.isNaN(values[i]!)) continue;
      if ((basicStatistics as readonly string[]).includes(name)) point[name] = values[i]!;
      else (point.ExtendedStatistics ??= {})[name] = values[i]!;
    }
    datapoints.push(point);
  }
  return { Label: key.name, Datapoints: datapoints };
}

const listPage = 500;

/** Metrics with data "in the past two weeks"; with RecentlyActive PT3H in the past three hours. */
function listMetrics(store: MetricStore, nowMinute: number, input: Shape): Shape {
  const { Namespace: namespace, MetricName: name, RecentlyActive: recent } = input;
  if (recent !== undefined && recent !== "PT3H") throw invalidParameterValue(`RecentlyActive must be PT3H, got ${recent}`);
  const filters: { Name?: string; Value?: string }[] = input.Dimensions ?? [];
  if (filters.some((filter) => !filter.Name)) throw missingParameter("The parameter Dimensions.member.Name is required.");
  store.settle();
  const found = store
    .list(namespace)
    .filter(
      ({ key, row }) =>
        (name === undefined || key.name === name) &&
        store.newestMinute(row) >= nowMinute - (recent ? 180 : 14 * 1440) &&
        filters.every(({ Name, Value }) => Name! in key.dimensions && (Value === undefined || key.dimensions[Name!] === Value)),
    )
    .map(({ key }) => ({
      Namespace: key.namespace,
      MetricName: key.name,
      Dimensions: Object.entries(key.dimensions).map(([Name, Value]) => ({ Name, Value })),
    }));
  const { items, nextToken } = page(found, input.NextToken, listPage);
  return { Metrics: items, ...(nextToken ? { NextToken: nextToken } : {}) };
}

/** @param retention how long the store keeps minutes, ms. */
export function metricDataOperations(
  store: MetricStore,
  now: () => number,
  missing: MissingInMinMax,
  retention: number,
): Record<string, Operation> {
  return {
    GetMetricData: (input) => getMetricData(store, missing, (range) => kept(range, now(), retention), input),
    GetMetricStatistics: (input) => getMetricStatistics(store, input),
    ListMetrics: (input) => listMetrics(store, Math.floor(now() / minute), input),
  };
}
