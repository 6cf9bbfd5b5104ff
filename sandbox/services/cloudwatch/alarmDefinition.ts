import type { Shape } from "../../core/cloud";
import { comparisons, type AlarmRule, type TreatMissingData } from "./alarmEvaluation";
import {
  atLeast,
  atMost,
  constraints,
  invalidCombination,
  longest,
  memberOf,
  notNull,
  shortest,
  validationError,
} from "./errors";
import type { CompiledQuery } from "./math/compile";
import type { MissingInMinMax } from "./math/reduce";
import {
  compileRows,
  parseMetric,
  parseMetricQueries,
  parsePeriod,
  units,
  type MetricQueryRow,
  type MetricToRead,
} from "./metricQueries";
import { basicStatistics, parseStatistic } from "./statistic";

/** A metric alarm's configuration, validated. */
export interface AlarmDefinition {
  name: string;
  rule: AlarmRule;
  /** Seconds: one for all metrics. */
  period: number;
  rows: MetricQueryRow[];
  /** The row that the alarm watches. */
  watched: CompiledQuery;
  actions: { OK: string[]; ALARM: string[]; INSUFFICIENT_DATA: string[] };
  /** The input as DescribeAlarms gives it back. */
  input: Shape;
}

const treatments: TreatMissingData[] = ["breaching", "notBreaching", "ignore", "missing"];
const anomalyComparisons = ["LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold"];
const ownMetricFields = ["MetricName", "Namespace", "Dimensions", "Period", "Unit", "Statistic", "ExtendedStatistic"];
const actionFields = ["OKActions", "AlarmActions", "InsufficientDataActions"] as const;
const maximumMetrics = 10;
const day = 86_400;

/** What PutMetricAlarm accepts. @throws what AWS answers to the rest, all constraint violations at once. */
export function parseAlarm(input: Shape, region: string, missingInMinMax: MissingInMinMax): AlarmDefinition {
  checkConstraints(input);
  if (anomalyComparisons.includes(input.ComparisonOperator))
    throw validationError("The sandbox does not model anomaly detection alarms.");
  for (const field of actionFields) checkActions(input[field] ?? [], region);
  const rows = input.Metrics ? mathRows(input) : [ownRow(input)];
  if (input.Threshold === undefined) throw validationError("Threshold must not be null");
  const watched = watchedRow(rows, missingInMinMax);
  const period = commonPeriod(rows, watched);
  const evaluationPeriods = Number(input.EvaluationPeriods);
  const datapointsToAlarm = Number(input.DatapointsToAlarm ?? evaluationPeriods);
  if (datapointsToAlarm > evaluationPeriods)
    throw validationError("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
  checkEvaluationInterval(period, evaluationPeriods);
  return {
    name: input.AlarmName,
    period,
    rows,
    watched,
    rule: {
      comparison: input.ComparisonOperator,
      threshold: Number(input.Threshold),
      evaluationPeriods,
      datapointsToAlarm,
      mOfN: input.DatapointsToAlarm !== undefined,
      treatMissingData: input.TreatMissingData ?? defaultTreatment(rows),
    },
    actions: {
      OK: [...(input.OKActions ?? [])],
      ALARM: [...(input.AlarmActions ?? [])],
      INSUFFICIENT_DATA: [...(input.InsufficientDataActions ?? [])],
    },
    input,
  };
}

/** "Alarms that evaluate metrics in the AWS/DynamoDB namespace default to ignore missing data." */
function defaultTreatment(rows: MetricQueryRow[]): TreatMissingData {
  return rows.some(({ metric }) => metric?.key.namespace === "AWS/DynamoDB") ? "ignore" : "missing";
}

function checkConstraints(input: Shape): void {
  const { check, throwIfAny } = constraints();
  const name = input.AlarmName;
  check(typeof name === "string", "alarmName", name, notNull);
  if (typeof name === "string") {
    check(name.length >= 1, "alarmName", name, shortest(1));
    check(name.length <= 255, "alarmName", name, longest(255));
  }
  check((input.AlarmDescription ?? "").length <= 1024, "alarmDescription", input.AlarmDescription, longest(1024));
  const periods = input.EvaluationPeriods;
  check(periods !== undefined, "evaluationPeriods", periods, notNull);
  if (periods !== undefined) check(Number.isInteger(periods) && periods >= 1, "evaluationPeriods", periods, atLeast(1));
  const datapoints = input.DatapointsToAlarm;
  check(
    datapoints === undefined || (Number.isInteger(datapoints) && datapoints >= 1),
    "datapointsToAlarm",
    datapoints,
    atLeast(1),
  );
  const comparison = input.ComparisonOperator;
  const known = [...Object.keys(comparisons), ...anomalyComparisons];
  check(comparison !== undefined, "comparisonOperator", comparison, notNull);
  if (comparison !== undefined) check(known.includes(comparison), "comparisonOperator", comparison, memberOf(known));
  const treatment = input.TreatMissingData;
  check(treatment === undefined || treatments.includes(treatment), "treatMissingData", treatment, memberOf(treatments));
  check(
    input.Threshold === undefined || Number.isFinite(input.Threshold),
    "threshold",
    input.Threshold,
    "Member must be a finite number",
  );
  const unit = input.Unit;
  check(unit === undefined || units.includes(unit), "unit", unit, memberOf(units));
  for (const field of actionFields) {
    const actions: string[] = input[field] ?? [];
    check(actions.length <= 5, field[0]!.toLowerCase() + field.slice(1), actions, longest(5));
  }
  check((input.Tags ?? []).length <= 50, "tags", input.Tags, atMost(50));
  throwIfAny();
}

function checkActions(actions: string[], region: string): void {
  for (const arn of actions) {
    const parts = /^arn:[^:]+:([^:]+):([^:]*):[^:]*:.+$/.exec(String(arn));
    if (!parts) throw validationError(`Invalid arn syntax: ${arn}`);
    if (parts[2] && parts[2] !== region)
      throw validationError(`Invalid region ${parts[2]} specified. Only ${region} is supported.`);
  }
}

function ownRow(input: Shape): MetricQueryRow {
  if (!input.MetricName) throw validationError("MetricName must not be null");
  if (!input.Namespace) throw validationError("Namespace must not be null");
  if (input.Statistic !== undefined && input.ExtendedStatistic !== undefined) {
    throw invalidCombination("Statistic and ExtendedStatistic can't be used together; specify one of them");
  }
  const stat = input.Statistic ?? input.ExtendedStatistic;
  if (stat === undefined) throw validationError("Statistic or ExtendedStatistic must not be null");
  const basic = (basicStatistics as readonly string[]).includes(stat);
  const statistic = basic === (input.Statistic !== undefined) ? parseStatistic(stat) : undefined;
  if (!statistic)
    throw validationError(`The value ${stat} is not supported as ${input.Statistic ? "Statistic" : "ExtendedStatistic"}`);
  const metric: MetricToRead = { key: parseMetric(input), statistic, period: parsePeriod(input.Period), unit: input.Unit };
  return { id: "m1", label: undefined, metric, expression: undefined, returnData: true, period: undefined };
}

/** "If you use the Metrics parameter, you cannot include the MetricName, Dimensions, Period, ... parameters." */
function mathRows(input: Shape): MetricQueryRow[] {
  const both = ownMetricFields.filter((field) => input[field] !== undefined);
  if (both.length > 0) throw invalidCombination(`${both.join(", ")} can't be used together with Metrics`);
  const rows = parseMetricQueries(input.Metrics, "metrics");
  const metrics = rows.filter(({ metric }) => metric).length;
  if (metrics > maximumMetrics)
    throw validationError(`Invalid metrics list: an alarm can have at most 10 metrics, got ${metrics}`);
  const expressions = rows.length - metrics;
  if (expressions > maximumMetrics)
    throw validationError(`Invalid metrics list: an alarm can have at most 10 expressions, got ${expressions}`);
  if (rows.filter(({ returnData }) => returnData).length !== 1) {
    throw validationError("Exactly one element of the metrics list should return data.");
  }
  return rows;
}

function watchedRow(rows: MetricQueryRow[], missingInMinMax: MissingInMinMax): CompiledQuery {
  const compiled = compileRows(rows, missingInMinMax);
  if (compiled.some(({ searches }) => searches)) throw validationError("SEARCH is not supported on Metric Alarms");
  const watched = compiled[rows.findIndex(({ returnData }) => returnData)]!;
  if (watched.kind === "TS") return watched;
  const what = watched.kind === "S" ? "a single number" : "an array of time series";
  throw validationError(`Invalid metrics list: '${watched.id}' returns ${what}; an alarm watches exactly one time series`);
}

function commonPeriod(rows: MetricQueryRow[], watched: CompiledQuery): number {
  const periods = new Set(rows.flatMap(({ metric, period }) => metric?.period ?? period ?? []));
  if (periods.size > 1) {
    throw validationError(
      `Invalid metrics list: all metrics of an alarm must have the same period, got ${[...periods].join(", ")}`,
    );
  }
  const [period] = periods;
  if (period === undefined) throw validationError("Period must not be null");
  if (watched.metrics.size === 0 && rows.every(({ metric }) => !metric)) {
    throw validationError("Invalid metrics list: at least one metric is needed");
  }
  return period;
}

/** "Period multiplied by EvaluationPeriods can't be more than 604,800 seconds; with a period of less than one hour, 86,400." */
function checkEvaluationInterval(period: number, evaluationPeriods: number): void {
  const limit = period < 3600 ? day : 7 * day;
  if (period * evaluationPeriods <= limit) return;
  throw validationError(
    `Metrics cannot be checked across more than ${limit === day ? "a day" : "seven days"} (EvaluationPeriods * Period must be <= ${limit}), ` +
      `got ${evaluationPeriods} * ${period}.`,
  );
}
