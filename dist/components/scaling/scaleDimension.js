"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.scaleDimension = scaleDimension;
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const names_1 = require("../../scaler/names");
const stepScaling_1 = require("./stepScaling");
/** The scalable target of a dimension, and the policies that scale it. */
function scaleDimension(name, dimension, parent) {
    const { endpoint, id, bounds, suspended } = dimension;
    const target = new aws.appautoscaling.Target(`${name}-target`, {
        serviceNamespace: "custom-resource",
        scalableDimension: "custom-resource:ResourceType:Property",
        resourceId: pulumi.interpolate `${endpoint}/${names_1.apiResource}/${id}`,
        minCapacity: bounds.min,
        maxCapacity: bounds.max,
        suspendedState: {
            dynamicScalingInSuspended: suspended,
            dynamicScalingOutSuspended: suspended,
            scheduledScalingSuspended: suspended,
        },
    }, { parent });
    const alarms = (0, stepScaling_1.stepScaling)(name, dimension, target, parent);
    return { alarmArns: pulumi.all(alarms.map(({ arn }) => arn)), resourceId: target.resourceId };
}
