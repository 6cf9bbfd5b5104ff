import type { Bounds, Direction, ScaledDimension } from "../scaling/scaledDimension";
import { scalingRule, type ScalingRule } from "../scaling/stepScaling";
import { adjustedCapacity, AdjustmentType, stepFor, type Step, type StepPolicy } from "../scaling/stepAdjustments";
import { quantity, times } from "./figures";
import { minutesToBegin, paceWords, type PolicyWords } from "./policyWords";

/** Step scaling in words. */
export function stepWords(dimension: ScaledDimension): PolicyWords {
  const out = scalingRule(dimension, "out");
  const back = scalingRule(dimension, "in");
  const { scaleOutSteps, scaleInSteps } = dimension.scaling;
  const explicit = [
    ...(scaleOutSteps ? [`out ${allSteps("out", out)}`] : []),
    ...(scaleInSteps ? [`in ${allSteps("in", back)}`] : []),
  ];
  return {
    at: (capacity) => [...outAt(capacity, out, dimension), ...inAt(capacity, back, dimension)].join("; "),
    ...(explicit.length > 0 ? { steps: explicit.join("; ") } : {}),
    pace: paceWords(out.cooldownSeconds, back.cooldownSeconds),
    minutesToBegin: out.datapoints + minutesToBegin,
  };
}

/** What happens at the threshold, and at twice as much. An exact number that is less than what is there adds nothing. */
function outAt(capacity: number, rule: ScalingRule, { bounds, signal }: ScaledDimension): string[] {
  const [to, further] = [rule.threshold, 2 * rule.threshold].map((value) =>
    Math.max(capacity, capacityAfter(rule, value, capacity, bounds)),
  );
  if (further === capacity) return [];
  const twice = further === to ? "" : `, and to ${further} at twice that`;
  return [`out at ${signal.amount("out", rule.threshold, capacity)} ${window(rule)}, to ${to}${twice}`];
}

/** What happens just below the threshold, and without any load. */
function inAt(capacity: number, rule: ScalingRule, { bounds, signal }: ScaledDimension): string[] {
  const [to, further] = [rule.threshold * (1 - 1e-9), 0].map((value) =>
    Math.min(capacity, capacityAfter(rule, value, capacity, bounds)),
  );
  if (further === capacity) return [];
  const idle = further === to ? "" : `, and to ${further} without load`;
  return [`in below ${signal.amount("in", rule.threshold, capacity)} ${window(rule)}, to ${to}${idle}`];
}

function capacityAfter({ steps, threshold }: ScalingRule, value: number, capacity: number, { min, max }: Bounds): number {
  const step = stepFor(steps, threshold, value);
  return step ? adjustedCapacity(steps, step, capacity, min, max) : capacity;
}

function window({ datapoints, minutes }: ScalingRule): string {
  return datapoints === minutes ? `for ${times(minutes, "minute")}` : `in ${datapoints} of ${times(minutes, "minute")}`;
}

/** "+1 from 75 %, +2 from 85 %". */
function allSteps(direction: Direction, { steps: policy, threshold, unit }: ScalingRule): string {
  const value = (bound = 0) => quantity(threshold + bound, unit);
  const from = ({ lowerBound, upperBound }: Step) =>
    direction === "out" ? `from ${value(lowerBound)}` : upperBound ? `at or below ${value(upperBound)}` : `below ${value()}`;
  const ends = (step: Step) => (direction === "out" ? (step.lowerBound ?? 0) : -(step.upperBound ?? 0));
  const sorted = [...policy.steps].sort((a, b) => ends(a) - ends(b));
  return sorted.map((step) => `${adjustmentWords(policy, step)} ${from(step)}`).join(", ");
}

function adjustmentWords({ adjustmentType, minAdjustmentMagnitude }: StepPolicy, { adjustment }: Step): string {
  if (adjustmentType === AdjustmentType.ExactCapacity) return `to ${adjustment}`;
  const change = `${adjustment > 0 ? "+" : ""}${adjustment}`;
  if (adjustmentType === AdjustmentType.ChangeInCapacity) return change;
  return minAdjustmentMagnitude === undefined ? `${change} %` : `${change} % (at least ${minAdjustmentMagnitude})`;
}
