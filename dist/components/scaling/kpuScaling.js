"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.KpuScaling = void 0;
const pulumi = require("@pulumi/pulumi");
const problem_1 = require("../problem");
const scaleDimension_1 = require("./scaleDimension");
const kpuScalingArgs_1 = require("./kpuScalingArgs");
/**
 * A scalable target for the KPUs of an application, a step scaling policy in each direction, and the alarm that triggers each.
 *
 *     new KpuScaling("orders", { endpoint: scaler.url, names, recordsPerKpuPerMinute: 30_000 });
 */
class KpuScaling extends pulumi.ComponentResource {
    /** ARNs of the scale-out and the scale-in alarm. */
    alarmArns;
    /** Resource id of the scalable target. */
    resourceId;
    constructor(name, args, opts) {
        super("sluice:index:KpuScaling", name, (0, problem_1.checked)(args, `KpuScaling ${name}`, (0, kpuScalingArgs_1.validateKpuScaling)(args)), opts);
        const { endpoint, names, suspended } = args;
        const { alarmArns, resourceId } = (0, scaleDimension_1.scaleDimension)(name, { ...(0, kpuScalingArgs_1.scaledKpus)(args), id: names.applicationDimension, endpoint, suspended: suspended ?? false }, this);
        this.alarmArns = alarmArns;
        this.resourceId = resourceId;
        this.registerOutputs({ alarmArns, resourceId });
    }
}
exports.KpuScaling = KpuScaling;
