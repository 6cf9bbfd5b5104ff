import type * as pulumi from "@pulumi/pulumi";
import { areRight, fieldProblems, oneOf, required, whole, withDefaults, type FieldsOf } from "../fields";
import { Mode, modeField } from "../mode";
import type { PipelineNames } from "../names";
import type { Problem } from "../problem";
import { boundsProblems } from "./boundsCheck";
import { kpuKind } from "./dimensionKind";
import type { Bounds, ScaledDimension } from "./scaledDimension";
import { leastCatchUpSeconds, worstScaleIn } from "./flapCheck";
import { dimensionFields } from "./dimensionFields";
import { trackedScaleIn } from "./trackedScaleIn";
import { PolicyName, scalingSettings, type ScalingArgs, type ScalingSettings } from "./scalingArgs";
import { validateScaling } from "./scalingCheck";
import { flinkUtilisation, shortLagSeconds } from "./signals/application";
import { applicationSignal } from "./signals/applicationSignal";
import { LagMetric } from "./signals/lag";
import { toScaleOut } from "./signals/reading";
import { derivedSteps, scaledOn, thresholdsOf } from "./signals/signal";
import { SignalName } from "./signals/signalName";

/** What an application's utilisation is computed from. All plain values. */
export interface KpuSignalArgs {
  /** Records that one KPU processes in a minute: the job's own figure, which has no default. docs/configuration.md says how to measure it. */
  recordsPerKpuPerMinute: number;
  /** Seconds that the job stands still when it is rescaled. Default 60. 1..3600. */
  restartSeconds?: number;
  /** Seconds in which a backlog is to be worked off; more than what a restart's own backlog would scale out by. Default 900. 1..86400. */
  catchUpSeconds?: number;
  /** Seconds of lag that count as 100 % where scaling in is decided. Default 60. 1..86400. */
  lagForScaleInSeconds?: number;
  /** Where the lag is read. Default flink. */
  lagMetric?: LagMetric;
}

/** Application Auto Scaling of an application's KPUs. */
export interface KpuScalingArgs extends KpuSignalArgs {
  /** The scaler's endpoint, with stage and without a slash at the end; its scaler knows the application. */
  endpoint: pulumi.Input<string>;
  /** Names that the metrics' dimensions are made of. */
  names: PipelineNames;
  /** Least KPUs. Default 1. 1..1024. Must be a plain value. */
  minKpus?: number;
  /** Most KPUs. Default 64, AWS's quota. minKpus..1024. Must be a plain value. */
  maxKpus?: number;
  /** The scaler's mode, act or observe: in observe mode the backlog that fewer KPUs than asked for leave doesn't count. Default act. Must be a plain value. */
  mode?: string;
  /** When and how far it scales. Default: between 35 and 75 %, aiming at 60 %. */
  scaling?: ScalingArgs;
}

/** The KPUs as a scaling policy and the dashboard see them. */
export function scaledKpus(args: Omit<KpuScalingArgs, "endpoint">): ScaledDimension {
  const { names, minKpus, maxKpus, mode, ...given } = withDefaults(args, {
    ...kpuBoundFields,
    ...kpuSignalFields,
    mode: modeField,
  });
  const signal = { ...given, observed: mode === Mode.Observe };
  const scaling = scalingSettings(args.scaling ?? {}, kpuKind);
  const bounds = { min: minKpus, max: maxKpus };
  const utilisation = () => flinkUtilisation(toScaleOut, names, signal);
  return scaledOn(applicationSignal(scaling, names, signal), kpuKind, bounds, scaling, utilisation);
}

export const kpuBoundFields = { minKpus: whole(1, 1024, 1), maxKpus: whole(1, 1024, 64) };
const kpuBounds = { min: "minKpus", max: "maxKpus", initial: "kpus" };

const measureIt =
  "it has no default: it is your job's own figure (records that one KPU processes in a minute), allowed is 1 or more. " +
  "Measure it: what the job reads in a minute while it works off a backlog, divided by its KPUs (docs/configuration.md)";

export const kpuSignalFields = {
  recordsPerKpuPerMinute: required(whole(1, 1_000_000_000), measureIt),
  restartSeconds: whole(1, 3600, 60),
  catchUpSeconds: whole(1, 86_400, 900),
  lagForScaleInSeconds: whole(1, 86_400, 60),
  lagMetric: oneOf(Object.values(LagMetric), LagMetric.Flink),
};

export const kpuScalingFields = {
  ...kpuBoundFields,
  ...kpuSignalFields,
  mode: modeField,
  ...dimensionFields,
} satisfies FieldsOf<KpuScalingArgs>;

/** What is wrong with the arguments; [] when they are fine. */
export function validateKpuScaling(args: KpuScalingArgs): Problem[] {
  const problems = fieldProblems(args, kpuScalingFields, "");
  const consumer = consumerProblems(args.lagMetric, args.names?.consumerName, "lagMetric", "names.consumerName");
  return [...problems, ...consumer, ...kpuScalingRules(args, problems, "")];
}

/** Rules that span arguments: bounds, thresholds, and the backlog that a restart leaves. @param problems what is wrong with each by itself. */
export function kpuScalingRules(
  args: Pick<KpuScalingArgs, "minKpus" | "maxKpus" | "restartSeconds" | "catchUpSeconds" | "scaling"> & { kpus?: number },
  problems: readonly Problem[],
  at: string,
): Problem[] {
  const { minKpus: min, maxKpus: max, ...rest } = withDefaults(args, { ...kpuBoundFields, ...kpuSignalFields });
  const bounds = areRight(problems, at, [kpuBounds.min, kpuBounds.max]) ? { min, max } : undefined;
  const initial = areRight(problems, at, [kpuBounds.initial]) ? args.kpus : undefined;
  const scaling = validateScaling(args.scaling ?? {}, kpuKind, bounds, `${at}scaling.`);
  return [
    ...(bounds ? boundsProblems(bounds, initial, kpuBounds, at) : []),
    ...scaling,
    ...restartProblems(rest, bounds, [...problems, ...scaling], at),
  ];
}

/** The lag of an enhanced fan-out consumer has the consumer's name. */
export function consumerProblems(
  lagMetric: string | undefined,
  consumerName: string | undefined,
  lagPath: string,
  consumerPath: string,
): Problem[] {
  if (lagMetric !== LagMetric.EnhancedFanOut || consumerName) return [];
  const text = `\`${lagPath}\` "efo" reads the consumer's lag. Set its name, or another \`${lagPath}\``;
  return [{ path: consumerPath, value: consumerName, text }];
}

/** The backlog that a restart leaves by itself must not scale out. */
function restartProblems(
  args: Required<Pick<KpuScalingArgs, "restartSeconds" | "catchUpSeconds">> & Pick<KpuScalingArgs, "scaling">,
  bounds: Bounds | undefined,
  problems: readonly Problem[],
  at: string,
): Problem[] {
  const right = areRight(problems, at, ["restartSeconds", "catchUpSeconds", "scaling"]);
  if (!right) return [];
  const { restartSeconds, catchUpSeconds } = args;
  const scaling = scalingSettings(args.scaling ?? {}, kpuKind);
  const tracking = scaling.policy === PolicyName.TargetTracking;
  if (!tracking && scaling.signal === SignalName.Lag) return lagProblems(scaling, restartSeconds, at);
  if (scaling.signal === SignalName.Expression) return [];
  const fullMinute = tracking ? [] : fullMinuteProblems(scaling, bounds, at);
  const { least, reaches, lower } = tracking
    ? afterTracking(scaling, restartSeconds, at)
    : afterSteps(scaling, bounds, restartSeconds, at);
  if (catchUpSeconds > least) return fullMinute;
  const text =
    `it would flap: the backlog that a restart of ${restartSeconds} s leaves ${reaches}; ` +
    `allowed is more than ${round(least)}. Raise it, or ${lower}`;
  return [{ path: `${at}catchUpSeconds`, value: catchUpSeconds, text }, ...fullMinute];
}

/** The highest utilisation that a scaling leads to in percent, and what to lower for less. */
function highestAfterScaling(scaling: ScalingSettings, bounds: Bounds | undefined): [percent: number, cause: string] {
  const { targetPercent, scaleInPercent } = scaling;
  const steps = bounds && (scaling.scaleInSteps ?? derivedSteps(thresholdsOf(scaling, kpuKind), kpuKind, bounds).in);
  const worst = steps && worstScaleIn(steps, scaleInPercent, bounds.min, bounds.max);
  const afterIn = worst?.newUtilisation ?? 0;
  return afterIn > targetPercent ? [afterIn, "scaleInPercent"] : [targetPercent, "targetPercent"];
}

/** The job is full until a short lag, which is no backlog, is worked off: after a restart that must not be a second minute to scale out by. */
function fullMinuteProblems(scaling: ScalingSettings, bounds: Bounds | undefined, at: string): Problem[] {
  const { signal, scaleOutPercent: out } = scaling;
  if (signal !== SignalName.Cpu && signal !== SignalName.BusyTime) return [];
  const [percent, cause] = highestAfterScaling(scaling, bounds);
  const minute = percent * (1 + shortLagSeconds / 60);
  if (minute < out) return [];
  const text =
    `it would flap: at ${round(percent)} %, where a scaling can lead, ${shortLagSeconds} s of lag make a minute of ${round(minute)} %; ` +
    `allowed is more than that. Raise it, or lower \`${at}scaling.${cause}\``;
  return [{ path: `${at}scaling.scaleOutPercent`, value: out, text }];
}

/** A restart at the target, or where a scaling in leaves more, must stay below the scale-out threshold. */
function afterSteps(scaling: ScalingSettings, bounds: Bounds | undefined, restartSeconds: number, at: string) {
  const { scaleOutPercent: out } = scaling;
  const [percent, cause] = highestAfterScaling(scaling, bounds);
  return {
    least: leastCatchUpSeconds(restartSeconds, percent, out),
    reaches: `at ${round(percent)} % reaches \`${at}scaling.scaleOutPercent\` (${out})`,
    lower: `lower \`${at}scaling.${cause}\``,
  };
}

/**
 * Target tracking scales in below 90 % of the target, and out above it: between them lies a restart's backlog. At the target, where a
 * scaling in may lead, it must drain in time: else it counts as demand.
 */
function afterTracking({ targetPercent: target }: ScalingSettings, restartSeconds: number, at: string) {
  const least = leastCatchUpSeconds(restartSeconds, trackedScaleIn * target, target);
  const drained = leastCatchUpSeconds(restartSeconds, target, 100);
  return {
    least: Math.max(least, drained),
    reaches:
      drained > least
        ? `at ${target} % isn't worked off before it counts as demand`
        : `at 90 % of the target reaches \`${at}scaling.targetPercent\` (${target})`,
    lower: drained > least ? `lower \`${at}scaling.targetPercent\`` : "take the policy step",
  };
}

const round = (value: number) => Math.round(value * 10) / 10;

function lagProblems({ scaleOutLagSeconds: lag }: ScalingSettings, restartSeconds: number, at: string): Problem[] {
  if (lag > restartSeconds) return [];
  const text = `allowed is more than \`${at}restartSeconds\` (${restartSeconds}), the lag that each restart leaves. Raise it`;
  return [{ path: `${at}scaling.scaleOutLagSeconds`, value: lag, text }];
}
