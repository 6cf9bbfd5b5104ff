import type { DimensionModel } from "../scaling/scaledDimension";
import { scalingRule, type ScalingRule } from "../scaling/stepScaling";
import type { Direction } from "../scaling/signals";
import { adjustedCapacity, AdjustmentType, stepFor, type Step, type StepPolicy } from "../scaling/stepAdjustments";
import { figure, times } from "./figures";
import { paceWords, type PolicyWords } from "./policyWords";
import type { SignalWords } from "./signalWords";

/** Step scaling in words. */
export function stepWords(dimension: DimensionModel, signal: SignalWords): PolicyWords {
  const out = scalingRule("out", dimension);
  const back = scalingRule("in", dimension);
  const { scaleOutSteps, scaleInSteps } = dimension.scaling;
  const explicit = [
    ...(scaleOutSteps ? [`out ${allSteps("out", scaleOutSteps, out.thresholdPercent, signal.unit)}`] : []),
    ...(scaleInSteps ? [`in ${allSteps("in", scaleInSteps, back.thresholdPercent, signal.unit)}`] : []),
  ];
  return {
    at: (capacity) => [...outAt(capacity, out, dimension, signal), ...inAt(capacity, back, dimension, signal)].join("; "),
    ...(explicit.length > 0 ? { steps: `steps: ${explicit.join("; ")}` } : {}),
    pace: paceWords(out.cooldownSeconds, back.cooldownSeconds),
    minutesToBegin: out.datapoints + minutesToBegin,
  };
}

/** Beside the datapoints: the minute in which the load came, one until metrics are there, one until the scaler looks. */
const minutesToBegin = 3;

/** What happens at the threshold, and at twice as much. */
function outAt(capacity: number, rule: ScalingRule, { bounds }: DimensionModel, { amount }: SignalWords): string[] {
  if (capacity >= bounds.max) return [];
  const [to, further] = [rule.thresholdPercent, 2 * rule.thresholdPercent].map((value) =>
    capacityAfter(rule, value, capacity, bounds),
  );
  const twice = further === to ? "" : `, and to ${further} at twice that`;
  return [`out at ${amount("out", rule.thresholdPercent, capacity)} ${window(rule)}, to ${to}${twice}`];
}

/** What happens just below the threshold, and without any load. */
function inAt(capacity: number, rule: ScalingRule, { bounds }: DimensionModel, { amount }: SignalWords): string[] {
  if (capacity <= bounds.min) return [];
  const [to, further] = [rule.thresholdPercent * (1 - 1e-9), 0].map((value) => capacityAfter(rule, value, capacity, bounds));
  const idle = further === to ? "" : `, and to ${further} without load`;
  return [`in below ${amount("in", rule.thresholdPercent, capacity)} ${window(rule)}, to ${to}${idle}`];
}

function capacityAfter(
  { steps, thresholdPercent: threshold }: ScalingRule,
  value: number,
  capacity: number,
  bounds: DimensionModel["bounds"],
) {
  const step = stepFor(steps, threshold, value);
  return step ? adjustedCapacity(steps, step, capacity, bounds.min, bounds.max) : capacity;
}

function window({ datapoints, minutes }: ScalingRule): string {
  return datapoints === minutes ? `for ${times(minutes, "minute")}` : `in ${datapoints} of ${times(minutes, "minute")}`;
}

/** "+1 from 75 %, +2 from 85 %". */
function allSteps(direction: Direction, policy: StepPolicy, threshold: number, unit: string): string {
  const value = (bound = 0) => `${figure(threshold + bound)} ${unit}`;
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
