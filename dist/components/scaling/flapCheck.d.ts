import { type StepPolicy } from "./stepAdjustments";
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
export declare function worstFlap(scaleIn: StepPolicy, scaleInPercent: number, scaleOutPercent: number, min: number, max: number): Flap | undefined;
/** The scale-in that leaves the highest utilisation; undefined where no step removes anything. */
export declare function worstScaleIn(scaleIn: StepPolicy, scaleInPercent: number, min: number, max: number): Flap | undefined;
/**
 * Seconds that `catchUpSeconds` must exceed: a restart at the target utilisation leaves a backlog of its own length, which
 * raises the utilisation to target * (1 + restart / catchUp); that must stay below the scale-out threshold.
 */
export declare function leastCatchUpSeconds(restartSeconds: number, targetPercent: number, scaleOutPercent: number): number;
