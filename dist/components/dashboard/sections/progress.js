"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.taskSchema = void 0;
exports.flinkProgress = flinkProgress;
const catalogue_1 = require("../../metrics/catalogue");
const context_1 = require("../context");
const widgets_1 = require("../widgets");
/** The schema that the SEARCHes are written with; the dashboard variable replaces it. */
exports.taskSchema = "Application,Task";
/**
 * EPOCH is the beginning of a datapoint's period, and the watermark goes on until its end. It is the lowest of the minute's snapshots:
 * the distance may be up to a minute too large, and is never below 0 while event time isn't ahead of the clock.
 */
const behindTheClock = "IF(output > 0, EPOCH(output) + PERIOD(output) - output / 1000)";
function flinkProgress(context) {
    return [(0, widgets_1.text)("## Flink application progress"), ...applicationWidgets(context), ...levelWidgets(context)];
}
function applicationWidgets(context) {
    const { region } = context.model;
    const { numRecordsInPerSecond, numRecordsOutPerSecond, currentInputWatermark, currentOutputWatermark, numLateRecordsDropped } = catalogue_1.progressMetrics;
    const watermarks = [(0, context_1.hidden)(context, currentInputWatermark, "input"), (0, context_1.hidden)(context, currentOutputWatermark, "output")];
    return [
        (0, widgets_1.graph)({
            title: "Records in and out per second",
            width: 12,
            region,
            metrics: [
                (0, context_1.hidden)(context, numRecordsInPerSecond, "recordsIn"),
                (0, context_1.hidden)(context, numRecordsOutPerSecond, "recordsOut"),
                (0, widgets_1.expressionRow)("inPerSecond", perSnapshot(numRecordsInPerSecond, "recordsIn"), "in, all operators"),
                (0, widgets_1.expressionRow)("outPerSecond", perSnapshot(numRecordsOutPerSecond, "recordsOut"), "out, all operators"),
            ],
            left: { min: 0, label: "records/s" },
        }),
        (0, widgets_1.graph)({
            title: "Late records dropped",
            width: 12,
            region,
            metrics: [
                (0, context_1.hidden)(context, numLateRecordsDropped, "late"),
                (0, widgets_1.expressionRow)("dropped", perSnapshot(numLateRecordsDropped, "late"), "dropped a minute", { color: widgets_1.colors.bad }),
            ],
            left: { min: 0, label: "records a minute" },
        }),
        (0, widgets_1.graph)({
            title: "Watermarks",
            width: 12,
            region,
            // Before the first watermark both are the smallest long: not drawn.
            metrics: [
                ...watermarks,
                (0, widgets_1.expressionRow)("inputTime", "IF(input > 0, input)", "input, ms since 1970"),
                (0, widgets_1.expressionRow)("outputTime", "IF(output > 0, output)", "output, ms since 1970"),
                (0, widgets_1.expressionRow)("behind", behindTheClock, "output behind the clock, seconds", { yAxis: "right", color: widgets_1.colors.muted }),
            ],
            left: { label: "ms since 1970" },
            right: { label: "seconds" },
        }),
        (0, widgets_1.graph)({
            title: "Event-time latency",
            width: 12,
            region,
            metrics: [
                ...watermarks,
                (0, widgets_1.expressionRow)("latency", "IF(input > 0 AND output > 0, (output - input) / 1000)", "output minus input watermark, seconds"),
            ],
            left: { label: "seconds" },
        }),
    ];
}
/** Sum counts every snapshot: divided by their number it is the value of one. */
function perSnapshot(entry, id) {
    return `${id} / ${entry.snapshotsPerMinute ?? 1}`;
}
/** One widget a metric, by task, operator or subtask: the dashboard variable chooses. */
function levelWidgets(context) {
    const metrics = catalogue_1.progressMetrics;
    const limit = (value, label) => [{ value, label, color: widgets_1.colors.bad }];
    const candidates = [
        [metrics.busyTimeMsPerSecond, "Busy time", "ms per second", limit(800, "nearly all of the time")],
        [metrics.backPressuredTimeMsPerSecond, "Back-pressured time", "ms per second", limit(500, "half of the time")],
        [metrics.idleTimeMsPerSecond, "Idle time", "ms per second", []],
        [metrics.numRecordsInPerSecond, "Records in per second", "records/s", []],
        [metrics.numRecordsOutPerSecond, "Records out per second", "records/s", []],
        [metrics.numRecordsIn, "Records in", "records a minute", []],
        [metrics.currentOutputWatermark, "Output watermark", "ms since 1970", []],
        [metrics.numLateRecordsDropped, "Late records dropped", "records a minute", limit(1, "none is healthy")],
    ];
    const shown = candidates.filter(([entry]) => (0, context_1.reportsTasks)(context, entry));
    if (shown.length === 0) {
        return [
            (0, widgets_1.text)("Busy, back-pressured and idle time, and all of this by task, need metrics level TASK, OPERATOR or PARALLELISM."),
        ];
    }
    return shown.map(([entry, title, label, thresholds]) => {
        const found = (0, context_1.search)(entry, exports.taskSchema, ["Application", context.names.applicationName]);
        return (0, widgets_1.graph)({
            title: `${title}, by level`,
            width: 6,
            region: context.model.region,
            metrics: [(0, widgets_1.expressionRow)("byLevel", entry.snapshotsPerMinute ? `${found} / ${entry.snapshotsPerMinute}` : found, "")],
            left: { label },
            thresholds,
        });
    });
}
