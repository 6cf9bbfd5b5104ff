"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.operationalAlarms = operationalAlarms;
const catalogue_1 = require("../metrics/catalogue");
const signals_1 = require("../scaling/signals");
/** Minutes without metrics after which the scaler, or the application, counts as silent; the newest two are never in yet. */
const silentMinutes = 10;
/** All operational alarms of a pipeline, in the order of docs/runbook.md. */
function operationalAlarms(names, settings) {
    return [...jobAlarms(names, settings), ...lagAlarms(names, settings), ...streamAlarms(names, settings), ...scalerAlarms(names)];
}
const above = { comparison: "GreaterThanThreshold", threshold: 0, treatMissingData: "notBreaching" };
function jobAlarms(names, { runtime }) {
    const { downtime, restartingTime, fullRestarts, numRestarts } = catalogue_1.healthMetrics;
    const down = (0, catalogue_1.emittedBy)(downtime, runtime) ? downtime : restartingTime;
    const restarts = (0, catalogue_1.emittedBy)(fullRestarts, runtime) ? fullRestarts : numRestarts;
    return [
        {
            ...above,
            name: "downtime",
            anchor: "downtime",
            meaning: "The job has been down for two minutes: it failed and does not come back by itself.",
            queries: [...single(down, names, "Down (ms)")],
            datapoints: 2,
            minutes: 2,
        },
        {
            ...above,
            name: "restarts",
            anchor: "restarts",
            meaning: "The job restarted outside of a scaling: a task failed.",
            queries: [(0, signals_1.row)("n", (0, catalogue_1.statOf)(restarts, names, "Maximum")), (0, signals_1.result)("restarts", "RATE(n)", "Restarts a second")],
            datapoints: 1,
            minutes: 1,
        },
        {
            ...above,
            name: "failed-checkpoints",
            anchor: "failed-checkpoints",
            meaning: "Checkpoints fail: a restart now would read again from the last one that succeeded.",
            queries: [
                (0, signals_1.row)("n", (0, catalogue_1.statOf)(catalogue_1.healthMetrics.numberOfFailedCheckpoints, names, "Maximum")),
                (0, signals_1.result)("failed", "RATE(n)", "Failed checkpoints a second"),
            ],
            datapoints: 2,
            minutes: 5,
        },
        {
            name: "application-silent",
            anchor: "application-silent",
            meaning: "The application has reported nothing for ten minutes: it is stopped, or its metrics don't come; nothing scales it in.",
            queries: [
                (0, signals_1.row)("n", (0, catalogue_1.statOf)(catalogue_1.resourceMetrics.containerCPUUtilization, names, "SampleCount")),
                (0, signals_1.result)("reports", "n", "Reports"),
            ],
            comparison: "LessThanThreshold",
            threshold: 1,
            datapoints: silentMinutes,
            minutes: silentMinutes,
            treatMissingData: "breaching",
        },
    ];
}
function lagAlarms(names, { lagMetric, lagSeconds }) {
    return [
        {
            ...above,
            name: "lag",
            anchor: "lag",
            meaning: `The application has been more than ${lagSeconds} s behind the stream for five minutes.`,
            queries: [(0, signals_1.row)("l", (0, signals_1.lagStat)(names, lagMetric)), (0, signals_1.result)("lag", "l / 1000", "Lag (s)")],
            threshold: lagSeconds,
            datapoints: 5,
            minutes: 5,
        },
        {
            ...above,
            name: "lag-missing",
            anchor: "lag-missing",
            meaning: "The application runs and reports no lag: a backlog would not scale it out, and nothing scales it in.",
            queries: [
                (0, signals_1.row)("u", (0, catalogue_1.statOf)(catalogue_1.resourceMetrics.containerCPUUtilization, names, "Maximum")),
                (0, signals_1.row)("l", (0, signals_1.lagStat)(names, lagMetric)),
                (0, signals_1.result)("missing", "(u >= 0) - (l >= 0)", "Running without a lag metric"),
            ],
            datapoints: 10,
            minutes: 10,
        },
    ];
}
function streamAlarms(names, { throttledPercent: percent }) {
    const throttling = { ...above, comparison: "GreaterThanOrEqualToThreshold", threshold: percent };
    return [
        {
            ...throttling,
            name: "write-throttling",
            anchor: "write-throttling",
            meaning: `At least ${percent} % of the writes have been throttled in five of ten minutes: producers retry or lose records.`,
            queries: (0, signals_1.throttledPercent)(names),
            datapoints: 5,
            minutes: 10,
        },
        {
            ...above,
            name: "read-throttling",
            anchor: "read-throttling",
            meaning: "Reads have been throttled for five minutes: too many consumers share the shards' 2 MiB/s.",
            queries: [...single(catalogue_1.streamMetrics.ReadProvisionedThroughputExceeded, names, "Throttled reads")],
            datapoints: 5,
            minutes: 5,
        },
        {
            ...throttling,
            name: "hot-shard",
            anchor: "hot-shard",
            meaning: `At least ${percent} % of the writes are throttled while the stream is at most half full: one shard is hot, or bursts last under a second.`,
            queries: (0, signals_1.hotShardThrottling)(names),
            datapoints: 5,
            minutes: 10,
        },
    ];
}
function scalerAlarms(names) {
    const perDimension = [
        { what: "stream", unit: "shards", metrics: catalogue_1.streamScalerMetrics },
        { what: "application", unit: "KPUs", metrics: catalogue_1.applicationScalerMetrics },
    ].flatMap(({ what, unit, metrics }) => [
        {
            ...above,
            name: `${what}-pending`,
            anchor: "asked-for-and-not-there",
            meaning: `The ${unit} asked for have not been there for 15 minutes.`,
            queries: [...single(metrics.pendingMinutes, names, "Pending (min)")],
            comparison: "GreaterThanOrEqualToThreshold",
            threshold: 15,
            datapoints: 1,
            minutes: 1,
        },
        {
            ...above,
            name: `${what}-update-failed`,
            anchor: "update-failed",
            meaning: `An update of the ${what} failed or was rolled back; the scaler tries again after a pause.`,
            queries: [...single(metrics.failedUpdates, names, "Failed updates")],
            datapoints: 1,
            minutes: 1,
        },
        {
            name: `${what}-scaler-silent`,
            anchor: "scaler-silent",
            meaning: `The scaler has not published the ${unit} for ten minutes: it is silent, and nothing scales.`,
            queries: [(0, signals_1.row)("n", (0, catalogue_1.statOf)(metrics.desired, names, "SampleCount")), (0, signals_1.result)("runs", "n", "Runs")],
            comparison: "LessThanThreshold",
            threshold: 1,
            datapoints: silentMinutes,
            minutes: silentMinutes,
            treatMissingData: "breaching",
        },
    ]);
    return [...perDimension, scalerErrors(names)];
}
/** Errors of one dimension, or of the function itself, in three minutes of five: one is retried a minute later. */
function scalerErrors(names) {
    return {
        ...above,
        name: "scaler-errors",
        anchor: "scaler-errors",
        meaning: "The scaler's runs fail: a call to AWS is refused, or a parameter is broken.",
        queries: [
            (0, signals_1.row)("f", (0, catalogue_1.statOf)(catalogue_1.functionMetrics.Errors, names, "Sum")),
            (0, signals_1.row)("s", (0, catalogue_1.statOf)(catalogue_1.streamScalerMetrics.errors, names, "Sum")),
            (0, signals_1.row)("a", (0, catalogue_1.statOf)(catalogue_1.applicationScalerMetrics.errors, names, "Sum")),
            (0, signals_1.result)("errors", "f + s + a", "Errors"),
        ],
        datapoints: 3,
        minutes: 5,
    };
}
function single(entry, names, label) {
    return [{ id: "m", label, metric: (0, catalogue_1.statOf)(entry, names), returnData: true }];
}
