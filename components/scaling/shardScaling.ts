import * as pulumi from "@pulumi/pulumi";
import { checked } from "../problem";
import { scaleDimension } from "./scaleDimension";
import { scaledShards, validateShardScaling, type ShardScalingArgs } from "./shardScalingArgs";

/**
 * A scalable target for the shards of a stream, its scaling policies, and the alarms that trigger them.
 *
 *     new ShardScaling("orders", { endpoint: scaler.url, names, maxShards: 128 });
 */
export class ShardScaling extends pulumi.ComponentResource {
  /** ARNs of the scale-out and the scale-in alarm. */
  public readonly alarmArns: pulumi.Output<string[]>;
  /** Resource id of the scalable target. */
  public readonly resourceId: pulumi.Output<string>;

  constructor(name: string, args: ShardScalingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:index:ShardScaling", name, checked(args, `ShardScaling ${name}`, validateShardScaling(args)), opts);
    const { endpoint, names } = args;
    const { alarmArns, resourceId } = scaleDimension(name, { ...scaledShards(args), id: names.streamDimension, endpoint }, this);
    this.alarmArns = alarmArns;
    this.resourceId = resourceId;
    this.registerOutputs({ alarmArns, resourceId });
  }
}
