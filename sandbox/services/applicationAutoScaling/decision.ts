import { minute } from "../../core/clock";
import type { ScalingTrigger } from "../../core/peers";
import { adjustedCapacity, aggregate, chooseStep } from "./stepAdjustments";
import { trackedCapacity } from "./targetTracking";
import type { NotScaledReason, ScalableTarget, ScalingPolicy } from "./types";

/** What one policy's alarm action comes to. `to` is the resulting capacity: the current one when nothing changes. */
export interface Proposal {
  policy: ScalingPolicy;
  trigger: ScalingTrigger;
  to: number;
  /** Undefined when nothing changes. */
  direction?: "out" | "in";
  added: number;
  /** Why nothing changes, for people. */
  words: string;
  /** AWS's reason where it has a code; cooldowns and suspensions have none. */
  reason?: NotScaledReason;
  /** A suspended or not yet agreed scale-in doesn't speak against another policy's scaling. */
  stepsAside?: boolean;
}

export interface Capacities {
  actual: number;
  desired: number;
}

export type PercentBase = "desired" | "actual";

/**
 * Decides over all policies that fired at one instant: the largest resulting capacity wins, for scaling out and in (PutScalingPolicy,
 * API Reference). Undefined when there is nothing to say.
 */
export function decide(
  target: ScalableTarget,
  now: number,
  capacities: Capacities,
  percentBase: PercentBase,
): Proposal | undefined {
  const proposals = target.pending.map(({ policy, trigger }) => propose(target, policy, trigger, now, capacities, percentBase));
  const standing = proposals.filter((proposal) => !proposal.stepsAside);
  const rank = (a: Proposal, b: Proposal) => b.to - a.to || Number(b.direction !== undefined) - Number(a.direction !== undefined);
  return [...standing].sort(rank)[0] ?? proposals[0];
}

function propose(
  target: ScalableTarget,
  policy: ScalingPolicy,
  trigger: ScalingTrigger,
  now: number,
  capacities: Capacities,
  percentBase: PercentBase,
): Proposal {
  const cooldown = target.cooldown && target.cooldown.until > now ? target.cooldown : undefined;
  const current = capacities[percentBase];
  const counted = cooldown?.direction === "out" ? cooldown.added : 0;
  const wanted = wantedCapacity(policy, trigger, current, counted);
  const { direction, base } = wanted;
  const to = Math.min(Math.max(wanted.capacity, target.min), target.max);
  const held = { policy, trigger, to: capacities.desired, added: 0 };
  if (direction === "out") {
    if (target.suspended.DynamicScalingOutSuspended) return { ...held, words: "scaling out is suspended", stepsAside: true };
    if (to > capacities.desired) return { policy, trigger, to, direction, added: to - base, words: "" };
    return { ...held, ...whyNotOut(target, wanted.capacity, capacities.desired, cooldown !== undefined && counted > 0) };
  }
  if (direction === "in") {
    if (target.suspended.DynamicScalingInSuspended) return { ...held, words: "scaling in is suspended", stepsAside: true };
    if (!allTrackersAgree(target, policy, now)) {
      return { ...held, words: "not all target tracking policies are ready to scale in", stepsAside: true };
    }
    if (to >= capacities.desired) return { ...held, ...whyNotIn(target, wanted.capacity, capacities.desired) };
    // Undocumented: "blocked until the cooldown period has expired" is read as blocked before it begins, too.
    if (target.running) return { ...held, words: "its effect does not override in-progress scaling actions" };
    if (cooldown?.direction === "in") return { ...held, words: "the cooldown of the previous scale-in has not expired" };
    return { policy, trigger, to, direction, added: 0, words: "" };
  }
  if (policy.targetTracking) return { ...held, ...anticipatedFlapping(capacities.desired) };
  return { ...held, ...alreadyAtDesired(capacities.desired) };
}

/** The capacity before the target's bounds, its direction, and the capacity that the change was counted from. */
function wantedCapacity(policy: ScalingPolicy, trigger: ScalingTrigger, current: number, counted: number) {
  const from = (base: number) => {
    if (policy.targetTracking) return trackedCapacity(policy, trigger, base);
    const configuration = policy.step!;
    const breach = aggregate(trigger.datapoints, configuration.MetricAggregationType) - trigger.threshold;
    const step = chooseStep(configuration.StepAdjustments, breach);
    return step ? adjustedCapacity(configuration, step, base) : base;
  };
  // What the cooldown's scale-out added counts towards the next scale-out only; a scale-in starts from what is there.
  const base = current - counted;
  const capacity = from(base);
  const exact = policy.step?.AdjustmentType === "ExactCapacity";
  if (capacity > (exact ? current : base)) return { capacity, direction: "out" as const, base };
  const reduced = from(current);
  if (reduced < current) return { capacity: reduced, direction: "in" as const, base: current };
  return { capacity: reduced, direction: undefined, base: current };
}

/** "It will scale in only if all of the target tracking policies (with the scale-in portion enabled) are ready to scale in." */
function allTrackersAgree(target: ScalableTarget, policy: ScalingPolicy, now: number): boolean {
  if (!policy.targetTracking) return true;
  return [...target.policies.values()].every(
    (other) =>
      !other.targetTracking ||
      other.targetTracking.DisableScaleIn ||
      (other.lowAlarmFiredAt !== undefined && now - other.lowAlarmFiredAt < minute),
  );
}

function whyNotOut(target: ScalableTarget, wanted: number, desired: number, cooling: boolean) {
  if (wanted > target.max && desired >= target.max) {
    return {
      words: `already at the maximum capacity of ${target.max}`,
      reason: { Code: "AlreadyAtMaxCapacity", MaxCapacity: target.max },
    };
  }
  if (target.running) {
    return { ...alreadyAtDesired(desired), words: "its effect does not override in-progress scaling actions" };
  }
  if (cooling) return { words: "the cooldown has not expired and no larger scale out is triggered" };
  return alreadyAtDesired(desired);
}

function whyNotIn(target: ScalableTarget, wanted: number, desired: number) {
  if (wanted < target.min && desired <= target.min) {
    return {
      words: `already at the minimum capacity of ${target.min}`,
      reason: { Code: "AlreadyAtMinCapacity", MinCapacity: target.min },
    };
  }
  return alreadyAtDesired(desired);
}

function alreadyAtDesired(desired: number): { words: string; reason: NotScaledReason } {
  return {
    words: `the revised capacity equals the current capacity of ${desired}`,
    reason: { Code: "AlreadyAtDesiredCapacity", CurrentCapacity: desired },
  };
}

/** One unit less would put the metric above its target again. */
function anticipatedFlapping(desired: number): { words: string; reason: NotScaledReason } {
  return {
    words: "scaling in would lead to flapping",
    reason: { Code: "AutoScalingAnticipatedFlapping", CurrentCapacity: desired },
  };
}

/** True when one of the policy's steps holds the trigger's breach. */
export function hasStep(policy: ScalingPolicy, trigger: ScalingTrigger): boolean {
  if (!policy.step) return true;
  const breach = aggregate(trigger.datapoints, policy.step.MetricAggregationType) - trigger.threshold;
  return chooseStep(policy.step.StepAdjustments, breach) !== undefined;
}
