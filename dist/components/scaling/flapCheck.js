"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.worstFlap = worstFlap;
exports.worstScaleIn = worstScaleIn;
exports.leastCatchUpSeconds = leastCatchUpSeconds;
const stepAdjustments_1 = require("./stepAdjustments");
/**
 * The worst scale-in between `min` and `max` after which utilisation reaches the scale-out threshold, found by trying every
 * capacity with every step at the upper end of its interval. Undefined: none.
 */
function worstFlap(scaleIn, scaleInPercent, scaleOutPercent, min, max) {
    const worst = worstScaleIn(scaleIn, scaleInPercent, min, max);
    return worst && worst.newUtilisation >= scaleOutPercent ? worst : undefined;
}
/** The scale-in that leaves the highest utilisation; undefined where no step removes anything. */
function worstScaleIn(scaleIn, scaleInPercent, min, max) {
    let worst;
    for (let capacity = min + 1; capacity <= max; capacity++) {
        for (const step of scaleIn.steps) {
            const utilisation = Math.max(scaleInPercent + (step.upperBound ?? 0), 0);
            const newCapacity = (0, stepAdjustments_1.adjustedCapacity)(scaleIn, step, capacity, min, max);
            if (newCapacity >= capacity)
                continue;
            const newUtilisation = (utilisation * capacity) / newCapacity;
            if (newUtilisation > (worst?.newUtilisation ?? 0))
                worst = { capacity, utilisation, newCapacity, newUtilisation };
        }
    }
    return worst;
}
/**
 * Seconds that `catchUpSeconds` must exceed: a restart at the target utilisation leaves a backlog of its own length, which
 * raises the utilisation to target * (1 + restart / catchUp); that must stay below the scale-out threshold.
 */
function leastCatchUpSeconds(restartSeconds, targetPercent, scaleOutPercent) {
    return (restartSeconds * targetPercent) / (scaleOutPercent - targetPercent);
}
