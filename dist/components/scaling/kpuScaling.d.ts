import * as pulumi from "@pulumi/pulumi";
import { type KpuScalingArgs } from "./kpuScalingArgs";
/**
 * A scalable target for the KPUs of an application, a step scaling policy in each direction, and the alarm that triggers each.
 *
 *     new KpuScaling("orders", { endpoint: scaler.url, names, recordsPerKpuPerMinute: 30_000 });
 */
export declare class KpuScaling extends pulumi.ComponentResource {
    /** ARNs of the scale-out and the scale-in alarm. */
    readonly alarmArns: pulumi.Output<string[]>;
    /** Resource id of the scalable target. */
    readonly resourceId: pulumi.Output<string>;
    constructor(name: string, args: KpuScalingArgs, opts?: pulumi.ComponentResourceOptions);
}
