import { isDeepStrictEqual } from "node:util";
import type { Shape } from "../../core/cloud";
import type { TargetTrackingConfiguration } from "./types";

const statistics = ["Average", "Minimum", "Maximum", "SampleCount", "Sum"];
/** Undocumented for target tracking; the limit of a CloudWatch alarm on metric math. */
const maxQueries = 10;

/** Rules of TargetTrackingScalingPolicyConfiguration (API Reference) for custom resources; all problems at once. */
export function targetTrackingProblems(configuration: Shape): string[] {
  const { TargetValue, PredefinedMetricSpecification, CustomizedMetricSpecification, ScaleOutCooldown, ScaleInCooldown } =
    configuration;
  const problems: string[] = [];
  if (typeof TargetValue !== "number" || !Number.isFinite(TargetValue))
    problems.push("TargetValue is required and must be a number");
  else if (TargetValue <= 0) problems.push("TargetValue must be greater than 0");
  for (const [name, value] of Object.entries({ ScaleOutCooldown, ScaleInCooldown })) {
    if (value !== undefined && !(Number.isInteger(value) && (value as number) >= 0))
      problems.push(`${name} must be a non-negative integer`);
  }
  if (PredefinedMetricSpecification) {
    problems.push(
      "Predefined metrics are not supported for service namespace custom-resource: specify a CustomizedMetricSpecification",
    );
  } else if (!CustomizedMetricSpecification) problems.push("CustomizedMetricSpecification is required for custom resources");
  else problems.push(...metricProblems(CustomizedMetricSpecification));
  return problems;
}

function metricProblems(specification: Shape): string[] {
  const { Metrics, MetricName, Namespace, Statistic } = specification;
  if (Metrics !== undefined) {
    const alone = MetricName === undefined && Namespace === undefined && Statistic === undefined;
    return [...(alone ? [] : ["Metrics can't be combined with MetricName, Namespace or Statistic"]), ...queryProblems(Metrics)];
  }
  const problems: string[] = [];
  if (!MetricName) problems.push("MetricName is required");
  if (!Namespace) problems.push("Namespace is required");
  if (!statistics.includes(Statistic)) problems.push(`Statistic must be one of ${statistics.join(", ")}`);
  return problems;
}

function queryProblems(queries: Shape[]): string[] {
  if (queries.length === 0) return ["Metrics must hold at least one query"];
  const problems: string[] = [];
  const ids = queries.map((query) => query.Id);
  if (queries.length > maxQueries) problems.push(`Metrics can hold at most ${maxQueries} queries`);
  if (new Set(ids).size < ids.length) problems.push("The ids of Metrics must be unique");
  for (const query of queries) {
    if (!/^[a-z][A-Za-z0-9_]*$/.test(query.Id ?? "")) problems.push(`Id '${query.Id}' must start with a lowercase letter`);
    if ((query.Expression === undefined) === (query.MetricStat === undefined)) {
      problems.push(`Metric '${query.Id}' must have either an Expression or a MetricStat`);
    }
  }
  if (queries.filter((query) => query.ReturnData ?? true).length !== 1)
    problems.push("Exactly one query of Metrics must return data");
  return problems;
}

export function sameMetric(a: TargetTrackingConfiguration, b: TargetTrackingConfiguration): boolean {
  return isDeepStrictEqual(a.CustomizedMetricSpecification, b.CustomizedMetricSpecification);
}
