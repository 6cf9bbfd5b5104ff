import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { alarmQueries } from "../metrics/alarmQueries";
import type { Direction, ScaledDimension } from "./scaledDimension";
import type { StepPolicy } from "./stepAdjustments";

/** One direction of a dimension's scaling. */
export interface ScalingRule {
  /** What descriptions call what is watched, and its unit behind a number. */
  quantity: string;
  unit: string;
  /** In that unit. */
  threshold: number;
  minutes: number;
  datapoints: number;
  cooldownSeconds: number;
  steps: StepPolicy;
}

/**
 * Step scaling: a policy for each direction, and the alarm that triggers it. The alarms watch a ratio, so no scaling ever needs to
 * rewrite them.
 */
export function stepScaling(
  name: string,
  dimension: ScaledDimension,
  target: aws.appautoscaling.Target,
  parent: pulumi.Resource,
): pulumi.Output<string[]> {
  const alarms = (["out", "in"] as const).map((direction) => {
    const rule = scalingRule(dimension, direction);
    const policy = stepPolicy(`${name}-scale-${direction}-policy`, rule, target, parent);
    return scalingAlarm(`${name}-scale-${direction}-alarm`, direction, dimension, rule, policy, parent);
  });
  return pulumi.all(alarms.map(({ arn }) => arn));
}

export function scalingRule({ scaling, stepped }: ScaledDimension, direction: Direction): ScalingRule {
  const { queries: _read, ...watch } = stepped[direction];
  const window =
    direction === "out"
      ? {
          minutes: scaling.scaleOutMinutes,
          datapoints: scaling.scaleOutDatapoints,
          cooldownSeconds: scaling.scaleOutCooldownSeconds,
        }
      : {
          minutes: scaling.scaleInMinutes,
          datapoints: scaling.scaleInDatapoints,
          cooldownSeconds: scaling.scaleInCooldownSeconds,
        };
  return { ...watch, ...window };
}

function stepPolicy(
  name: string,
  { steps: { adjustmentType, minAdjustmentMagnitude, steps }, cooldownSeconds }: ScalingRule,
  target: aws.appautoscaling.Target,
  parent: pulumi.Resource,
): aws.appautoscaling.Policy {
  return new aws.appautoscaling.Policy(
    name,
    {
      policyType: "StepScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      stepScalingPolicyConfiguration: {
        adjustmentType,
        cooldown: cooldownSeconds,
        // The most loaded minute of the window decides: out scales far enough, in stays back.
        metricAggregationType: "Maximum",
        minAdjustmentMagnitude,
        stepAdjustments: steps.map(({ lowerBound, upperBound, adjustment }) => ({
          metricIntervalLowerBound: lowerBound?.toString(),
          metricIntervalUpperBound: upperBound?.toString(),
          scalingAdjustment: adjustment,
        })),
      },
    },
    { parent },
  );
}

function scalingAlarm(
  name: string,
  direction: Direction,
  { kind, stepped }: ScaledDimension,
  { quantity, unit, threshold, datapoints, minutes }: ScalingRule,
  policy: aws.appautoscaling.Policy,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
  const beyond = direction === "out" ? "at or above" : "below";
  return new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription: `Scales ${direction} the ${kind.description}: ${quantity} ${beyond} ${[threshold, unit].join(" ").trim()} in ${datapoints} of ${minutes} minutes.`,
      comparisonOperator: direction === "out" ? "GreaterThanOrEqualToThreshold" : "LessThanThreshold",
      threshold,
      evaluationPeriods: minutes,
      datapointsToAlarm: datapoints,
      // Only minutes of which something is known count: with "missing", fewer than M that breach would do once the rest is silent.
      treatMissingData: "notBreaching",
      metricQueries: alarmQueries(stepped[direction].queries()),
      alarmActions: [policy.arn],
    },
    { parent },
  );
}
