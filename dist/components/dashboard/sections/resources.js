"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.resourceUtilisation = resourceUtilisation;
const catalogue_1 = require("../../metrics/catalogue");
const context_1 = require("../context");
const widgets_1 = require("../widgets");
const percent = { min: 0, max: 100, label: "%" };
function resourceUtilisation(context) {
    const widget = (title, metrics, thresholds, left = percent) => (0, widgets_1.graph)({ title, width: 8, region: context.model.region, metrics, left, thresholds });
    const limit = (value, label) => [{ value, label, color: widgets_1.colors.bad, fill: "above" }];
    const { cpuUtilization, containerCPUUtilization, heapMemoryUtilization, containerMemoryUtilization } = catalogue_1.resourceMetrics;
    return [
        (0, widgets_1.text)("## Resource utilisation"),
        widget("CPU", [
            (0, context_1.row)(context, containerCPUUtilization, { label: "container, busiest" }),
            (0, context_1.row)(context, cpuUtilization, { label: "task manager JVM, busiest" }),
            (0, context_1.row)(context, cpuUtilization, { label: "task manager JVM, average", stat: "Average", color: widgets_1.colors.muted }),
        ], limit(75, "healthy under 75 %")),
        widget("Memory", [
            (0, context_1.row)(context, heapMemoryUtilization, { label: "heap, fullest" }),
            (0, context_1.row)(context, containerMemoryUtilization, { label: "container, fullest" }),
        ], limit(90, "healthy under 90 %")),
        widget("Disk", [(0, context_1.row)(context, catalogue_1.resourceMetrics.containerDiskUtilization, { label: "container, fullest" })], limit(80, "healthy under 80 %")),
        garbageCollection(context),
        (0, widgets_1.graph)({
            title: "Threads",
            width: 8,
            region: context.model.region,
            metrics: [(0, context_1.row)(context, catalogue_1.resourceMetrics.threadsCount, { label: "threads, most of a task manager" })],
            left: { min: 0, label: "threads" },
        }),
        widget("Managed memory", [(0, context_1.row)(context, catalogue_1.resourceMetrics.managedMemoryUtilization, { label: "used by state and operators" })], []),
    ];
}
/** Both counters are cumulative: the rate of the time in ms per second is a share of 1,000. A restart starts them again. */
function garbageCollection(context) {
    return (0, widgets_1.graph)({
        title: "Old-generation garbage collection",
        width: 8,
        region: context.model.region,
        metrics: [
            (0, context_1.hidden)(context, catalogue_1.resourceMetrics.oldGenerationGCTime, "gcTime"),
            (0, context_1.hidden)(context, catalogue_1.resourceMetrics.oldGenerationGCCount, "gcCount"),
            (0, widgets_1.expressionRow)("gcShare", "IF(RATE(gcTime) > 0, RATE(gcTime) / 10, 0)", "% of the time"),
            (0, widgets_1.expressionRow)("gcRuns", "IF(RATE(gcCount) > 0, 60 * RATE(gcCount), 0)", "runs a minute", {
                yAxis: "right",
                color: widgets_1.colors.muted,
            }),
        ],
        left: { min: 0, label: "%" },
        right: { min: 0, label: "runs a minute" },
        thresholds: [{ value: 10, label: "healthy under 10 %", color: widgets_1.colors.bad, fill: "above" }],
    });
}
