import type { ScaledDimension } from "../scaling/scaledDimension";
import { trackedMinutes, trackedScaleIn } from "../scaling/trackedScaleIn";
import { times } from "./figures";
import { minutesToBegin, paceWords, type PolicyWords } from "./policyWords";

/** Target tracking in words. How far it goes is Application Auto Scaling's own affair: as far as the target is away. */
export function trackingWords({ scaling, tracked: { threshold: target }, bounds, signal }: ScaledDimension): PolicyWords {
  const { scaleOutCooldownSeconds, scaleInCooldownSeconds, disableScaleIn } = scaling;
  const back = trackedScaleIn * target;
  const window = (minutes: number) => `for ${times(minutes, "minute")}`;
  const out = (capacity: number) =>
    `out above ${signal.amount("out", target, capacity)} ${window(trackedMinutes.out)}, in proportion: ` +
    `to ${Math.min(2 * capacity, bounds.max)} at twice that`;
  return {
    at: (capacity) =>
      [
        ...(capacity < bounds.max ? [out(capacity)] : []),
        ...(capacity > bounds.min && !disableScaleIn
          ? [`in below ${signal.amount("in", back, capacity)} ${window(trackedMinutes.in)}, in proportion`]
          : []),
      ].join("; "),
    pace: paceWords(scaleOutCooldownSeconds, disableScaleIn ? undefined : scaleInCooldownSeconds),
    minutesToBegin: trackedMinutes.out + minutesToBegin,
  };
}
