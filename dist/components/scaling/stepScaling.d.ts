import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ScaledDimension } from "./scaledDimension";
/**
 * Step scaling: a policy for each direction, and the alarm that triggers it. The alarms watch a ratio, so no scaling ever needs to
 * rewrite them.
 */
export declare function stepScaling(name: string, dimension: ScaledDimension, target: aws.appautoscaling.Target, parent: pulumi.Resource): aws.cloudwatch.MetricAlarm[];
