import type { MetricQuery } from "../../metrics/metricQuery";
import type { DimensionKind } from "../dimensionKind";
import type { Bounds, ScaledDimension, SignalWords, SteppedWatch } from "../scaledDimension";
import type { ScalingSettings } from "../scalingArgs";
import { scaleInSteps, scaleOutSteps } from "../stepAdjustments";
import { SignalName } from "./signalName";
import { toScaleIn, toScaleOut, toTrack, type Reading } from "./reading";

/** What descriptions call the demand in percent of the capacity asked for. */
export const utilisationQuantity = "utilisation";

/** A quantity per unit of the capacity asked for: it halves when the capacity doubles. */
export interface Signal {
  /** What descriptions call it: "utilisation". */
  quantity: string;
  /** Its unit as it stands behind a number. May be empty. */
  unit: string;
  words: SignalWords;
  queries: (reading: Reading) => MetricQuery[];
  /** What scaling out watches instead: a quantity of another kind. */
  out?: SteppedWatch;
}

/** Where scaling begins, and what one scaling aims at; in the signal's unit. */
export interface Thresholds {
  out: number;
  target: number;
  in: number;
  /** Up to where steps are derived. */
  highest: number;
}

export function thresholdsOf({ signal, expression, ...scaling }: ScalingSettings, kind: DimensionKind): Thresholds {
  const { highestPercent, thresholds } = kind;
  if (signal === SignalName.Expression && expression) {
    const { scaleOutAt, target, scaleInAt } = expression;
    const highest = Math.max((target * highestPercent) / thresholds.targetPercent, 2 * scaleOutAt);
    return { out: scaleOutAt, target, in: scaleInAt, highest };
  }
  return { out: scaling.scaleOutPercent, target: scaling.targetPercent, in: scaling.scaleInPercent, highest: highestPercent };
}

/** A dimension that is scaled on a signal. */
export function scaledOn(
  signal: Signal,
  kind: DimensionKind,
  bounds: Bounds,
  scaling: ScalingSettings,
  utilisation: () => MetricQuery[],
): ScaledDimension {
  const { quantity, unit, words, queries } = signal;
  const thresholds = thresholdsOf(scaling, kind);
  const steps = derivedSteps(thresholds, kind, bounds);
  const out = signal.out ?? {
    ...{ quantity, unit, threshold: thresholds.out },
    ...{ queries: () => queries(toScaleOut), steps: steps.out },
  };
  const scaleIn = { quantity, unit, threshold: thresholds.in, queries: () => queries(toScaleIn), steps: steps.in };
  return {
    ...{ kind, bounds, scaling, utilisation, signal: words },
    stepped: {
      out: { ...out, steps: scaling.scaleOutSteps ?? out.steps },
      in: { ...scaleIn, steps: scaling.scaleInSteps ?? scaleIn.steps },
    },
    tracked: { quantity, unit, threshold: thresholds.target, queries: () => queries(toTrack(thresholds.target)) },
  };
}

/** Steps out to the target, and in to the target or the minimum. */
export function derivedSteps(
  { out, target, in: low, highest }: Thresholds,
  { callPercent }: DimensionKind,
  { min, max }: Bounds,
) {
  return {
    out: scaleOutSteps(out, target, highest, callPercent.out),
    in: scaleInSteps(low, target, min, max, callPercent.in),
  };
}
