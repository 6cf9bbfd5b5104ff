"use strict";
/**
 * Step adjustments: what a scaling policy adds or removes for how far the metric is beyond the alarm's threshold.
 * Rules of intervals and rounding: "Step scaling policies for Application Auto Scaling" (user guide).
 */
Object.defineProperty(exports, "__esModule", { value: true });
exports.maxSteps = exports.AdjustmentType = void 0;
exports.scaleOutSteps = scaleOutSteps;
exports.scaleInSteps = scaleInSteps;
exports.adjustedCapacity = adjustedCapacity;
exports.stepFor = stepFor;
exports.stepProblems = stepProblems;
/** How a step's `adjustment` is meant; Application Auto Scaling's own names. */
exports.AdjustmentType = {
    ChangeInCapacity: "ChangeInCapacity",
    PercentChangeInCapacity: "PercentChangeInCapacity",
    ExactCapacity: "ExactCapacity",
};
/** Fixed quota of Application Auto Scaling: steps in one policy. */
exports.maxSteps = 20;
/**
 * Percent steps that bring any utilisation from `scaleOutPercent` to `highestPercent` to the target or just below it: each step
 * serves the upper end of its interval. Above `highestPercent` the last step applies again after the cooldown.
 * @param callPercent what one call of the service can add. Where that leads at least halfway from the threshold to the target
 * it is enough: a second call would take as long as the first, for little.
 */
function scaleOutSteps(scaleOutPercent, targetPercent, highestPercent, callPercent = Infinity) {
    const ends = geometric(scaleOutPercent, highestPercent, exports.maxSteps);
    const enough = (scaleOutPercent + targetPercent) / 2;
    const steps = ends.slice(1).map((upper, i) => {
        const needed = Math.ceil(100 * (upper / targetPercent - 1) - 1e-9);
        const oneCall = needed > callPercent && (100 * upper) / (100 + callPercent) <= enough;
        return {
            lowerBound: round(ends[i] - scaleOutPercent),
            upperBound: round(upper - scaleOutPercent),
            adjustment: oneCall ? callPercent : needed,
        };
    });
    return percentPolicy(merged(steps).map((step, i, all) => (i === all.length - 1 ? withoutUpper(step) : step)));
}
/**
 * Percent steps that bring any utilisation below `scaleInPercent` to the target or just below it: each step serves the upper end
 * of its interval, so that capacity is removed late rather than early. The last one (-100 %) goes to the minimum: it begins where
 * the minimum suffices even for a fleet of `max`.
 * @param callPercent what one call of the service can remove; enough where it leads at least halfway.
 */
function scaleInSteps(scaleInPercent, targetPercent, min, max, callPercent = Infinity) {
    const floor = Math.max(round((targetPercent * Math.max(min, 1)) / Math.max(max, 1)), 0.01);
    if (floor >= scaleInPercent)
        return percentPolicy([{ upperBound: 0, adjustment: towardZero(scaleInPercent, targetPercent) }]);
    const ends = geometric(scaleInPercent, floor, exports.maxSteps - 1);
    const enough = (scaleInPercent + targetPercent) / 2;
    const steps = ends.slice(1).map((lower, i) => {
        const possible = towardZero(ends[i], targetPercent);
        const oneCall = -possible > callPercent && (100 * lower) / (100 - callPercent) >= enough;
        return {
            lowerBound: round(lower - scaleInPercent),
            upperBound: round(ends[i] - scaleInPercent),
            adjustment: oneCall ? -callPercent : possible,
        };
    });
    return percentPolicy([...merged(steps), { upperBound: round(floor - scaleInPercent), adjustment: -100 }]);
}
/**
 * Capacity after one step as Application Auto Scaling computes it: the step whose interval holds the value, percents rounded
 * (above 1 down, between 0 and 1 to 1, between 0 and -1 to -1, below -1 toward zero), at least the minimum magnitude, in bounds.
 */
function adjustedCapacity(policy, step, capacity, min, max) {
    return Math.min(Math.max(unboundedCapacity(policy, step, capacity), min), max);
}
function unboundedCapacity(policy, step, capacity) {
    if (policy.adjustmentType === exports.AdjustmentType.ExactCapacity)
        return step.adjustment;
    if (policy.adjustmentType === exports.AdjustmentType.ChangeInCapacity)
        return capacity + step.adjustment;
    const exact = (capacity * step.adjustment) / 100;
    const change = Math.max(Math.floor(Math.abs(exact)), policy.minAdjustmentMagnitude ?? 1);
    return capacity + Math.sign(exact) * change;
}
/** The step for a metric value: above the threshold intervals are [lower, upper), below it (lower, upper]. */
function stepFor(policy, threshold, value) {
    const distance = value - threshold;
    return policy.steps.find(({ lowerBound = -Infinity, upperBound = Infinity }) => distance >= 0 ? lowerBound <= distance && distance < upperBound : lowerBound < distance && distance <= upperBound);
}
/** What Application Auto Scaling or the direction of the policy forbids in explicit steps; [] when they are fine. */
function stepProblems(policy, direction) {
    const { adjustmentType, minAdjustmentMagnitude, steps } = policy;
    const problems = [];
    if (steps.length === 0 || steps.length > exports.maxSteps)
        problems.push(`has ${steps.length} steps; allowed are 1 to ${exports.maxSteps}`);
    if (minAdjustmentMagnitude !== undefined && adjustmentType !== exports.AdjustmentType.PercentChangeInCapacity)
        problems.push("has minAdjustmentMagnitude, which only PercentChangeInCapacity knows");
    return [...problems, ...intervalProblems(steps, direction), ...signProblems(policy, direction)];
}
function intervalProblems(steps, direction) {
    const sorted = [...steps].sort((a, b) => (a.lowerBound ?? -Infinity) - (b.lowerBound ?? -Infinity));
    const problems = [];
    for (const [i, step] of sorted.entries()) {
        const [lower, upper] = [step.lowerBound ?? -Infinity, step.upperBound ?? Infinity];
        const next = sorted[i + 1];
        if (lower >= upper)
            problems.push(`has the empty interval ${lower} to ${upper}`);
        if (next && (next.lowerBound ?? -Infinity) < upper)
            problems.push(`has steps that overlap at ${next.lowerBound ?? "no lower bound"}`);
        if (next && (next.lowerBound ?? -Infinity) > upper)
            problems.push(`has a gap between ${upper} and ${next.lowerBound}`);
    }
    const [first, last] = [sorted[0], sorted[sorted.length - 1]];
    if (direction === "out" && (first?.lowerBound !== 0 || last?.upperBound !== undefined))
        problems.push("must cover everything above the threshold: the first step has lowerBound 0, the last one no upperBound");
    if (direction === "in" && (last?.upperBound !== 0 || first?.lowerBound !== undefined))
        problems.push("must cover everything below the threshold: the first step has no lowerBound, the last one upperBound 0");
    return problems;
}
function signProblems({ adjustmentType, steps }, direction) {
    const exact = adjustmentType === exports.AdjustmentType.ExactCapacity;
    const wrong = steps.filter(({ adjustment: a }) => !Number.isInteger(a) || (exact ? a < 0 : direction === "out" ? a <= 0 : a >= 0));
    const allowed = exact ? "whole and not negative" : direction === "out" ? "whole and above 0" : "whole and below 0";
    return wrong.map(({ adjustment }) => `has the adjustment ${adjustment}; allowed is ${allowed}`);
}
/** `count` intervals of equal ratio: count + 1 ends from `from` to `to`, rounded to hundredths. */
function geometric(from, to, count) {
    const ends = Array.from({ length: count + 1 }, (_, i) => round(from * (to / from) ** (i / count)));
    return ends.filter((end, i) => end !== ends[i - 1]);
}
/** Neighbours with one adjustment become one step. */
function merged(steps) {
    const result = [];
    for (const step of steps) {
        const last = result[result.length - 1];
        if (last?.adjustment !== step.adjustment)
            result.push({ ...step });
        else if (step.lowerBound >= last.upperBound)
            last.upperBound = step.upperBound;
        else
            last.lowerBound = step.lowerBound;
    }
    return result;
}
const percentPolicy = (steps) => ({ adjustmentType: exports.AdjustmentType.PercentChangeInCapacity, steps });
const withoutUpper = ({ upperBound: _, ...step }) => step;
const towardZero = (utilisation, target) => Math.min(Math.ceil(100 * (utilisation / target - 1) - 1e-9), -1);
const round = (value) => Math.round(value * 100) / 100;
