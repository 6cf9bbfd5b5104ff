"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.stepScaling = stepScaling;
const aws = require("@pulumi/aws");
const alarmQueries_1 = require("../metrics/alarmQueries");
const stepAdjustments_1 = require("./stepAdjustments");
/**
 * Step scaling: a policy for each direction, and the alarm that triggers it. The alarms watch a ratio, so no scaling ever needs to
 * rewrite them.
 */
function stepScaling(name, dimension, target, parent) {
    return ["out", "in"].map((direction) => {
        const rule = direction === "out" ? scaleOutRule(dimension) : scaleInRule(dimension);
        const policy = stepPolicy(`${name}-scale-${direction}-policy`, rule, target, parent);
        return scalingAlarm(`${name}-scale-${direction}-alarm`, direction, dimension, rule, policy, parent);
    });
}
function scaleOutRule({ scaling, kind }) {
    const { scaleOutPercent, targetPercent } = scaling;
    return {
        thresholdPercent: scaleOutPercent,
        minutes: scaling.scaleOutMinutes,
        datapoints: scaling.scaleOutDatapoints,
        cooldownSeconds: scaling.scaleOutCooldownSeconds,
        steps: scaling.scaleOutSteps ?? (0, stepAdjustments_1.scaleOutSteps)(scaleOutPercent, targetPercent, kind.highestPercent, kind.callPercent.out),
    };
}
function scaleInRule({ scaling, bounds: { min, max }, kind }) {
    const { scaleInPercent, targetPercent } = scaling;
    return {
        thresholdPercent: scaleInPercent,
        minutes: scaling.scaleInMinutes,
        datapoints: scaling.scaleInDatapoints,
        cooldownSeconds: scaling.scaleInCooldownSeconds,
        steps: scaling.scaleInSteps ?? (0, stepAdjustments_1.scaleInSteps)(scaleInPercent, targetPercent, min, max, kind.callPercent.in),
    };
}
function stepPolicy(name, { steps: { adjustmentType, minAdjustmentMagnitude, steps }, cooldownSeconds }, target, parent) {
    return new aws.appautoscaling.Policy(name, {
        policyType: "StepScaling",
        serviceNamespace: target.serviceNamespace,
        scalableDimension: target.scalableDimension,
        resourceId: target.resourceId,
        stepScalingPolicyConfiguration: {
            adjustmentType,
            cooldown: cooldownSeconds,
            // The most loaded minute of the window decides: out scales far enough, in stays back.
            metricAggregationType: "Maximum",
            ...(minAdjustmentMagnitude === undefined ? {} : { minAdjustmentMagnitude }),
            stepAdjustments: steps.map(({ lowerBound, upperBound, adjustment }) => ({
                ...(lowerBound === undefined ? {} : { metricIntervalLowerBound: String(lowerBound) }),
                ...(upperBound === undefined ? {} : { metricIntervalUpperBound: String(upperBound) }),
                scalingAdjustment: adjustment,
            })),
        },
    }, { parent });
}
function scalingAlarm(name, direction, { kind, utilisation }, { thresholdPercent, datapoints, minutes }, policy, parent) {
    const beyond = direction === "out" ? "at or above" : "below";
    return new aws.cloudwatch.MetricAlarm(name, {
        alarmDescription: `Scales ${direction} the ${kind.description}: utilisation ${beyond} ${thresholdPercent} % in ${datapoints} of ${minutes} minutes.`,
        comparisonOperator: direction === "out" ? "GreaterThanOrEqualToThreshold" : "LessThanThreshold",
        threshold: thresholdPercent,
        evaluationPeriods: minutes,
        datapointsToAlarm: datapoints,
        // Only minutes of which something is known count: with "missing", fewer than M that breach would do once the rest is silent.
        treatMissingData: "notBreaching",
        metricQueries: (0, alarmQueries_1.alarmQueries)(utilisation(direction)),
        alarmActions: [policy.arn],
    }, { parent });
}
