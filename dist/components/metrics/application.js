"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.sourceMetrics = exports.progressMetrics = exports.resourceMetrics = exports.healthMetrics = void 0;
const everyLevel = ["Application", "Task", "Operator", "Parallelism"];
const belowApplication = ["Task", "Operator", "Parallelism"];
function metric(name, facts) {
    return {
        namespace: "AWS/KinesisAnalytics",
        name,
        dimensions: (names) => ({ Application: names.applicationName }),
        period: 60,
        levels: ["Application"],
        ...facts,
    };
}
const highest = "one sample per task manager: the highest is the one in trouble";
exports.healthMetrics = {
    uptime: metric("uptime", {
        unit: "Milliseconds",
        stat: "Maximum",
        why: "a level that grows while the job runs",
        healthy: "grows without a break; falls to 0 at every rescale",
        // 2.2 deprecates it and still emits it; the state metrics below replace it there.
        flink: { before: "2.0" },
    }),
    downtime: metric("downtime", {
        unit: "Milliseconds",
        stat: "Maximum",
        why: "a short outage must not be averaged away",
        healthy: "0; up to about a minute at a rescale",
        flink: { before: "2.0" },
    }),
    fullRestarts: metric("fullRestarts", {
        unit: "Count",
        stat: "Maximum",
        why: "cumulative since the job was submitted",
        healthy: "flat",
        flink: { before: "2.0" },
    }),
    // AWS lists the state metrics as "Application, Flow" and doesn't say which Flow: alarms read them by Application,
    // the dashboard also searches for them by Application and Flow.
    numRestarts: metric("numRestarts", {
        unit: "Count",
        stat: "Maximum",
        why: "cumulative since the job was submitted",
        healthy: "flat",
        flink: { from: "2.2" },
    }),
    runningTime: metric("runningTime", {
        unit: "Milliseconds",
        stat: "Maximum",
        why: "a level that grows while the job runs",
        healthy: "grows without a break; starts again at every rescale",
        flink: { from: "2.2" },
    }),
    restartingTime: metric("restartingTime", {
        unit: "Milliseconds",
        stat: "Maximum",
        why: "a short outage must not be averaged away",
        healthy: "0; up to about a minute at a rescale",
        flink: { from: "2.2" },
    }),
    cancellingTime: metric("cancellingTime", {
        unit: "Milliseconds",
        stat: "Maximum",
        why: "a short outage must not be averaged away",
        healthy: "0",
        flink: { from: "2.2" },
    }),
    failingTime: metric("failingTime", {
        unit: "Milliseconds",
        stat: "Maximum",
        why: "a short outage must not be averaged away",
        healthy: "0",
        flink: { from: "2.2" },
    }),
    lastCheckpointSize: metric("lastCheckpointSize", {
        unit: "Bytes",
        stat: "Maximum",
        why: "the largest of the period is what a restart has to load",
        healthy: "stable; steady growth is state that is never cleared",
    }),
    lastCheckpointDuration: metric("lastCheckpointDuration", {
        unit: "Milliseconds",
        stat: "Maximum",
        why: "the slowest of the period is what causes back pressure",
        healthy: "stable, and well under the checkpoint interval",
    }),
    numberOfFailedCheckpoints: metric("numberOfFailedCheckpoints", {
        unit: "Count",
        stat: "Maximum",
        why: "cumulative: its RATE counts",
        healthy: "no new ones",
    }),
};
exports.resourceMetrics = {
    cpuUtilization: metric("cpuUtilization", {
        unit: "Percent",
        stat: "Maximum",
        why: highest,
        healthy: "under 75 %; higher while it catches up after a restart",
    }),
    containerCPUUtilization: metric("containerCPUUtilization", {
        unit: "Percent",
        stat: "Maximum",
        why: highest,
        healthy: "under 75 %",
    }),
    heapMemoryUtilization: metric("heapMemoryUtilization", {
        unit: "Percent",
        stat: "Maximum",
        why: highest,
        healthy: "under 90 %",
    }),
    containerMemoryUtilization: metric("containerMemoryUtilization", {
        unit: "Percent",
        stat: "Maximum",
        why: highest,
        healthy: "stable, under 90 %",
    }),
    containerDiskUtilization: metric("containerDiskUtilization", {
        unit: "Percent",
        stat: "Maximum",
        why: highest,
        healthy: "under 80 %",
    }),
    oldGenerationGCCount: metric("oldGenerationGCCount", {
        unit: "Count",
        stat: "Maximum",
        why: "cumulative per task manager: its RATE counts",
        healthy: "rises slowly",
    }),
    oldGenerationGCTime: metric("oldGenerationGCTime", {
        unit: "Milliseconds",
        stat: "Maximum",
        why: "cumulative per task manager: its RATE is the share of time",
        healthy: "under 10 % of the time",
    }),
    threadsCount: metric("threadsCount", {
        unit: "Count",
        stat: "Maximum",
        why: highest,
        healthy: "stable; growth is a leak of threads",
    }),
    managedMemoryUsed: metric("managedMemoryUsed", {
        unit: "Bytes",
        stat: "Average",
        why: "a level",
        healthy: "stable",
        levels: everyLevel,
    }),
    managedMemoryTotal: metric("managedMemoryTotal", {
        unit: "Bytes",
        stat: "Average",
        why: "a level",
        healthy: "constant between rescales",
        levels: everyLevel,
    }),
    managedMemoryUtilization: metric("managedMemoryUtilization", {
        unit: "Percent",
        stat: "Maximum",
        why: highest,
        healthy: "high is normal with RocksDB state; 0 without",
        levels: everyLevel,
    }),
    KPUs: metric("KPUs", {
        unit: "Count",
        stat: "Maximum",
        why: "one sample an hour, the orchestration KPU included: for the bill, useless for scaling",
        healthy: "the KPUs of the hour and one more",
        period: 3600,
    }),
};
const snapshots = "a meter of every subtask, sampled four times a minute: Sum over a minute divided by 4 is the total";
exports.progressMetrics = {
    numRecordsInPerSecond: metric("numRecordsInPerSecond", {
        unit: "Count/Second",
        stat: "Sum",
        why: snapshots,
        healthy: "follows the stream's records",
        levels: everyLevel,
        snapshotsPerMinute: 4,
    }),
    numRecordsOutPerSecond: metric("numRecordsOutPerSecond", {
        unit: "Count/Second",
        stat: "Sum",
        why: snapshots,
        healthy: "in proportion to the records in",
        levels: everyLevel,
        snapshotsPerMinute: 4,
    }),
    numRecordsIn: metric("numRecordsIn", {
        unit: "Count",
        stat: "Sum",
        why: snapshots,
        healthy: "follows the stream's records",
        levels: everyLevel,
        snapshotsPerMinute: 4,
    }),
    numRecordsOut: metric("numRecordsOut", {
        unit: "Count",
        stat: "Sum",
        why: snapshots,
        healthy: "in proportion to the records in",
        levels: everyLevel,
        snapshotsPerMinute: 4,
    }),
    numLateRecordsDropped: metric("numLateRecordsDropped", {
        unit: "Count",
        stat: "Sum",
        why: snapshots,
        healthy: "0",
        levels: everyLevel,
        snapshotsPerMinute: 4,
    }),
    currentInputWatermark: metric("currentInputWatermark", {
        unit: "Milliseconds",
        stat: "Minimum",
        why: "the slowest subtask holds event time back",
        healthy: "advances with the clock; absent or far below 0 without event time",
        levels: everyLevel,
    }),
    currentOutputWatermark: metric("currentOutputWatermark", {
        unit: "Milliseconds",
        stat: "Minimum",
        why: "the slowest subtask holds event time back",
        healthy: "advances with the clock, close to the input watermark",
        levels: everyLevel,
    }),
    // The documentation says "1.13 only"; AWS's own guidance for current runtimes reads it as 1.13 and later.
    busyTimeMsPerSecond: metric("busyTimeMsPerSecond", {
        unit: "Milliseconds",
        stat: "Maximum",
        why: "the busiest subtask is the bottleneck; it can be NaN",
        healthy: "under 800 ms per second",
        levels: belowApplication,
        flink: { from: "1.13" },
    }),
    backPressuredTimeMsPerSecond: metric("backPressuredTimeMsPerSecond", {
        unit: "Milliseconds",
        stat: "Maximum",
        why: "the most back-pressured subtask points to the bottleneck after it",
        healthy: "under 500 ms per second",
        levels: belowApplication,
        flink: { from: "1.13" },
    }),
    idleTimeMsPerSecond: metric("idleTimeMsPerSecond", {
        unit: "Milliseconds",
        stat: "Minimum",
        why: "the least idle subtask is the bottleneck",
        healthy: "over 200 ms per second",
        levels: belowApplication,
        flink: { from: "1.13" },
    }),
};
exports.sourceMetrics = {
    // Dimensions as AWS's monitoring sample has them for the older consumer; for KinesisStreamsSource they are not documented.
    millisBehindLatest: metric("millisBehindLatest", {
        dimensions: (names) => ({ Id: names.streamName, Application: names.applicationName, Flow: "Input" }),
        unit: "Milliseconds",
        stat: "Maximum",
        why: "the shard that is furthest behind counts; -1 means not reported yet",
        healthy: "0, or back to 0 within minutes after a rescale",
        levels: ["Application", "Parallelism"],
    }),
};
