import { adjustedCapacity, type StepPolicy } from "./stepAdjustments";

/** A scale-in after which the scale-out alarm would fire. Utilisation in percent. */
export interface Flap {
  capacity: number;
  utilisation: number;
  newCapacity: number;
  newUtilisation: number;
}

/**
 * The worst scale-in between `min` and `max` after which utilisation reaches the scale-out threshold, found by trying every
 * capacity with every step at the upper end of its interval. Undefined: none.
 */
export function worstFlap(
  scaleIn: StepPolicy,
  scaleInPercent: number,
  scaleOutPercent: number,
  min: number,
  max: number,
): Flap | undefined {
  const worst = worstScaleIn(scaleIn, scaleInPercent, min, max);
  return worst && worst.newUtilisation >= scaleOutPercent ? worst : undefined;
}

/** The scale-in that leaves the highest utilisation; undefined where no step removes anything. */
export function worstScaleIn(scaleIn: StepPolicy, scaleInPercent: number, min: number, max: number): Flap | undefined {
  let worst: Flap | undefined;
  for (let capacity = min + 1; capacity <= max; capacity++) {
    for (const step of scaleIn.steps) {
      const utilisation = Math.max(scaleInPercent + (step.upperBound ?? 0), 0);
      const newCapacity = adjustedCapacity(scaleIn, step, capacity, min, max);
      if (newCapacity >= capacity) continue;
      const newUtilisation = (utilisation * capacity) / newCapacity;
      if (newUtilisation > (worst?.newUtilisation ?? 0)) worst = { capacity, utilisation, newCapacity, newUtilisation };
    }
  }
  return worst;
}

/**
 * Seconds that `catchUpSeconds` must exceed: a restart at the target utilisation leaves a backlog of its own length, which
 * raises the utilisation to target * (1 + restart / catchUp); that must stay below the scale-out threshold.
 */
export function leastCatchUpSeconds(restartSeconds: number, targetPercent: number, scaleOutPercent: number): number {
  return (restartSeconds * targetPercent) / (scaleOutPercent - targetPercent);
}
