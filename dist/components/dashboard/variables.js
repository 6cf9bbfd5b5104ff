"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.variables = variables;
const progress_1 = require("./sections/progress");
/**
 * The schemas that a metrics level adds, in the order of SEARCH's braces. AWS documents the levels and not their dimensions:
 * Task is seen in its own samples, operators have been seen with and without Task, so both can be chosen.
 */
const byTask = [{ label: "Task", value: progress_1.taskSchema }];
const byOperator = [
    { label: "Operator", value: "Application,Operator,Task" },
    { label: "Operator (without task)", value: "Application,Operator" },
];
const bySubtask = [
    { label: "Parallelism", value: "Application,Operator,Parallelism,Task" },
    { label: "Parallelism (without task)", value: "Application,Operator,Parallelism" },
];
/** A chooser of the reporting level, where the metrics level leaves a choice. */
function variables({ metricsLevel }) {
    const values = choices(metricsLevel);
    if (values.length === 0)
        return [];
    return [
        {
            id: "level",
            label: "Reporting level",
            type: "pattern",
            // A pattern is replaced wherever it stands in the body: only the SEARCHes by level contain this one.
            pattern: progress_1.taskSchema,
            inputType: "select",
            defaultValue: progress_1.taskSchema,
            values,
            visible: true,
        },
    ];
}
function choices(metricsLevel) {
    if (metricsLevel === "OPERATOR")
        return [...byTask, ...byOperator];
    if (metricsLevel === "PARALLELISM")
        return [...byTask, ...byOperator, ...bySubtask];
    return [];
}
