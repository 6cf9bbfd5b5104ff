"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.kpuScalingFields = exports.kpuSignalFields = exports.kpuBoundFields = void 0;
exports.scaledKpus = scaledKpus;
exports.validateKpuScaling = validateKpuScaling;
exports.kpuScalingRules = kpuScalingRules;
exports.consumerProblems = consumerProblems;
const fields_1 = require("../fields");
const boundsCheck_1 = require("./boundsCheck");
const dimensionKind_1 = require("./dimensionKind");
const flapCheck_1 = require("./flapCheck");
const dimensionFields_1 = require("./dimensionFields");
const scalingArgs_1 = require("./scalingArgs");
const scalingCheck_1 = require("./scalingCheck");
const signals_1 = require("./signals");
/** The KPUs as a scaling policy and the dashboard see them. */
function scaledKpus(args) {
    const { names, minKpus, maxKpus, ...signal } = (0, fields_1.withDefaults)(args, { ...exports.kpuBoundFields, ...exports.kpuSignalFields });
    return {
        kind: dimensionKind_1.kpuKind,
        bounds: { min: minKpus, max: maxKpus },
        scaling: (0, scalingArgs_1.scalingSettings)(args.scaling ?? {}, dimensionKind_1.kpuKind),
        utilisation: (direction) => (0, signals_1.flinkUtilisation)(direction, names, signal),
    };
}
exports.kpuBoundFields = { minKpus: (0, fields_1.whole)(1, 1024, 1), maxKpus: (0, fields_1.whole)(1, 1024, 64) };
const measureIt = "it has no default: it is your job's own figure (records that one KPU processes in a minute), allowed is 1 or more. " +
    "Measure it: what the job reads in a minute while it works off a backlog, divided by its KPUs (docs/configuration.md)";
exports.kpuSignalFields = {
    recordsPerKpuPerMinute: (0, fields_1.required)((0, fields_1.whole)(1, 1_000_000_000), measureIt),
    restartSeconds: (0, fields_1.whole)(1, 3600, 60),
    catchUpSeconds: (0, fields_1.whole)(1, 86_400, 900),
    lagForScaleInSeconds: (0, fields_1.whole)(1, 86_400, 60),
    lagMetric: (0, fields_1.oneOf)(Object.values(signals_1.LagMetric), signals_1.LagMetric.Flink),
};
exports.kpuScalingFields = { ...exports.kpuBoundFields, ...exports.kpuSignalFields, ...dimensionFields_1.dimensionFields };
/** What is wrong with the arguments; [] when they are fine. */
function validateKpuScaling(args) {
    const problems = (0, fields_1.fieldProblems)(args, exports.kpuScalingFields, "");
    const consumer = consumerProblems(args.lagMetric, args.names?.consumerName, "lagMetric", "names.consumerName");
    return [...problems, ...consumer, ...kpuScalingRules(args, problems, "")];
}
/** Rules that span arguments: bounds, thresholds, and the backlog that a restart leaves. @param problems what is wrong with each by itself. */
function kpuScalingRules(args, problems, at) {
    const { minKpus, maxKpus, ...rest } = (0, fields_1.withDefaults)(args, { ...exports.kpuBoundFields, ...exports.kpuSignalFields });
    const known = (0, fields_1.areRight)(problems, at, ["minKpus", "maxKpus"]);
    const names = { min: "minKpus", max: "maxKpus", ...((0, fields_1.areRight)(problems, at, ["kpus"]) ? { initial: "kpus" } : {}) };
    const bounds = known ? (0, boundsCheck_1.boundsProblems)({ ...rest, minKpus, maxKpus }, names, at) : [];
    const usable = known && minKpus <= maxKpus ? { min: minKpus, max: maxKpus } : undefined;
    const scaling = (0, scalingCheck_1.validateScaling)(args.scaling ?? {}, dimensionKind_1.kpuKind, usable, `${at}scaling.`);
    return [...bounds, ...scaling, ...restartProblems(rest, [...problems, ...scaling], at)];
}
/** The lag of an enhanced fan-out consumer has the consumer's name. */
function consumerProblems(lagMetric, consumerName, lagPath, consumerPath) {
    if (lagMetric !== signals_1.LagMetric.EnhancedFanOut || consumerName)
        return [];
    const text = `\`${lagPath}\` "efo" reads the consumer's lag. Set its name, or another \`${lagPath}\``;
    return [{ path: consumerPath, value: consumerName, text }];
}
/** The backlog that a restart leaves by itself must not scale out. */
function restartProblems(args, problems, at) {
    const right = (0, fields_1.areRight)(problems, at, ["restartSeconds", "catchUpSeconds", "scaling.targetPercent", "scaling.scaleOutPercent"]);
    if (!right)
        return [];
    const { restartSeconds, catchUpSeconds } = args;
    const { targetPercent: target, scaleOutPercent: out } = (0, scalingArgs_1.scalingSettings)(args.scaling ?? {}, dimensionKind_1.kpuKind);
    const least = (0, flapCheck_1.leastCatchUpSeconds)(restartSeconds, target, out);
    if (catchUpSeconds > least)
        return [];
    const text = `it would flap: the backlog that a restart of ${restartSeconds} s leaves at ${target} % reaches \`${at}scaling.scaleOutPercent\` ` +
        `(${out}); allowed is more than ${Math.round(least * 10) / 10}. Raise it, or lower \`${at}scaling.targetPercent\``;
    return [{ path: `${at}catchUpSeconds`, value: catchUpSeconds, text }];
}
