import { areRight, fieldProblems } from "../fields";
import type { Problem } from "../problem";
import type { DimensionKind } from "./dimensionKind";
import { expressionProblems } from "./expressionArgs";
import { worstFlap } from "./flapCheck";
import { policyProblems, type About } from "./policyCheck";
import type { Bounds } from "./scaledDimension";
import { PolicyName, scalingFields, scalingSettings, type ScalingArgs, type ScalingSettings } from "./scalingArgs";
import { scheduleProblems } from "./scheduleCheck";
import { derivedSteps, thresholdsOf } from "./signals/signal";
import { SignalName } from "./signals/signalName";
import { stepProblems } from "./stepAdjustments";
import { orderProblems } from "./thresholdOrder";

type Name = keyof ScalingSettings;

const thresholds = ["scaleOutPercent", "targetPercent", "scaleInPercent"] as const;
const windows = [
  ["scaleOutDatapoints", "scaleOutMinutes"],
  ["scaleInDatapoints", "scaleInMinutes"],
] as const;

/**
 * The scaling of one dimension: its policy and signal together, thresholds in order, windows, cooldowns, explicit steps, the schedule, and
 * no flapping.
 * @param at the path of its arguments: "stream.scaling.".
 */
export function validateScaling(args: ScalingArgs, kind: DimensionKind, bounds: Bounds | undefined, at = ""): Problem[] {
  const problems = fieldProblems(args, scalingFields, at);
  const scaling = scalingSettings(args, kind);
  const right = (...names: Name[]) => areRight(problems, at, names);
  const about: About = (name, text) => ({ path: at + name, value: scaling[name], text });
  const together = right("policy", "signal", "busyTask", "expression") ? policyProblems(scaling, kind, about, at) : [];
  const expression = scaling.expression && right("expression") ? expressionProblems(scaling.expression, `${at}expression.`) : [];
  const schedule = right("schedule") ? scheduleProblems(scaling.schedule, bounds, `${at}schedule`) : [];
  const step =
    right("policy") && scaling.policy === PolicyName.Step
      ? stepRules(scaling, kind, bounds, problems, expression, about, at)
      : [];
  return [...problems, ...together, ...expression, ...step, ...schedule];
}

/** Rules of step scaling. @param problems what is wrong with each argument by itself. */
function stepRules(
  scaling: ScalingSettings,
  kind: DimensionKind,
  bounds: Bounds | undefined,
  problems: readonly Problem[],
  ofExpression: readonly Problem[],
  about: About,
  at: string,
): Problem[] {
  const right = (...names: Name[]) => areRight(problems, at, names);
  const byPercent = scaling.signal !== SignalName.Expression;
  const ordered = byPercent && right(...thresholds) ? thresholdProblems(scaling, kind, about, at) : [];
  const datapoints = windows.flatMap(([few, all]) => (right(few, all) ? windowProblems(scaling, few, all, about, at) : []));
  const cooldowns = right("scaleOutMinutes", "scaleOutDatapoints", "scaleInMinutes", "scaleInDatapoints")
    ? [
        ...(right("scaleOutCooldownSeconds") ? outCooldownProblems(scaling, about, at) : []),
        ...(right("scaleInCooldownSeconds") ? inCooldownProblems(scaling, about, at) : []),
      ]
    : [];
  const steps = (["scaleOutSteps", "scaleInSteps"] as const).flatMap((name) =>
    scaling[name] && right(name)
      ? stepProblems(scaling[name], name === "scaleOutSteps" ? "out" : "in").map((text) => about(name, text))
      : [],
  );
  const known = byPercent ? right(...thresholds) : scaling.expression !== undefined && ofExpression.length === 0;
  const alone =
    known && right("signal", "expression", "scaleOutSteps", "scaleInSteps") && ordered.length === 0 && steps.length === 0;
  const flaps = alone && bounds ? flapProblems(scaling, kind, bounds, at) : [];
  return [...ordered, ...datapoints, ...cooldowns, ...steps, ...flaps];
}

/** Percent from which the capacity is too small: a stream throttles, an application's backlog grows until it scales out again. */
const full = 100;

function thresholdProblems(scaling: ScalingSettings, { highestPercent }: DimensionKind, about: About, at: string): Problem[] {
  const { scaleOutPercent: out, targetPercent: target, scaleInPercent } = scaling;
  if (target >= full) return [about("targetPercent", `allowed is below ${full}, where the capacity is too small. Lower it`)];
  if (out >= highestPercent) {
    const never = `allowed is below ${highestPercent}, more than which utilisation can't be. Lower it`;
    return [about("scaleOutPercent", never)];
  }
  return orderProblems(at, ["scaleInPercent", scaleInPercent], ["targetPercent", target], ["scaleOutPercent", out]);
}

function windowProblems(
  scaling: ScalingSettings,
  datapoints: (typeof windows)[number][0],
  window: (typeof windows)[number][1],
  about: About,
  at: string,
): Problem[] {
  if (scaling[datapoints] <= scaling[window]) return [];
  return [about(datapoints, `allowed is at most \`${at}${window}\` (${scaling[window]}). Lower it, or raise \`${at}${window}\``)];
}

/**
 * A policy must not act twice on the same minutes. The change shows three minutes later; and when the scaler falls silent it never
 * does, while M minutes beyond the threshold keep the alarm for N - M + 5 more: so far back CloudWatch looks.
 */
function outCooldownProblems(scaling: ScalingSettings, about: About, at: string): Problem[] {
  const { scaleOutMinutes, scaleOutDatapoints, scaleOutCooldownSeconds } = scaling;
  const least = 60 * Math.max(scaleOutMinutes + 3, scaleOutMinutes - scaleOutDatapoints + 5);
  if (scaleOutCooldownSeconds >= least) return [];
  const text = `allowed is at least ${least}: the alarm's window and the minutes until the change shows. Raise it, or lower \`${at}scaleOutMinutes\``;
  return [about("scaleOutCooldownSeconds", text)];
}

function inCooldownProblems(scaling: ScalingSettings, about: About, at: string): Problem[] {
  const { scaleInMinutes, scaleInDatapoints, scaleInCooldownSeconds } = scaling;
  const least = 60 * (scaleInMinutes - scaleInDatapoints + 5);
  if (scaleInCooldownSeconds >= least) return [];
  const text =
    `allowed is at least ${least}: 5 minutes for the change to show, and those of \`${at}scaleInMinutes\` that ` +
    `\`${at}scaleInDatapoints\` doesn't ask for. Raise it, or raise \`${at}scaleInDatapoints\``;
  return [about("scaleInCooldownSeconds", text)];
}

/** After any scaling in, the signal must stay below where scaling out begins, and below 100 %, for every capacity between the bounds. */
function flapProblems(scaling: ScalingSettings, kind: DimensionKind, bounds: Bounds, at: string): Problem[] {
  const limits = thresholdsOf(scaling, kind);
  const steps = scaling.scaleInSteps ?? derivedSteps(limits, kind, bounds).in;
  const byPercent = scaling.signal !== SignalName.Expression;
  const most = byPercent ? Math.min(limits.out, full) : limits.out;
  const flap = worstFlap(steps, limits.in, most, bounds.min, bounds.max);
  if (!flap) return [];
  const [low, high, unit] = byPercent
    ? ["scaleInPercent", "scaleOutPercent", "%"]
    : ["expression.scaleInAt", "expression.scaleOutAt", scaling.expression?.unit ?? ""];
  const { capacity, newCapacity, utilisation, newUtilisation } = flap;
  const worth = (value: number) => [round(value), unit].join(" ").trim();
  const allowed =
    newUtilisation >= limits.out
      ? `less than \`${at}${high}\` (${limits.out}). Lower it, or raise \`${at}${high}\` or the minimum`
      : `less than ${full} %, where the capacity is too small. Lower it, or raise the minimum`;
  const text =
    `it would flap: scaling in from ${capacity} to ${newCapacity} ${kind.unit} at ${worth(utilisation)} leads to ${worth(newUtilisation)}, ` +
    `allowed is ${allowed}`;
  return [{ path: at + low, value: limits.in, text }];
}

const round = (value: number) => Math.round(value * 10) / 10;
