import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { apiResource } from "../../scaler/names";
import { alarmQueries } from "../metrics/alarmQueries";
import type { MetricQuery } from "../metrics/metricQuery";
import { scaleInSteps, scaleOutSteps, type StepPolicy } from "./stepAdjustments";

/** When and how far one dimension scales, in percent of the capacity asked for. All plain values, known at preview. */
export interface DimensionScaling {
  /** Utilisation at or above which it scales out. */
  scaleOutPercent: number;
  /** Utilisation that one scaling aims at. Between the thresholds. */
  targetPercent: number;
  /** Utilisation below which it scales in. At most 99. */
  scaleInPercent: number;
  /** Minutes that the scale-out alarm looks at. 1..1440. */
  scaleOutMinutes: number;
  /** Minutes of these that must be at or above the threshold. 1..scaleOutMinutes. */
  scaleOutDatapoints: number;
  /** Minutes that the scale-in alarm looks at. 1..1440. */
  scaleInMinutes: number;
  /** Minutes of these that must be below the threshold. 1..scaleInMinutes. */
  scaleInDatapoints: number;
  /** Seconds after scaling out in which it doesn't scale out further. At least the window and 3 minutes, 4 with one datapoint. */
  scaleOutCooldownSeconds: number;
  /** Seconds after scaling in in which it doesn't scale in further. At least 5 minutes and those of the window beyond the datapoints. */
  scaleInCooldownSeconds: number;
  /** Steps of scaling out. Default: derived from the target. */
  scaleOutSteps?: StepPolicy;
  /** Steps of scaling in. Default: derived from the target. */
  scaleInSteps?: StepPolicy;
}

/** Application Auto Scaling for one dimension. */
export interface AutoScalingArgs {
  /** The scaler's endpoint, with stage and without a slash at the end. */
  endpoint: pulumi.Input<string>;
  /** Id of the dimension in the endpoint's path. */
  id: pulumi.Input<string>;
  /** What the alarms' descriptions call the dimension, e.g. "shards of the stream". */
  description: pulumi.Input<string>;
  /** Least capacity in shards or KPUs. 1 or more. Must be a plain value. */
  min: number;
  /** Most capacity in shards or KPUs. `min` or more. Must be a plain value. */
  max: number;
  /** Whether nothing is scaled until this is false again. Default false. */
  suspended?: pulumi.Input<boolean>;
  /** When and how far it scales. */
  scaling: DimensionScaling;
  /** Utilisation that scaling out reads, as metric math; the row with returnData is compared. At most 10 metrics. */
  scaleOutUtilisation: pulumi.Input<MetricQuery[]>;
  /** Utilisation that scaling in reads. */
  scaleInUtilisation: pulumi.Input<MetricQuery[]>;
  /** Utilisation up to which steps are derived, in percent. Above scaleOutPercent. Must be a plain value. */
  highestPercent: number;
  /** Percent that one call of the service can add. Default: any. Must be a plain value. */
  callOutPercent?: number;
  /** Percent that one call of the service can remove. Default: any. Must be a plain value. */
  callInPercent?: number;
}

/**
 * A scalable target, a step scaling policy in each direction, and the alarm that triggers each. The alarms watch a ratio, so no
 * scaling ever needs to rewrite them.
 *
 *     new AutoScaling("orders-stream", { endpoint: scaler.url, id: "orders-stream", min: 1, max: 64, ... });
 */
export class AutoScaling extends pulumi.ComponentResource {
  /** ARNs of the scale-out and the scale-in alarm. */
  public readonly alarmArns: pulumi.Output<string[]>;
  /** Resource id of the scalable target. */
  public readonly resourceId: pulumi.Output<string>;

  constructor(name: string, args: AutoScalingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:index:AutoScaling", name, args, opts);
    const suspended = args.suspended ?? false;

    const target = new aws.appautoscaling.Target(
      `${name}-target`,
      {
        serviceNamespace: "custom-resource",
        scalableDimension: "custom-resource:ResourceType:Property",
        resourceId: pulumi.interpolate`${args.endpoint}/${apiResource}/${args.id}`,
        minCapacity: args.min,
        maxCapacity: args.max,
        suspendedState: {
          dynamicScalingInSuspended: suspended,
          dynamicScalingOutSuspended: suspended,
          scheduledScalingSuspended: suspended,
        },
      },
      { parent: this },
    );
    const out = scalingRule(`${name}-scale-out`, scaleOutRule(args), args.description, target, this);
    const scaleIn = scalingRule(`${name}-scale-in`, scaleInRule(args), args.description, target, this);

    this.alarmArns = pulumi.all([out.arn, scaleIn.arn]);
    this.resourceId = target.resourceId;
    this.registerOutputs({ alarmArns: this.alarmArns, resourceId: this.resourceId });
  }
}

/** What the dashboard draws of a dimension. */
export function dimensionPanel({ id, min, max }: Pick<AutoScalingArgs, "id" | "min" | "max">, scaling: DimensionScaling) {
  const { scaleOutPercent, targetPercent, scaleInPercent } = scaling;
  return { dimensionId: id, min, max, scaleOutPercent, targetPercent, scaleInPercent };
}

/** One direction of a dimension's scaling. */
interface ScalingRule {
  direction: "out" | "in";
  thresholdPercent: number;
  minutes: number;
  datapoints: number;
  cooldownSeconds: number;
  steps: StepPolicy;
  utilisation: pulumi.Input<MetricQuery[]>;
}

function scaleOutRule({ scaling, highestPercent, callOutPercent, scaleOutUtilisation }: AutoScalingArgs): ScalingRule {
  const { scaleOutPercent, targetPercent } = scaling;
  return {
    direction: "out",
    thresholdPercent: scaleOutPercent,
    minutes: scaling.scaleOutMinutes,
    datapoints: scaling.scaleOutDatapoints,
    cooldownSeconds: scaling.scaleOutCooldownSeconds,
    steps: scaling.scaleOutSteps ?? scaleOutSteps(scaleOutPercent, targetPercent, highestPercent, callOutPercent),
    utilisation: scaleOutUtilisation,
  };
}

function scaleInRule({ scaling, min, max, callInPercent, scaleInUtilisation }: AutoScalingArgs): ScalingRule {
  const { scaleInPercent, targetPercent } = scaling;
  return {
    direction: "in",
    thresholdPercent: scaleInPercent,
    minutes: scaling.scaleInMinutes,
    datapoints: scaling.scaleInDatapoints,
    cooldownSeconds: scaling.scaleInCooldownSeconds,
    steps: scaling.scaleInSteps ?? scaleInSteps(scaleInPercent, targetPercent, min, max, callInPercent),
    utilisation: scaleInUtilisation,
  };
}

function scalingRule(
  name: string,
  rule: ScalingRule,
  description: pulumi.Input<string>,
  target: aws.appautoscaling.Target,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
  const { direction } = rule;
  const { adjustmentType, minAdjustmentMagnitude, steps } = rule.steps;
  const policy = new aws.appautoscaling.Policy(
    `${name}-policy`,
    {
      policyType: "StepScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      stepScalingPolicyConfiguration: {
        adjustmentType,
        cooldown: rule.cooldownSeconds,
        // The most loaded minute of the window decides: out scales far enough, in stays back.
        metricAggregationType: "Maximum",
        ...(minAdjustmentMagnitude === undefined ? {} : { minAdjustmentMagnitude }),
        stepAdjustments: steps.map(({ lowerBound, upperBound, adjustment }) => ({
          ...(lowerBound === undefined ? {} : { metricIntervalLowerBound: String(lowerBound) }),
          ...(upperBound === undefined ? {} : { metricIntervalUpperBound: String(upperBound) }),
          scalingAdjustment: adjustment,
        })),
      },
    },
    { parent },
  );
  const beyond = direction === "out" ? "at or above" : "below";
  return new aws.cloudwatch.MetricAlarm(
    `${name}-alarm`,
    {
      alarmDescription: pulumi.interpolate`Scales ${direction} the ${description}: utilisation ${beyond} ${rule.thresholdPercent} % in ${rule.datapoints} of ${rule.minutes} minutes.`,
      comparisonOperator: direction === "out" ? "GreaterThanOrEqualToThreshold" : "LessThanThreshold",
      threshold: rule.thresholdPercent,
      evaluationPeriods: rule.minutes,
      datapointsToAlarm: rule.datapoints,
      // Only minutes of which something is known count: with "missing", fewer than M that breach would do once the rest is silent.
      treatMissingData: "notBreaching",
      metricQueries: pulumi.output(rule.utilisation).apply(alarmQueries),
      alarmActions: [policy.arn],
    },
    { parent },
  );
}
