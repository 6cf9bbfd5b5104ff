import type { StepAdjustment, StepConfiguration } from "./types";

const adjustmentTypes = ["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"];
const aggregationTypes = ["Minimum", "Maximum", "Average"];
/** "Quotas for Application Auto Scaling": step adjustments per step scaling policy, fixed. */
export const maxStepAdjustments = 20;

/** Rules of "Step scaling policies for Application Auto Scaling" and of StepAdjustment in the API Reference; all problems at once. */
export function stepConfigurationProblems(configuration: Partial<StepConfiguration>): string[] {
  const { AdjustmentType, StepAdjustments, MinAdjustmentMagnitude, Cooldown, MetricAggregationType } = configuration;
  const problems: string[] = [];
  if (AdjustmentType === undefined) problems.push("AdjustmentType is required");
  else if (!adjustmentTypes.includes(AdjustmentType)) {
    problems.push(`AdjustmentType '${AdjustmentType}' must be one of ${adjustmentTypes.join(", ")}`);
  }
  if (MetricAggregationType !== undefined && !aggregationTypes.includes(MetricAggregationType)) {
    problems.push(`MetricAggregationType '${MetricAggregationType}' must be one of ${aggregationTypes.join(", ")}`);
  }
  if (Cooldown !== undefined && !(Number.isInteger(Cooldown) && Cooldown >= 0))
    problems.push("Cooldown must be a non-negative integer");
  if (MinAdjustmentMagnitude !== undefined) {
    if (AdjustmentType !== "PercentChangeInCapacity") {
      problems.push("MinAdjustmentMagnitude is only supported with adjustment type PercentChangeInCapacity");
    } else if (!(Number.isInteger(MinAdjustmentMagnitude) && MinAdjustmentMagnitude >= 0)) {
      problems.push("MinAdjustmentMagnitude must be a non-negative integer");
    }
  }
  if (!StepAdjustments?.length) return [...problems, "At least one StepAdjustment must be specified"];
  if (StepAdjustments.length > maxStepAdjustments)
    problems.push(`At most ${maxStepAdjustments} step adjustments can be specified`);
  return [...problems, ...boundProblems(StepAdjustments), ...amountProblems(StepAdjustments, AdjustmentType)];
}

function amountProblems(steps: StepAdjustment[], type: string | undefined): string[] {
  const amounts = steps.map((step) => step.ScalingAdjustment);
  if (!amounts.every(Number.isInteger)) return ["ScalingAdjustment is required and must be an integer"];
  if (type === "ExactCapacity" && amounts.some((amount) => amount < 0)) {
    return ["ScalingAdjustment must be non-negative for adjustment type ExactCapacity"];
  }
  return [];
}

function boundProblems(steps: StepAdjustment[]): string[] {
  const ranges = steps
    .map((step) => ({ lower: step.MetricIntervalLowerBound ?? -Infinity, upper: step.MetricIntervalUpperBound ?? Infinity }))
    .sort((a, b) => a.lower - b.lower || a.upper - b.upper);
  const problems: string[] = [];
  const openBelow = ranges.filter((range) => range.lower === -Infinity).length;
  const openAbove = ranges.filter((range) => range.upper === Infinity).length;
  if (ranges.some((range) => range.lower === -Infinity && range.upper === Infinity)) {
    problems.push("The upper and lower bound can't be null in the same step adjustment");
  }
  if (openBelow > 1) problems.push("At most one step adjustment can have a null lower bound");
  if (openAbove > 1) problems.push("At most one step adjustment can have a null upper bound");
  if (openBelow === 0 && ranges.some((range) => range.lower < 0)) {
    problems.push(
      "If one step adjustment has a negative lower bound, then there must be a step adjustment with a null lower bound",
    );
  }
  if (openAbove === 0 && ranges.some((range) => range.upper > 0)) {
    problems.push(
      "If one step adjustment has a positive upper bound, then there must be a step adjustment with a null upper bound",
    );
  }
  if (ranges.some((range) => range.lower >= range.upper)) problems.push("The upper bound must be greater than the lower bound");
  for (let i = 1; i < ranges.length; i++) {
    const before = ranges[i - 1]!;
    const after = ranges[i]!;
    if (after.lower < before.upper) problems.push("The ranges of your step adjustments can't overlap");
    if (after.lower > before.upper) problems.push("The ranges of your step adjustments can't have a gap");
  }
  return [...new Set(problems)];
}

/** The evaluated datapoints as one value; without a type it is the average. */
export function aggregate(datapoints: readonly number[], type: StepConfiguration["MetricAggregationType"] = "Average"): number {
  if (type === "Minimum") return Math.min(...datapoints);
  if (type === "Maximum") return Math.max(...datapoints);
  return datapoints.reduce((sum, value) => sum + value, 0) / datapoints.length;
}

/**
 * The one step whose interval holds the breach (metric value - threshold). On the threshold and above it the lower bound is
 * inclusive and the upper exclusive; below it the lower is exclusive and the upper inclusive.
 */
export function chooseStep(steps: readonly StepAdjustment[], breach: number): StepAdjustment | undefined {
  return steps.find(({ MetricIntervalLowerBound: lower, MetricIntervalUpperBound: upper }) => {
    const from = lower ?? -Infinity;
    const to = upper ?? Infinity;
    return breach >= 0 ? from <= breach && breach < to : from < breach && breach <= to;
  });
}

/** The capacity that a step asks for, before the target's bounds. `base` is the capacity that it starts from. */
export function adjustedCapacity(configuration: StepConfiguration, step: StepAdjustment, base: number): number {
  switch (configuration.AdjustmentType) {
    case "ExactCapacity":
      return step.ScalingAdjustment;
    case "ChangeInCapacity":
      return base + step.ScalingAdjustment;
    case "PercentChangeInCapacity":
      return base + percentChange(base, step.ScalingAdjustment, configuration.MinAdjustmentMagnitude ?? 0);
  }
}

/** Above 1 rounded down, between 0 and 1 to 1, between -1 and 0 to -1, below -1 rounded up; then at least the minimum magnitude. */
function percentChange(base: number, percent: number, minMagnitude: number): number {
  const change = (base * percent) / 100;
  if (percent === 0) return 0;
  const rounded = change !== 0 && Math.abs(change) < 1 ? Math.sign(change) : Math.trunc(change);
  return Math.sign(percent) * Math.max(Math.abs(rounded), minMagnitude);
}
