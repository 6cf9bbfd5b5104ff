import * as pulumi from "@pulumi/pulumi";
import { checked } from "../problem";
import { scaleDimension } from "./scaleDimension";
import { scaledKpus, validateKpuScaling, type KpuScalingArgs } from "./kpuScalingArgs";

/**
 * A scalable target for the KPUs of an application, its scaling policies, and the alarms that trigger them.
 *
 *     new KpuScaling("orders", { endpoint: scaler.url, names, recordsPerKpuPerMinute: 30_000 });
 */
export class KpuScaling extends pulumi.ComponentResource {
  /** ARNs of the scale-out and the scale-in alarm. */
  public readonly alarmArns: pulumi.Output<string[]>;
  /** Resource id of the scalable target. */
  public readonly resourceId: pulumi.Output<string>;

  constructor(name: string, args: KpuScalingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:index:KpuScaling", name, checked(args, `KpuScaling ${name}`, validateKpuScaling(args)), opts);
    const { endpoint, names } = args;
    const { alarmArns, resourceId } = scaleDimension(
      name,
      { ...scaledKpus(args), id: names.applicationDimension, endpoint },
      this,
    );
    this.alarmArns = alarmArns;
    this.resourceId = resourceId;
    this.registerOutputs({ alarmArns, resourceId });
  }
}
