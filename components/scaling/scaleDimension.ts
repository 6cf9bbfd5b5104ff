import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { apiResource } from "../../scaler/names";
import type { ScaledDimension } from "./scaledDimension";
import { PolicyName } from "./scalingArgs";
import { scheduledMinimums } from "./scheduledMinimums";
import { stepScaling } from "./stepScaling";
import { targetTracking } from "./targetTracking";

/** What Application Auto Scaling needs to scale a dimension. */
export interface ScalableDimension extends ScaledDimension {
  /** The scaler's endpoint, with stage and without a slash at the end. */
  endpoint: pulumi.Input<string>;
  /** Id of the dimension in the endpoint's path. */
  id: pulumi.Input<string>;
}

export interface DimensionScaling {
  /** ARNs of the alarms that trigger the policies. */
  alarmArns: pulumi.Output<string[]>;
  /** Resource id of the scalable target. */
  resourceId: pulumi.Output<string>;
}

/** The scalable target of a dimension, and the policies that scale it. */
export function scaleDimension(name: string, dimension: ScalableDimension, parent: pulumi.Resource): DimensionScaling {
  const { endpoint, id, bounds, scaling } = dimension;
  const { policy, schedule, suspended } = scaling;
  const target = new aws.appautoscaling.Target(
    `${name}-target`,
    {
      serviceNamespace: "custom-resource",
      scalableDimension: "custom-resource:ResourceType:Property",
      resourceId: pulumi.interpolate`${endpoint}/${apiResource}/${id}`,
      minCapacity: bounds.min,
      maxCapacity: bounds.max,
      suspendedState: {
        dynamicScalingInSuspended: suspended.includes("in"),
        dynamicScalingOutSuspended: suspended.includes("out"),
        scheduledScalingSuspended: suspended.includes("scheduled"),
      },
    },
    // A schedule owns the minimum: what it set is no drift, and without a schedule the minimum above is back.
    { parent, ignoreChanges: schedule.length > 0 ? ["minCapacity"] : [] },
  );
  scheduledMinimums(name, schedule, bounds.min, target, parent);
  const scale = policy === PolicyName.TargetTracking ? targetTracking : stepScaling;
  return { alarmArns: scale(name, dimension, target, parent), resourceId: target.resourceId };
}
