"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.validateScaling = validateScaling;
const fields_1 = require("../fields");
const flapCheck_1 = require("./flapCheck");
const scalingArgs_1 = require("./scalingArgs");
const stepAdjustments_1 = require("./stepAdjustments");
const thresholds = ["scaleOutPercent", "targetPercent", "scaleInPercent"];
const windows = [
    ["scaleOutDatapoints", "scaleOutMinutes"],
    ["scaleInDatapoints", "scaleInMinutes"],
];
/**
 * The scaling of one dimension: thresholds in order, windows, cooldowns, explicit steps, and no flapping.
 * @param at the path of its arguments: "stream.scaling.".
 */
function validateScaling(args, kind, bounds, at = "") {
    const problems = (0, fields_1.fieldProblems)(args, scalingArgs_1.scalingFields, at);
    const scaling = (0, scalingArgs_1.scalingSettings)(args, kind);
    const right = (...names) => (0, fields_1.areRight)(problems, at, names);
    const about = (name, text) => ({ path: at + name, value: scaling[name], text });
    const ordered = right(...thresholds) ? orderProblems(scaling, about, at) : [];
    const datapoints = windows.flatMap(([few, all]) => (right(few, all) ? windowProblems(scaling, few, all, about, at) : []));
    const cooldowns = right("scaleOutMinutes", "scaleOutDatapoints", "scaleInMinutes", "scaleInDatapoints")
        ? [
            ...(right("scaleOutCooldownSeconds") ? outCooldownProblems(scaling, about, at) : []),
            ...(right("scaleInCooldownSeconds") ? inCooldownProblems(scaling, about, at) : []),
        ]
        : [];
    const steps = ["scaleOutSteps", "scaleInSteps"].flatMap((name) => scaling[name] && right(name)
        ? (0, stepAdjustments_1.stepProblems)(scaling[name], name === "scaleOutSteps" ? "out" : "in").map((text) => about(name, text))
        : []);
    const alone = right(...thresholds, "scaleOutSteps", "scaleInSteps") && ordered.length === 0 && steps.length === 0;
    const flaps = alone && bounds ? flapProblems(scaling, kind, bounds, about, at) : [];
    return [...problems, ...ordered, ...datapoints, ...cooldowns, ...steps, ...flaps];
}
function orderProblems(scaling, about, at) {
    const { scaleOutPercent: out, targetPercent: target, scaleInPercent } = scaling;
    if (scaleInPercent < target && target < out)
        return [];
    const text = `allowed is above \`${at}scaleInPercent\` (${scaleInPercent}) and below \`${at}scaleOutPercent\` (${out}). Change one of them`;
    return [about("targetPercent", text)];
}
function windowProblems(scaling, datapoints, window, about, at) {
    if (scaling[datapoints] <= scaling[window])
        return [];
    return [about(datapoints, `allowed is at most \`${at}${window}\` (${scaling[window]}). Lower it, or raise \`${at}${window}\``)];
}
/**
 * A policy must not act twice on the same minutes. The change shows three minutes later; and when the scaler falls silent it never
 * does, while M minutes beyond the threshold keep the alarm for N - M + 5 more: so far back CloudWatch looks.
 */
function outCooldownProblems(scaling, about, at) {
    const { scaleOutMinutes, scaleOutDatapoints, scaleOutCooldownSeconds } = scaling;
    const least = 60 * Math.max(scaleOutMinutes + 3, scaleOutMinutes - scaleOutDatapoints + 5);
    if (scaleOutCooldownSeconds >= least)
        return [];
    const text = `allowed is at least ${least}: the alarm's window and the minutes until the change shows. Raise it, or lower \`${at}scaleOutMinutes\``;
    return [about("scaleOutCooldownSeconds", text)];
}
function inCooldownProblems(scaling, about, at) {
    const { scaleInMinutes, scaleInDatapoints, scaleInCooldownSeconds } = scaling;
    const least = 60 * (scaleInMinutes - scaleInDatapoints + 5);
    if (scaleInCooldownSeconds >= least)
        return [];
    const text = `allowed is at least ${least}: 5 minutes for the change to show, and those of \`${at}scaleInMinutes\` that ` +
        `\`${at}scaleInDatapoints\` doesn't ask for. Raise it, or raise \`${at}scaleInDatapoints\``;
    return [about("scaleInCooldownSeconds", text)];
}
/** After any scaling in, utilisation must stay below the scale-out threshold, for every capacity between the bounds. */
function flapProblems(scaling, kind, { min, max }, about, at) {
    const { scaleOutPercent, targetPercent, scaleInPercent } = scaling;
    const steps = scaling.scaleInSteps ?? (0, stepAdjustments_1.scaleInSteps)(scaleInPercent, targetPercent, min, max, kind.callPercent.in);
    const flap = (0, flapCheck_1.worstFlap)(steps, scaleInPercent, scaleOutPercent, min, max);
    if (!flap)
        return [];
    const { capacity, newCapacity, utilisation, newUtilisation } = flap;
    const text = `it would flap: scaling in from ${capacity} to ${newCapacity} ${kind.unit} at ${round(utilisation)} % leads to ${round(newUtilisation)} %, ` +
        `allowed is less than \`${at}scaleOutPercent\` (${scaleOutPercent}). Lower it, or raise \`${at}scaleOutPercent\` or the minimum`;
    return [about("scaleInPercent", text)];
}
const round = (value) => Math.round(value * 10) / 10;
