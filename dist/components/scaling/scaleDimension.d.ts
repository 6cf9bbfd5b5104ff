import * as pulumi from "@pulumi/pulumi";
import type { ScaledDimension } from "./scaledDimension";
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
export declare function scaleDimension(name: string, dimension: ScalableDimension, parent: pulumi.Resource): DimensionScaling;
