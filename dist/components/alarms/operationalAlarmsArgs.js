"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.operationalAlarmsFields = exports.alarmFields = void 0;
exports.validateOperationalAlarms = validateOperationalAlarms;
const fields_1 = require("../fields");
const kpuScalingArgs_1 = require("../scaling/kpuScalingArgs");
exports.alarmFields = {
    emails: (0, fields_1.listOf)(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "e-mail addresses"),
    lagSeconds: (0, fields_1.whole)(1, 86_400, 300),
    throttledPercent: (0, fields_1.whole)(1, 100, 1),
    runbookUrl: (0, fields_1.text)(/^\S+$/, "the address of docs/runbook.md, without spaces", "docs/runbook.md"),
};
exports.operationalAlarmsFields = {
    ...exports.alarmFields,
    names: (0, fields_1.required)((0, fields_1.anything)("the pipeline's names")),
    runtime: (0, fields_1.required)((0, fields_1.anything)("a Flink runtime, such as FLINK-1_20")),
    lagMetric: kpuScalingArgs_1.kpuSignalFields.lagMetric,
};
/** What is wrong with the arguments; [] when they are fine. */
function validateOperationalAlarms(args) {
    return (0, fields_1.fieldProblems)(args, exports.operationalAlarmsFields, "");
}
