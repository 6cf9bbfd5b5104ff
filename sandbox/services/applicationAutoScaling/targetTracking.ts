import type { ScalingTrigger } from "../../core/peers";
import type { ScalingPolicy } from "./types";

/**
 * The capacity that brings the metric to its target: proportional to the metric and rounded up, so that it never adds too little
 * nor removes too much. Undocumented which datapoint counts: the newest to scale out, the largest to scale in (the cautious one).
 */
export function trackedCapacity(policy: ScalingPolicy, trigger: ScalingTrigger, base: number): number {
  const { TargetValue, DisableScaleIn } = policy.targetTracking!;
  const high = !isLowAlarm(policy, trigger);
  const value = high ? trigger.datapoints.at(-1)! : Math.max(...trigger.datapoints);
  const capacity = Math.ceil((base * value) / TargetValue);
  if (high) return Math.max(capacity, base + 1);
  return DisableScaleIn ? base : Math.min(capacity, base);
}

export function isLowAlarm(policy: ScalingPolicy, trigger: ScalingTrigger): boolean {
  return policy.alarms.some((alarm) => alarm.name === trigger.alarmName && alarm.side === "low");
}
