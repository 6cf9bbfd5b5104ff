import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { alarmQueries } from "../metrics/alarmQueries";
import type { DimensionModel, ScaledDimension } from "./scaledDimension";
import type { Direction } from "./signals";
import { scaleInSteps, scaleOutSteps, type StepPolicy } from "./stepAdjustments";

/** One direction of a dimension's scaling. */
export interface ScalingRule {
  thresholdPercent: number;
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
): aws.cloudwatch.MetricAlarm[] {
  return (["out", "in"] as const).map((direction) => {
    const rule = scalingRule(direction, dimension);
    const policy = stepPolicy(`${name}-scale-${direction}-policy`, rule, target, parent);
    return scalingAlarm(`${name}-scale-${direction}-alarm`, direction, dimension, rule, policy, parent);
  });
}

export function scalingRule(direction: Direction, dimension: DimensionModel): ScalingRule {
  return direction === "out" ? scaleOutRule(dimension) : scaleInRule(dimension);
}

function scaleOutRule({ scaling, kind }: DimensionModel): ScalingRule {
  const { scaleOutPercent, targetPercent } = scaling;
  return {
    thresholdPercent: scaleOutPercent,
    minutes: scaling.scaleOutMinutes,
    datapoints: scaling.scaleOutDatapoints,
    cooldownSeconds: scaling.scaleOutCooldownSeconds,
    steps: scaling.scaleOutSteps ?? scaleOutSteps(scaleOutPercent, targetPercent, kind.highestPercent, kind.callPercent.out),
  };
}

function scaleInRule({ scaling, bounds: { min, max }, kind }: DimensionModel): ScalingRule {
  const { scaleInPercent, targetPercent } = scaling;
  return {
    thresholdPercent: scaleInPercent,
    minutes: scaling.scaleInMinutes,
    datapoints: scaling.scaleInDatapoints,
    cooldownSeconds: scaling.scaleInCooldownSeconds,
    steps: scaling.scaleInSteps ?? scaleInSteps(scaleInPercent, targetPercent, min, max, kind.callPercent.in),
  };
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
  { kind, utilisation }: ScaledDimension,
  { thresholdPercent, datapoints, minutes }: ScalingRule,
  policy: aws.appautoscaling.Policy,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
  const beyond = direction === "out" ? "at or above" : "below";
  return new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription: `Scales ${direction} the ${kind.description}: utilisation ${beyond} ${thresholdPercent} % in ${datapoints} of ${minutes} minutes.`,
      comparisonOperator: direction === "out" ? "GreaterThanOrEqualToThreshold" : "LessThanThreshold",
      threshold: thresholdPercent,
      evaluationPeriods: minutes,
      datapointsToAlarm: datapoints,
      // Only minutes of which something is known count: with "missing", fewer than M that breach would do once the rest is silent.
      treatMissingData: "notBreaching",
      metricQueries: alarmQueries(utilisation(direction)),
      alarmActions: [policy.arn],
    },
    { parent },
  );
}
