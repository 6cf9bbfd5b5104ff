"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.logRetentionDays = void 0;
const zod_1 = require("zod");
/** "PutRetentionPolicy" in the CloudWatch Logs API reference. */
const retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
/** Days that a log is kept. */
exports.logRetentionDays = {
    schema: zod_1.z.number().refine((days) => retentions.includes(days)),
    allowed: `one of CloudWatch Logs' retentions: ${retentions.join(", ")}`,
    fallback: 30,
};
