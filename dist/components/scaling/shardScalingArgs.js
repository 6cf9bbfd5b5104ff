"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.shardScalingFields = exports.shardBoundFields = void 0;
exports.scaledShards = scaledShards;
exports.validateShardScaling = validateShardScaling;
exports.shardScalingRules = shardScalingRules;
const fields_1 = require("../fields");
const boundsCheck_1 = require("./boundsCheck");
const dimensionKind_1 = require("./dimensionKind");
const dimensionFields_1 = require("./dimensionFields");
const scalingArgs_1 = require("./scalingArgs");
const scalingCheck_1 = require("./scalingCheck");
const signals_1 = require("./signals");
/** The shards as a scaling policy and the dashboard see them. */
function scaledShards(args) {
    const { names, minShards, maxShards } = (0, fields_1.withDefaults)(args, exports.shardBoundFields);
    return {
        kind: dimensionKind_1.shardKind,
        bounds: { min: minShards, max: maxShards },
        scaling: (0, scalingArgs_1.scalingSettings)(args.scaling ?? {}, dimensionKind_1.shardKind),
        utilisation: (direction) => (0, signals_1.streamUtilisation)(direction, names),
    };
}
exports.shardBoundFields = { minShards: (0, fields_1.whole)(1, 10_000, 1), maxShards: (0, fields_1.whole)(1, 10_000, 64) };
exports.shardScalingFields = { ...exports.shardBoundFields, ...dimensionFields_1.dimensionFields };
/** What is wrong with the arguments; [] when they are fine. */
function validateShardScaling(args) {
    const problems = (0, fields_1.fieldProblems)(args, exports.shardScalingFields, "");
    return [...problems, ...shardScalingRules(args, problems, "")];
}
/** Rules that span arguments: bounds and thresholds. @param problems what is wrong with each argument by itself. */
function shardScalingRules(args, problems, at) {
    const { minShards, maxShards, ...rest } = (0, fields_1.withDefaults)(args, exports.shardBoundFields);
    const known = (0, fields_1.areRight)(problems, at, ["minShards", "maxShards"]);
    const names = { min: "minShards", max: "maxShards", ...((0, fields_1.areRight)(problems, at, ["shards"]) ? { initial: "shards" } : {}) };
    const bounds = known ? (0, boundsCheck_1.boundsProblems)({ ...rest, minShards, maxShards }, names, at) : [];
    const usable = known && minShards <= maxShards ? { min: minShards, max: maxShards } : undefined;
    return [...bounds, ...(0, scalingCheck_1.validateScaling)(args.scaling ?? {}, dimensionKind_1.shardKind, usable, `${at}scaling.`)];
}
