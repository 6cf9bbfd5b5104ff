import type { KeyName, Problem, ScalingOverrides, Values } from "./keys";
import type { DimensionScaling } from "../components/scaling/autoScaling";
import { leastCatchUpSeconds, worstFlap } from "../components/scaling/flapCheck";
import { scaleInSteps, stepProblems, streamCallPercent } from "../components/scaling/stepAdjustments";

/** The scaling keys of the stack, with what one dimension has of its own. */
export function dimensionScaling(values: Values, own: ScalingOverrides): DimensionScaling {
  const { scaleOutPercent, targetPercent, scaleInPercent, scaleOutMinutes, scaleOutDatapoints } = values;
  const { scaleInMinutes, scaleInDatapoints, scaleOutCooldownSeconds, scaleInCooldownSeconds } = values;
  return {
    scaleOutPercent,
    targetPercent,
    scaleInPercent,
    scaleOutMinutes,
    scaleOutDatapoints,
    scaleInMinutes,
    scaleInDatapoints,
    scaleOutCooldownSeconds,
    scaleInCooldownSeconds,
    ...own,
  };
}

const scalingKeys = [
  "scaleOutPercent",
  "targetPercent",
  "scaleInPercent",
  "scaleOutMinutes",
  "scaleOutDatapoints",
  "scaleInMinutes",
  "scaleInDatapoints",
  "scaleOutCooldownSeconds",
  "scaleInCooldownSeconds",
] as const satisfies (KeyName & keyof ScalingOverrides)[];

/** The scaling of one dimension: thresholds in order, windows, cooldown, explicit steps, and no flapping. */
export function scalingProblems(values: Partial<Values>, group: "streamScaling" | "applicationScaling"): Problem[] {
  const own = values[group];
  if (!own || scalingKeys.some((name) => own[name] === undefined && values[name] === undefined)) return [];
  const scaling = dimensionScaling(values as Values, own);
  /** The key that the user would change: the dimension's own where it has one. */
  const keyOf = (name: (typeof scalingKeys)[number]) => (own[name] === undefined ? name : `${group}.${name}`);
  const about = (name: (typeof scalingKeys)[number], text: string): Problem => ({ key: keyOf(name), value: scaling[name], text });
  const problems: Problem[] = [];
  const { scaleOutPercent: out, targetPercent: target, scaleInPercent: scaleIn } = scaling;
  const ordered = scaleIn < target && target < out;
  if (!ordered)
    problems.push(
      about(
        "targetPercent",
        `allowed is above ${keyOf("scaleInPercent")} (${scaleIn}) and below ${keyOf("scaleOutPercent")} (${out}). Change one of them`,
      ),
    );
  for (const [datapoints, window] of [
    ["scaleOutDatapoints", "scaleOutMinutes"],
    ["scaleInDatapoints", "scaleInMinutes"],
  ] as const) {
    if (scaling[datapoints] <= scaling[window]) continue;
    problems.push(
      about(datapoints, `allowed is at most ${keyOf(window)} (${scaling[window]}). Lower it, or raise ${keyOf(window)}`),
    );
  }
  problems.push(...cooldownProblems(scaling, about, keyOf));
  const steps = (["scaleOutSteps", "scaleInSteps"] as const).flatMap((name) =>
    scaling[name]
      ? stepProblems(scaling[name], name === "scaleOutSteps" ? "out" : "in").map((text) => ({
          key: `${group}.${name}`,
          value: scaling[name],
          text,
        }))
      : [],
  );
  problems.push(...steps);
  if (ordered && steps.length === 0) problems.push(...flapping(values, group, about, keyOf));
  return problems;
}

/**
 * A policy must not act twice on the same minutes. The change shows three minutes later; and when the scaler falls silent it never
 * does, while M minutes beyond the threshold keep the alarm for N - M + 5 more: so far back CloudWatch looks.
 */
function cooldownProblems(
  scaling: DimensionScaling,
  about: (name: (typeof scalingKeys)[number], text: string) => Problem,
  keyOf: (name: (typeof scalingKeys)[number]) => string,
): Problem[] {
  const { scaleOutMinutes, scaleOutDatapoints, scaleInMinutes, scaleInDatapoints } = scaling;
  const leastOut = 60 * Math.max(scaleOutMinutes + 3, scaleOutMinutes - scaleOutDatapoints + 5);
  const leastIn = 60 * (scaleInMinutes - scaleInDatapoints + 5);
  const problems: Problem[] = [];
  if (scaling.scaleOutCooldownSeconds < leastOut)
    problems.push(
      about(
        "scaleOutCooldownSeconds",
        `allowed is at least ${leastOut}: the alarm's window and the minutes until the change shows. Raise it, or lower ${keyOf("scaleOutMinutes")}`,
      ),
    );
  if (scaling.scaleInCooldownSeconds < leastIn)
    problems.push(
      about(
        "scaleInCooldownSeconds",
        `allowed is at least ${leastIn}: 5 minutes for the change to show, and those of ${keyOf("scaleInMinutes")} that ` +
          `${keyOf("scaleInDatapoints")} doesn't ask for. Raise it, or raise ${keyOf("scaleInDatapoints")}`,
      ),
    );
  return problems;
}

function flapping(
  values: Partial<Values>,
  group: "streamScaling" | "applicationScaling",
  about: (name: (typeof scalingKeys)[number], text: string) => Problem,
  keyOf: (name: (typeof scalingKeys)[number]) => string,
): Problem[] {
  const problems: Problem[] = [];
  const scaling = dimensionScaling(values as Values, values[group]!);
  const { scaleOutPercent: out, targetPercent: target, scaleInPercent } = scaling;
  const [min, max] = group === "streamScaling" ? [values.minShards, values.maxShards] : [values.minKpus, values.maxKpus];
  if (min !== undefined && max !== undefined) {
    const callPercent = group === "streamScaling" ? streamCallPercent.in : undefined;
    const steps = scaling.scaleInSteps ?? scaleInSteps(scaleInPercent, target, min, max, callPercent);
    const flap = worstFlap(steps, scaleInPercent, out, min, max);
    if (flap) {
      const { capacity, newCapacity, utilisation, newUtilisation } = flap;
      const unit = group === "streamScaling" ? "shards" : "KPUs";
      problems.push(
        about(
          "scaleInPercent",
          `it would flap: scaling in from ${capacity} to ${newCapacity} ${unit} at ${round(utilisation)} % leads to ${round(newUtilisation)} %, ` +
            `allowed is less than ${keyOf("scaleOutPercent")} (${out}). Lower it, or raise ${keyOf("scaleOutPercent")} or the minimum`,
        ),
      );
    }
  }
  const { restartSeconds, catchUpSeconds } = values;
  if (group === "applicationScaling" && restartSeconds !== undefined && catchUpSeconds !== undefined) {
    const least = leastCatchUpSeconds(restartSeconds, target, out);
    if (catchUpSeconds <= least)
      problems.push({
        key: "catchUpSeconds",
        value: catchUpSeconds,
        text:
          `it would flap: the backlog that a restart of ${restartSeconds} s leaves at ${target} % reaches ${keyOf("scaleOutPercent")} (${out}); ` +
          `allowed is more than ${round(least)}. Raise it, or lower ${keyOf("targetPercent")}`,
      });
  }
  return problems;
}

const round = (value: number) => Math.round(value * 10) / 10;
