import { z } from "zod";
import { flag, object, oneOf, text, whole, withDefaults, type FieldsOf, type WithDefaults } from "../fields";
import type { DimensionKind } from "./dimensionKind";
import type { ExpressionArgs } from "./expressionArgs";
import type { ScheduledMinimumArgs } from "./scheduleArgs";
import { SignalName } from "./signals/signalName";
import { AdjustmentType, type StepPolicy } from "./stepAdjustments";

/** How a dimension scales; the names are those of the argument `policy`. */
export const PolicyName = { Step: "step", TargetTracking: "targetTracking" } as const;
export type PolicyName = (typeof PolicyName)[keyof typeof PolicyName];

/** What a dimension scales on, when and how far, in percent of the capacity asked for. All plain values, known at preview. */
export interface ScalingArgs {
  /** step: steps at two thresholds. targetTracking: Application Auto Scaling's own alarms keep the signal at the target. Default step. */
  policy?: string;
  /**
   * throughput: records (and bytes) against what the capacity can take. Of an application also cpu (containerCPUUtilization), busyTime
   * (of `busyTask`), lag (out by seconds of lag, in by throughput; step only). expression: a quantity of your own. Default throughput.
   */
  signal?: string;
  /** Task whose busy time counts, as CloudWatch names it: the job's bottleneck. Needed with signal busyTime. */
  busyTask?: string;
  /** Seconds of lag at or above which it scales out with signal lag. Default 300. 1..86400, above restartSeconds. */
  scaleOutLagSeconds?: number;
  /** The quantity to scale on, with thresholds of its own. Needed with signal expression. */
  expression?: ExpressionArgs;
  /** Utilisation at or above which it scales out. Default 75. 1..1000, for shards below 200. */
  scaleOutPercent?: number;
  /** Utilisation that one scaling aims at, between the thresholds. Default 50 for shards, 60 for KPUs. 1..99. */
  targetPercent?: number;
  /** Utilisation below which it scales in. Default 30 for shards, 35 for KPUs. 1..99. */
  scaleInPercent?: number;
  /** Minutes that the scale-out alarm looks at. Default 2. 1..1440. */
  scaleOutMinutes?: number;
  /** Minutes of these that must be at or above the threshold. Default 2. 1..scaleOutMinutes. */
  scaleOutDatapoints?: number;
  /** Minutes that the scale-in alarm looks at. Default 90. 1..1440. */
  scaleInMinutes?: number;
  /** Minutes of these that must be below the threshold. Default 90. 1..scaleInMinutes. */
  scaleInDatapoints?: number;
  /** Seconds after scaling out in which it doesn't scale out further: the window and 3 minutes, 4 with one datapoint, or more. Default 300. */
  scaleOutCooldownSeconds?: number;
  /** Seconds after scaling in in which it doesn't scale in further: 5 minutes and those of the window beyond the datapoints, or more. Default 5400. */
  scaleInCooldownSeconds?: number;
  /** Steps of scaling out. Default: derived from the target. */
  scaleOutSteps?: StepPolicy;
  /** Steps of scaling in. Default: derived from the target. */
  scaleInSteps?: StepPolicy;
  /** Whether target tracking only scales out. Default false. */
  disableScaleIn?: boolean;
  /** Minimums for some time: office hours, nights. Default: none. */
  schedule?: ScheduledMinimumArgs[];
  /** What is not done until it is taken out again: out, in, scheduled. Default: nothing is suspended. */
  suspended?: string[];
}

export const suspendable = ["out", "in", "scheduled"] as const;

/** The scaling of a dimension with its defaults. */
export type ScalingSettings = WithDefaults<ScalingArgs, typeof scalingFields>;

const steps = z.strictObject({
  adjustmentType: z.enum(Object.values(AdjustmentType)),
  minAdjustmentMagnitude: z.number().int().min(1).optional(),
  steps: z.array(
    z.strictObject({ lowerBound: z.number().optional(), upperBound: z.number().optional(), adjustment: z.number().int() }),
  ),
});
const allowedSteps = "a step policy: { adjustmentType, minAdjustmentMagnitude, steps: [{ lowerBound, upperBound, adjustment }] }";

/** The scale-in threshold lies below what a minute that isn't known counts as (`unknownPercent`). */
export const scalingFields = {
  policy: oneOf<PolicyName>(Object.values(PolicyName), PolicyName.Step),
  signal: oneOf<SignalName>(Object.values(SignalName), SignalName.Throughput),
  busyTask: text(/^\S{1,255}$/, "a task's name, its spaces as _"),
  scaleOutLagSeconds: whole(1, 86_400, 300),
  expression: object(z.looseObject({}), "an expression: { math, metrics, unit, scaleOutAt, target, scaleInAt }"),
  scaleOutPercent: whole(1, 1000, 75),
  targetPercent: whole(1, 1000, 60),
  scaleInPercent: whole(1, 99, 35),
  scaleOutMinutes: whole(1, 1440, 2),
  scaleOutDatapoints: whole(1, 1440, 2),
  scaleInMinutes: whole(1, 1440, 90),
  scaleInDatapoints: whole(1, 1440, 90),
  scaleOutCooldownSeconds: whole(0, 86_400, 300),
  scaleInCooldownSeconds: whole(0, 86_400, 5400),
  scaleOutSteps: object(steps, allowedSteps),
  scaleInSteps: object(steps, allowedSteps),
  disableScaleIn: flag(false),
  schedule: {
    ...object(z.array(z.looseObject({})), "a list of minimums: [{ minimum, from, to, days, schedule, timezone }]"),
    fallback: [],
  },
  suspended: { ...object(z.array(z.enum(suspendable)), `a list of ${suspendable.join(", ")}`), fallback: [] },
} satisfies FieldsOf<ScalingArgs>;

/** What counts for a dimension of this kind. */
export function scalingSettings(args: ScalingArgs, kind: DimensionKind): ScalingSettings {
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) as ScalingArgs;
  return withDefaults({ ...kind.thresholds, ...given }, scalingFields);
}
