import * as pulumi from "@pulumi/pulumi";
import { type ShardScalingArgs } from "./shardScalingArgs";
/**
 * A scalable target for the shards of a stream, a step scaling policy in each direction, and the alarm that triggers each.
 *
 *     new ShardScaling("orders", { endpoint: scaler.url, names, maxShards: 128 });
 */
export declare class ShardScaling extends pulumi.ComponentResource {
    /** ARNs of the scale-out and the scale-in alarm. */
    readonly alarmArns: pulumi.Output<string[]>;
    /** Resource id of the scalable target. */
    readonly resourceId: pulumi.Output<string>;
    constructor(name: string, args: ShardScalingArgs, opts?: pulumi.ComponentResourceOptions);
}
