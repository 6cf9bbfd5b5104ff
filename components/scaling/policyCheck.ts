import type { Problem } from "../problem";
import type { DimensionKind } from "./dimensionKind";
import { PolicyName, type ScalingSettings } from "./scalingArgs";
import { SignalName } from "./signals/signalName";

/** Says something of an argument of the dimension's scaling. */
export type About = (name: keyof ScalingSettings, text: string) => Problem;

/** Signals that are high for a minute after every restart. */
const highAfterRestarts: readonly string[] = [SignalName.BusyTime, SignalName.Cpu, SignalName.Lag];

/** What of policy and signal doesn't go together, and what they need or can't use. @param at the path of the dimension's scaling. */
export function policyProblems(scaling: ScalingSettings, kind: DimensionKind, about: About, at: string): Problem[] {
  const { policy, signal } = scaling;
  const unfit = kind.unfit[signal];
  if (unfit) return [about("signal", `it doesn't fit: ${unfit}`)];
  const tracking = policy === PolicyName.TargetTracking;
  return [
    ...signalProblems(scaling, about, at),
    ...(tracking ? trackingProblems(scaling, about, at) : steppingProblems(scaling, about, at)),
  ];
}

function signalProblems({ signal, busyTask, expression }: ScalingSettings, about: About, at: string): Problem[] {
  const needs = (name: "busyTask" | "expression", what: string) => about(name, `\`${at}signal\` ${signal} needs ${what}. Set it`);
  const unused = (name: "busyTask" | "expression", of: string) =>
    about(name, `only \`${at}signal\` ${of} reads it, and the signal is ${signal}. Remove it, or change the signal`);
  return [
    ...(signal === SignalName.BusyTime && !busyTask ? [needs("busyTask", "the name of the job's busiest task")] : []),
    ...(signal !== SignalName.BusyTime && busyTask ? [unused("busyTask", SignalName.BusyTime)] : []),
    ...(signal === SignalName.Expression && !expression ? [needs("expression", "the quantity to scale on")] : []),
    ...(signal !== SignalName.Expression && expression ? [unused("expression", SignalName.Expression)] : []),
  ];
}

/** Above it a short lag keeps the job full for more than a minute, and target tracking's three minutes are over. */
const highestMeasuredTarget = 95;

function trackingProblems(scaling: ScalingSettings, about: About, at: string): Problem[] {
  const { signal, targetPercent, scaleOutSteps, scaleInSteps } = scaling;
  const measured = signal === SignalName.Cpu || signal === SignalName.BusyTime;
  const noSteps = `\`${at}policy\` targetTracking has no steps. Remove them, or take the policy step`;
  const lag =
    `target tracking needs a quantity that halves when the capacity doubles, and a lag is no such one: it is 0 whether there is ` +
    `just enough capacity or ten times that. Take \`${at}policy\` step, or another signal`;
  const high =
    `allowed is at most ${highestMeasuredTarget} with \`${at}signal\` ${signal}: a job that full doesn't catch up after a restart before ` +
    `it would be scaled out again. Lower it`;
  return [
    ...(signal === SignalName.Lag ? [about("signal", lag)] : []),
    ...(measured && targetPercent > highestMeasuredTarget ? [about("targetPercent", high)] : []),
    ...(scaleOutSteps ? [about("scaleOutSteps", noSteps)] : []),
    ...(scaleInSteps ? [about("scaleInSteps", noSteps)] : []),
  ];
}

function steppingProblems({ signal, scaleOutDatapoints, disableScaleIn }: ScalingSettings, about: About, at: string): Problem[] {
  const restarts = `allowed is at least 2 with \`${at}signal\` ${signal}, which is high for a minute after every restart. Raise it`;
  const suspend = `only \`${at}policy\` targetTracking has it. Set \`${at}suspended\` to ["in"] instead`;
  return [
    ...(highAfterRestarts.includes(signal) && scaleOutDatapoints < 2 ? [about("scaleOutDatapoints", restarts)] : []),
    ...(disableScaleIn ? [about("disableScaleIn", suspend)] : []),
  ];
}
