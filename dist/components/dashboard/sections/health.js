"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.applicationHealth = applicationHealth;
const catalogue_1 = require("../../metrics/catalogue");
const context_1 = require("../context");
const widgets_1 = require("../widgets");
const millisPerHour = 3_600_000;
function applicationHealth(context) {
    const states = (0, context_1.emitted)(context, catalogue_1.healthMetrics.runningTime) ? stateWidgets(context) : uptimeWidgets(context);
    return [(0, widgets_1.text)("## Application health"), ...states, ...checkpointWidgets(context)];
}
/** Flink 1.x. */
function uptimeWidgets(context) {
    const { region } = context.model;
    return [
        (0, widgets_1.graph)({
            title: "Uptime",
            width: 8,
            region,
            metrics: [
                (0, context_1.hidden)(context, catalogue_1.healthMetrics.uptime, "uptime"),
                (0, widgets_1.expressionRow)("hours", `uptime / ${millisPerHour}`, "hours", { color: widgets_1.colors.good }),
            ],
            left: { min: 0, label: "hours" },
        }),
        (0, widgets_1.graph)({
            title: "Downtime",
            width: 8,
            region,
            metrics: [
                (0, context_1.hidden)(context, catalogue_1.healthMetrics.downtime, "downtime"),
                (0, widgets_1.expressionRow)("seconds", "downtime / 1000", "seconds", { color: widgets_1.colors.bad }),
            ],
            left: { min: 0, label: "seconds" },
        }),
        (0, widgets_1.graph)({
            title: "Restarts",
            width: 8,
            region,
            metrics: [
                (0, context_1.row)(context, catalogue_1.healthMetrics.fullRestarts, { label: "full restarts since the job was submitted", color: widgets_1.colors.bad }),
            ],
            left: { min: 0, label: "restarts" },
        }),
    ];
}
/** Flink 2.2 and later: by Application, and by Application and Flow, whichever the service reports. */
function stateWidgets(context) {
    const { region } = context.model;
    const { runningTime, restartingTime, cancellingTime, failingTime, numRestarts } = catalogue_1.healthMetrics;
    return [
        (0, widgets_1.graph)({
            title: "Running time",
            width: 8,
            region,
            metrics: stateRows(context, runningTime, "running", `/ ${millisPerHour}`, "hours running"),
            left: { min: 0, label: "hours" },
        }),
        (0, widgets_1.graph)({
            title: "Time not running",
            width: 8,
            region,
            metrics: [
                ...stateRows(context, restartingTime, "restarting", "/ 1000", "restarting"),
                ...stateRows(context, cancellingTime, "cancelling", "/ 1000", "cancelling"),
                ...stateRows(context, failingTime, "failing", "/ 1000", "failing"),
            ],
            left: { min: 0, label: "seconds" },
        }),
        (0, widgets_1.graph)({
            title: "Restarts",
            width: 8,
            region,
            metrics: stateRows(context, numRestarts, "restarts", "/ 1", "restarts since the job was submitted"),
            left: { min: 0, label: "restarts" },
        }),
    ];
}
function stateRows(context, entry, id, factor, label) {
    const byFlow = (0, context_1.search)(entry, "Application,Flow", ["Application", context.names.applicationName]);
    return [
        (0, context_1.hidden)(context, entry, `${id}Raw`),
        (0, widgets_1.expressionRow)(id, `${id}Raw ${factor}`, label),
        (0, widgets_1.expressionRow)(`${id}ByFlow`, `${byFlow} ${factor}`, label),
    ];
}
function checkpointWidgets(context) {
    const { region, checkpointIntervalSeconds } = context.model;
    const { lastCheckpointSize, lastCheckpointDuration, numberOfFailedCheckpoints } = catalogue_1.healthMetrics;
    return [
        (0, widgets_1.graph)({
            title: "Checkpoint size",
            width: 8,
            region,
            metrics: [(0, context_1.row)(context, lastCheckpointSize, { label: "last checkpoint, bytes" })],
            left: { min: 0, label: "bytes" },
        }),
        (0, widgets_1.graph)({
            title: "Checkpoint duration",
            width: 8,
            region,
            metrics: [
                (0, context_1.hidden)(context, lastCheckpointDuration, "duration"),
                (0, widgets_1.expressionRow)("seconds", "duration / 1000", "last checkpoint, seconds"),
            ],
            left: { min: 0, label: "seconds" },
            thresholds: [{ value: checkpointIntervalSeconds, label: "checkpoint interval", color: widgets_1.colors.bad }],
        }),
        (0, widgets_1.graph)({
            title: "Failed checkpoints",
            width: 8,
            region,
            metrics: [
                (0, context_1.hidden)(context, numberOfFailedCheckpoints, "failed"),
                // A restart of the job starts the count again: a fall is not a failure.
                (0, widgets_1.expressionRow)("perMinute", "IF(RATE(failed) > 0, 60 * RATE(failed), 0)", "new failures a minute", { color: widgets_1.colors.bad }),
            ],
            left: { min: 0, label: "failures a minute" },
        }),
    ];
}
