import type { Shape } from "../../core/cloud";
import { constraints, invalidParameterValue, longest, memberOf, notNull, shortest, validationError } from "./errors";
import { compileQueries, type CompiledQuery } from "./math/compile";
import { isExpressionError } from "./math/parse";
import type { MissingInMinMax } from "./math/reduce";
import type { MetricKey } from "./series";
import { parseStatistic, type Statistic } from "./statistic";

/** A metric to read, parsed from MetricStat or from an alarm's own fields. */
export interface MetricToRead {
  key: MetricKey;
  statistic: Statistic;
  /** Seconds. */
  period: number;
  /** Only data of this unit, when given. */
  unit: string | undefined;
}

/** A MetricDataQuery, parsed. */
export interface MetricQueryRow {
  id: string;
  label: string | undefined;
  metric: MetricToRead | undefined;
  expression: string | undefined;
  returnData: boolean;
  /** Of an expression; seconds. */
  period: number | undefined;
}

const identifier = /^[a-z][a-zA-Z0-9_]*$/;

export const units = [
  ...["Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits"],
  ...["Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second"],
  ...["Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second"],
  ...["Terabits/Second", "Count/Second", "None"],
];

/** @throws ValidationError for missing or too many dimensions. */
export function parseDimensions(dimensions: Shape, member: string): Record<string, string> {
  const check = constraints();
  const list: { Name?: string; Value?: string }[] = dimensions ?? [];
  check.check(list.length <= 30, member, list, longest(30));
  list.forEach(({ Name, Value }, i) => {
    check.check(
      typeof Name === "string" && Name.length > 0,
      `${member}.${i + 1}.member.name`,
      Name,
      Name === "" ? shortest(1) : notNull,
    );
    check.check(
      typeof Value === "string" && Value.length > 0,
      `${member}.${i + 1}.member.value`,
      Value,
      Value === "" ? shortest(1) : notNull,
    );
  });
  check.throwIfAny();
  return Object.fromEntries(list.map(({ Name, Value }) => [Name!, Value!]));
}

export function parseStat(text: unknown): Statistic {
  const statistic = typeof text === "string" ? parseStatistic(text) : undefined;
  if (statistic) return statistic;
  throw invalidParameterValue(
    `The value ${text} for parameter Stat is not supported. ` +
      "The sandbox knows SampleCount, Average, Sum, Minimum, Maximum and percentiles (p0.0 to p100).",
  );
}

/** Seconds. @throws InvalidParameterValue: the sandbox keeps minutes, so sub-minute periods are refused. */
export function parsePeriod(period: unknown, member = "Period"): number {
  if (period === undefined || period === null) throw validationError("Period must not be null");
  const seconds = Number(period);
  if (Number.isInteger(seconds) && seconds >= 60 && seconds % 60 === 0) return seconds;
  const high = [1, 5, 10, 20, 30].includes(seconds);
  throw invalidParameterValue(
    high
      ? `The parameter ${member} is ${seconds}: the sandbox does not model high-resolution metrics; use a multiple of 60.`
      : `The parameter ${member} must be a multiple of 60 (or 1, 5, 10, 20, 30 for high-resolution metrics), got ${period}.`,
  );
}

/** @throws ValidationError or InvalidParameterValue, naming the row. */
export function parseMetricQueries(queries: Shape, member: string): MetricQueryRow[] {
  const rows: Shape[] = queries ?? [];
  const check = constraints();
  rows.forEach((row, i) => {
    check.check(typeof row?.Id === "string" && row.Id.length > 0, `${member}.${i + 1}.member.id`, row?.Id, notNull);
    const stat = row?.MetricStat;
    if (!stat) return;
    check.check(stat.Stat !== undefined, `${member}.${i + 1}.member.metricStat.stat`, stat.Stat, notNull);
    check.check(stat.Period !== undefined, `${member}.${i + 1}.member.metricStat.period`, stat.Period, notNull);
    const unit = stat.Unit;
    check.check(unit === undefined || units.includes(unit), `${member}.${i + 1}.member.metricStat.unit`, unit, memberOf(units));
  });
  check.throwIfAny();
  const ids = new Set<string>();
  return rows.map((row) => {
    if (!identifier.test(row.Id)) {
      throw validationError(`The value ${row.Id} for parameter Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`);
    }
    if (ids.has(row.Id)) throw validationError(`The values for parameter id in ${member} are not unique: ${row.Id}.`);
    ids.add(row.Id);
    if ((row.MetricStat === undefined) === (row.Expression === undefined)) {
      throw validationError(`The query ${row.Id} must have either MetricStat or Expression, and not both.`);
    }
    return parseRow(row);
  });
}

function parseRow(row: Shape): MetricQueryRow {
  const stat = row.MetricStat;
  return {
    id: row.Id,
    label: row.Label,
    expression: row.Expression,
    returnData: row.ReturnData ?? true,
    period: row.Period === undefined ? undefined : parsePeriod(row.Period),
    metric: stat && {
      key: parseMetric(stat.Metric),
      statistic: parseStat(stat.Stat),
      period: parsePeriod(stat.Period),
      unit: stat.Unit,
    },
  };
}

export function parseMetric(metric: Shape): MetricKey {
  if (!metric?.MetricName) throw validationError("MetricName must not be null");
  if (!metric.Namespace) throw validationError("Namespace must not be null");
  return { namespace: metric.Namespace, name: metric.MetricName, dimensions: parseDimensions(metric.Dimensions, "dimensions") };
}

/** Compiles rows; a mistake in an expression becomes CloudWatch's ValidationError. */
export function compileRows(rows: readonly MetricQueryRow[], missingInMinMax: MissingInMinMax): readonly CompiledQuery[] {
  try {
    return compileQueries(
      rows.map(({ id, label, expression, metric }) => ({
        id,
        expression,
        label: label ?? (metric ? metric.key.name : id),
      })),
      missingInMinMax,
    );
  } catch (error) {
    if (isExpressionError(error)) throw validationError(error.message);
    throw error;
  }
}
