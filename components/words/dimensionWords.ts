import { PolicyName } from "../scaling/scalingArgs";
import type { ScaledDimension } from "../scaling/scaledDimension";
import { capacityWords, times } from "./figures";
import type { PolicyWords } from "./policyWords";
import { scheduleWords } from "./scheduleWords";
import { stepWords } from "./stepWords";
import { trackingWords } from "./trackingWords";

/** What of a dimension's configuration its scaling policies don't know. */
export interface DimensionSurroundings {
  /** Capacity that it is created with; undefined: it is adopted. */
  initial?: number;
  mode: string;
  /** What one change of the capacity takes, or costs. */
  change: string;
}

/**
 * What follows from a dimension's configuration, a sentence a line: each line has a name, so that a change shows in the lines that it
 * changes. Their numbers come from the functions that make the policies.
 */
export function dimensionWords(
  dimension: ScaledDimension,
  { initial, mode, change }: DimensionSurroundings,
): Record<string, string> {
  const { bounds, kind, signal, scaling } = dimension;
  const policy = scaling.policy === PolicyName.TargetTracking ? trackingWords(dimension) : stepWords(dimension);
  const begins = initial === undefined ? "an existing capacity is taken over" : `created with ${initial}`;
  return {
    mode: modeWords(mode, scaling.suspended),
    bounds: `${bounds.min} to ${capacityWords(bounds.max, kind.unit)}, ${begins}`,
    ...(scaling.schedule.length > 0 ? { schedule: scheduleWords(scaling.schedule, bounds.min) } : {}),
    signal: signal.meaning,
    ...capacities(dimension, initial, policy),
    ...(policy.steps === undefined ? {} : { steps: policy.steps }),
    pace: policy.pace,
    delay: `a change begins within about ${times(policy.minutesToBegin, "minute")} of the load that asks for it; ${change}`,
  };
}

function modeWords(mode: string, suspended: readonly string[]): string {
  const words = mode === "observe" ? "observe: says what it would do, changes nothing" : "act";
  return suspended.length > 0 ? `${words}; suspended: ${suspended.join(", ")}` : words;
}

/** The bounds, and where it begins. */
function capacities({ bounds: { min, max }, kind }: ScaledDimension, initial: number | undefined, policy: PolicyWords) {
  const at = (capacity: number, which = "") =>
    `at ${capacityWords(capacity, kind.unit)}${which}: ${policy.at(capacity) || "nothing scales"}`;
  if (min === max) return { atMinimum: at(min, ", minimum and maximum") };
  return {
    atMinimum: at(min, ", the minimum"),
    ...(initial === undefined || initial === min || initial === max ? {} : { atStart: at(initial) }),
    atMaximum: at(max, ", the maximum"),
  };
}
