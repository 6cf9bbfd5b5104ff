"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ShardScaling = void 0;
const pulumi = require("@pulumi/pulumi");
const problem_1 = require("../problem");
const scaleDimension_1 = require("./scaleDimension");
const shardScalingArgs_1 = require("./shardScalingArgs");
/**
 * A scalable target for the shards of a stream, a step scaling policy in each direction, and the alarm that triggers each.
 *
 *     new ShardScaling("orders", { endpoint: scaler.url, names, maxShards: 128 });
 */
class ShardScaling extends pulumi.ComponentResource {
    /** ARNs of the scale-out and the scale-in alarm. */
    alarmArns;
    /** Resource id of the scalable target. */
    resourceId;
    constructor(name, args, opts) {
        super("sluice:index:ShardScaling", name, (0, problem_1.checked)(args, `ShardScaling ${name}`, (0, shardScalingArgs_1.validateShardScaling)(args)), opts);
        const { endpoint, names, suspended } = args;
        const { alarmArns, resourceId } = (0, scaleDimension_1.scaleDimension)(name, { ...(0, shardScalingArgs_1.scaledShards)(args), id: names.streamDimension, endpoint, suspended: suspended ?? false }, this);
        this.alarmArns = alarmArns;
        this.resourceId = resourceId;
        this.registerOutputs({ alarmArns, resourceId });
    }
}
exports.ShardScaling = ShardScaling;
