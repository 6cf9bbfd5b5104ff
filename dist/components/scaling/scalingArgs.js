"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.scalingFields = void 0;
exports.scalingSettings = scalingSettings;
const zod_1 = require("zod");
const fields_1 = require("../fields");
const stepAdjustments_1 = require("./stepAdjustments");
const steps = zod_1.z.strictObject({
    adjustmentType: zod_1.z.enum(Object.values(stepAdjustments_1.AdjustmentType)),
    minAdjustmentMagnitude: zod_1.z.number().int().min(1).optional(),
    steps: zod_1.z.array(zod_1.z.strictObject({ lowerBound: zod_1.z.number().optional(), upperBound: zod_1.z.number().optional(), adjustment: zod_1.z.number().int() })),
});
const allowedSteps = "a step policy: { adjustmentType, minAdjustmentMagnitude, steps: [{ lowerBound, upperBound, adjustment }] }";
/** The scale-in threshold lies below what a minute that isn't known counts as (`unknownPercent`). */
exports.scalingFields = {
    scaleOutPercent: (0, fields_1.whole)(1, 1000, 75),
    targetPercent: (0, fields_1.whole)(1, 1000, 60),
    scaleInPercent: (0, fields_1.whole)(1, 99, 35),
    scaleOutMinutes: (0, fields_1.whole)(1, 1440, 2),
    scaleOutDatapoints: (0, fields_1.whole)(1, 1440, 2),
    scaleInMinutes: (0, fields_1.whole)(1, 1440, 90),
    scaleInDatapoints: (0, fields_1.whole)(1, 1440, 90),
    scaleOutCooldownSeconds: (0, fields_1.whole)(0, 86_400, 300),
    scaleInCooldownSeconds: (0, fields_1.whole)(0, 86_400, 5400),
    scaleOutSteps: (0, fields_1.object)(steps, allowedSteps),
    scaleInSteps: (0, fields_1.object)(steps, allowedSteps),
};
/** What counts for a dimension of this kind. */
function scalingSettings(args, kind) {
    const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
    return (0, fields_1.withDefaults)({ ...kind.thresholds, ...given }, exports.scalingFields);
}
