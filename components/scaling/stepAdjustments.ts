/**
 * Step adjustments: what a scaling policy adds or removes for how far the metric is beyond the alarm's threshold.
 * Rules of intervals and rounding: "Step scaling policies for Application Auto Scaling" (user guide).
 */

/** How a step's `adjustment` is meant; Application Auto Scaling's own names. */
export const AdjustmentType = {
  ChangeInCapacity: "ChangeInCapacity",
  PercentChangeInCapacity: "PercentChangeInCapacity",
  ExactCapacity: "ExactCapacity",
} as const;
export type AdjustmentType = (typeof AdjustmentType)[keyof typeof AdjustmentType];

/** One step. The bounds are relative to the alarm's threshold, in the metric's unit (percentage points of utilisation). */
export interface Step {
  /** Lower end of the interval, relative to the threshold. Left out: minus infinity. */
  lowerBound?: number;
  /** Upper end of the interval, relative to the threshold. Left out: plus infinity. */
  upperBound?: number;
  /** Shards or KPUs to add (negative: to remove), percent of the capacity, or the exact capacity. A whole number. */
  adjustment: number;
}

/** A step scaling policy without its cooldown. */
export interface StepPolicy {
  /** ChangeInCapacity, PercentChangeInCapacity or ExactCapacity. */
  adjustmentType: AdjustmentType;
  /** Least change in shards or KPUs of a percent step. Only with PercentChangeInCapacity. 1 or more. */
  minAdjustmentMagnitude?: number;
  /** 1 to 20 steps without gap or overlap. */
  steps: Step[];
}

/** Fixed quota of Application Auto Scaling: steps in one policy. */
export const maxSteps = 20;

/** Bounds are rounded to hundredths of a percent. */
const finestBound = 0.01;

/**
 * Percent steps that bring any utilisation from `scaleOutPercent` to `highestPercent` to the target or just below it: each step
 * serves the upper end of its interval. Above `highestPercent` the last step applies again after the cooldown.
 * @param callPercent what one call of the service can add. Where that leads at least halfway from the threshold to the target
 * it is enough: a second call would take as long as the first, for little.
 */
export function scaleOutSteps(
  scaleOutPercent: number,
  targetPercent: number,
  highestPercent: number,
  callPercent = Infinity,
): StepPolicy {
  const ends = geometric(scaleOutPercent, highestPercent, maxSteps);
  const enough = (scaleOutPercent + targetPercent) / 2;
  const steps = ends.slice(1).map((upper, i) => {
    const needed = Math.ceil(100 * (upper / targetPercent - 1) - 1e-9);
    const oneCall = needed > callPercent && (100 * upper) / (100 + callPercent) <= enough;
    return {
      lowerBound: round(ends[i]! - scaleOutPercent),
      upperBound: round(upper - scaleOutPercent),
      adjustment: oneCall ? callPercent : needed,
    };
  });
  return percentPolicy(merged(steps).map((step, i, all) => (i === all.length - 1 ? withoutUpper(step) : step)));
}

/**
 * Percent steps that bring any utilisation below `scaleInPercent` to the target or just below it: each step serves the upper end
 * of its interval, so that capacity is removed late rather than early. The last one (-100 %) goes to the minimum: it begins where
 * the minimum suffices even for a fleet of `max`. Where that is less than the finest bound it goes as far as the others would.
 * @param callPercent what one call of the service can remove; enough where it leads at least halfway.
 */
export function scaleInSteps(
  scaleInPercent: number,
  targetPercent: number,
  min: number,
  max: number,
  callPercent = Infinity,
): StepPolicy {
  const minimumSuffices = lastBound(targetPercent, Math.max(min, 1), Math.max(max, 1));
  const floor = Math.max(minimumSuffices, finestBound);
  if (floor >= scaleInPercent) return percentPolicy([{ upperBound: 0, adjustment: towardZero(scaleInPercent, targetPercent) }]);
  const ends = geometric(scaleInPercent, floor, maxSteps - 1);
  const enough = (scaleInPercent + targetPercent) / 2;
  const steps = ends.slice(1).map((lower, i) => {
    const possible = towardZero(ends[i]!, targetPercent);
    const oneCall = -possible > callPercent && (100 * lower) / (100 - callPercent) >= enough;
    return {
      lowerBound: round(lower - scaleInPercent),
      upperBound: round(ends[i]! - scaleInPercent),
      adjustment: oneCall ? -callPercent : possible,
    };
  });
  const last = {
    lowerBound: -Infinity,
    upperBound: round(floor - scaleInPercent),
    adjustment: minimumSuffices < floor ? towardZero(floor, targetPercent) : -100,
  };
  return percentPolicy(merged([...steps, last]).map((step, i, all) => (i === all.length - 1 ? withoutLower(step) : step)));
}

/** The nearest bound, or the one below where the nearest would leave the minimum of a large fleet's capacity far above the target. */
function lastBound(targetPercent: number, min: number, max: number): number {
  const exact = (targetPercent * min) / max;
  const nearest = round(exact);
  return (nearest * max) / min > targetPercent + 1 ? Math.floor(100 * exact) / 100 : nearest;
}

/**
 * Percent steps for a lag in seconds from `fromSeconds` up: what has gathered is worked off in `catchUpSeconds`, beside what comes. Each
 * step serves the upper end of its interval; beyond sixteen times the threshold the last one applies again after the cooldown.
 */
export function backlogSteps(fromSeconds: number, catchUpSeconds: number): StepPolicy {
  const ends = geometric(fromSeconds, 16 * fromSeconds, 8);
  const steps = ends.slice(1).map((upper, i) => ({
    lowerBound: round(ends[i]! - fromSeconds),
    upperBound: round(upper - fromSeconds),
    adjustment: Math.ceil((100 * upper) / catchUpSeconds - 1e-9),
  }));
  return percentPolicy(merged(steps).map((step, i, all) => (i === all.length - 1 ? withoutUpper(step) : step)));
}

/**
 * Capacity after one step as Application Auto Scaling computes it: the step whose interval holds the value, percents rounded
 * (above 1 down, between 0 and 1 to 1, between 0 and -1 to -1, below -1 toward zero), at least the minimum magnitude, in bounds.
 */
export function adjustedCapacity(policy: StepPolicy, step: Step, capacity: number, min: number, max: number): number {
  return Math.min(Math.max(unboundedCapacity(policy, step, capacity), min), max);
}

function unboundedCapacity(policy: StepPolicy, step: Step, capacity: number): number {
  if (policy.adjustmentType === AdjustmentType.ExactCapacity) return step.adjustment;
  if (policy.adjustmentType === AdjustmentType.ChangeInCapacity) return capacity + step.adjustment;
  const exact = (capacity * step.adjustment) / 100;
  const change = Math.max(Math.floor(Math.abs(exact)), policy.minAdjustmentMagnitude ?? 1);
  return capacity + Math.sign(exact) * change;
}

/** The step for a metric value: above the threshold intervals are [lower, upper), below it (lower, upper]. */
export function stepFor(policy: StepPolicy, threshold: number, value: number): Step | undefined {
  const distance = value - threshold;
  return policy.steps.find(({ lowerBound = -Infinity, upperBound = Infinity }) =>
    distance >= 0 ? lowerBound <= distance && distance < upperBound : lowerBound < distance && distance <= upperBound,
  );
}

/** What Application Auto Scaling or the direction of the policy forbids in explicit steps; [] when they are fine. */
export function stepProblems(policy: StepPolicy, direction: "out" | "in"): string[] {
  const { adjustmentType, minAdjustmentMagnitude, steps } = policy;
  const problems: string[] = [];
  if (steps.length === 0 || steps.length > maxSteps) problems.push(`has ${steps.length} steps; allowed are 1 to ${maxSteps}`);
  if (minAdjustmentMagnitude !== undefined && adjustmentType !== AdjustmentType.PercentChangeInCapacity)
    problems.push("has minAdjustmentMagnitude, which only PercentChangeInCapacity knows");
  return [...problems, ...intervalProblems(steps, direction), ...signProblems(policy, direction)];
}

function intervalProblems(steps: Step[], direction: "out" | "in"): string[] {
  const sorted = [...steps].sort((a, b) => (a.lowerBound ?? -Infinity) - (b.lowerBound ?? -Infinity));
  const problems: string[] = [];
  for (const [i, step] of sorted.entries()) {
    const [lower, upper] = [step.lowerBound ?? -Infinity, step.upperBound ?? Infinity];
    const next = sorted[i + 1];
    if (lower >= upper) problems.push(`has the empty interval ${lower} to ${upper}`);
    if (next && (next.lowerBound ?? -Infinity) < upper)
      problems.push(`has steps that overlap at ${next.lowerBound ?? "no lower bound"}`);
    if (next && (next.lowerBound ?? -Infinity) > upper) problems.push(`has a gap between ${upper} and ${next.lowerBound}`);
  }
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  if (direction === "out" && (first?.lowerBound !== 0 || last?.upperBound !== undefined))
    problems.push("must cover everything above the threshold: the first step has lowerBound 0, the last one no upperBound");
  if (direction === "in" && (last?.upperBound !== 0 || first?.lowerBound !== undefined))
    problems.push("must cover everything below the threshold: the first step has no lowerBound, the last one upperBound 0");
  return problems;
}

function signProblems({ adjustmentType, steps }: StepPolicy, direction: "out" | "in"): string[] {
  const exact = adjustmentType === AdjustmentType.ExactCapacity;
  const wrong = steps.filter(
    ({ adjustment: a }) => !Number.isInteger(a) || (exact ? a < 0 : direction === "out" ? a <= 0 : a >= 0),
  );
  if (exact && new Set(steps.map(({ adjustment }) => adjustment)).size > 1)
    return ["has several exact numbers; allowed is one: what leads from the one to the other can lead back"];
  const allowed = exact ? "whole and not negative" : direction === "out" ? "whole and above 0" : "whole and below 0";
  return wrong.map(({ adjustment }) => `has the adjustment ${adjustment}; allowed is ${allowed}`);
}

/** `count` intervals of equal ratio: count + 1 ends from `from` to `to`, rounded to hundredths. */
function geometric(from: number, to: number, count: number): number[] {
  const ends = Array.from({ length: count + 1 }, (_, i) => round(from * (to / from) ** (i / count)));
  return ends.filter((end, i) => end !== ends[i - 1]);
}

/** Neighbours with one adjustment become one step. */
function merged(steps: Required<Step>[]): Step[] {
  const result: Step[] = [];
  for (const step of steps) {
    const last = result[result.length - 1];
    if (last?.adjustment !== step.adjustment) result.push({ ...step });
    else if (step.lowerBound >= last.upperBound!) last.upperBound = step.upperBound;
    else last.lowerBound = step.lowerBound;
  }
  return result;
}

const percentPolicy = (steps: Step[]): StepPolicy => ({ adjustmentType: AdjustmentType.PercentChangeInCapacity, steps });
const withoutLower = ({ lowerBound: _, ...step }: Step): Step => step;
const withoutUpper = ({ upperBound: _, ...step }: Step): Step => step;
const towardZero = (utilisation: number, target: number) => Math.min(Math.ceil(100 * (utilisation / target - 1) - 1e-9), -1);
const round = (value: number) => Math.round(value * 100) / 100;
