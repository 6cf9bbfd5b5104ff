import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { apiResource } from "../../scaler/names";
import type { ScaledDimension } from "./scaledDimension";
import { stepScaling } from "./stepScaling";

/** What Application Auto Scaling needs to scale a dimension. */
export interface ScalableDimension extends ScaledDimension {
  /** The scaler's endpoint, with stage and without a slash at the end. */
  endpoint: pulumi.Input<string>;
  /** Id of the dimension in the endpoint's path. */
  id: pulumi.Input<string>;
  suspended: pulumi.Input<boolean>;
}

export interface DimensionScaling {
  /** ARNs of the scale-out and the scale-in alarm. */
  alarmArns: pulumi.Output<string[]>;
  /** Resource id of the scalable target. */
  resourceId: pulumi.Output<string>;
}

/** The scalable target of a dimension, and the policies that scale it. */
export function scaleDimension(name: string, dimension: ScalableDimension, parent: pulumi.Resource): DimensionScaling {
  const { endpoint, id, bounds, suspended } = dimension;
  const target = new aws.appautoscaling.Target(
    `${name}-target`,
    {
      serviceNamespace: "custom-resource",
      scalableDimension: "custom-resource:ResourceType:Property",
      resourceId: pulumi.interpolate`${endpoint}/${apiResource}/${id}`,
      minCapacity: bounds.min,
      maxCapacity: bounds.max,
      suspendedState: {
        dynamicScalingInSuspended: suspended,
        dynamicScalingOutSuspended: suspended,
        scheduledScalingSuspended: suspended,
      },
    },
    { parent },
  );
  const alarms = stepScaling(name, dimension, target, parent);
  return { alarmArns: pulumi.all(alarms.map(({ arn }) => arn)), resourceId: target.resourceId };
}
