"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.result = exports.term = exports.row = exports.LagMetric = exports.idleReadBytes = exports.unknownPercent = exports.throttlingCountsAbovePercent = exports.bytesPerShardMinute = exports.recordsPerShardMinute = void 0;
exports.lagEntry = lagEntry;
exports.lagStat = lagStat;
exports.streamUtilisation = streamUtilisation;
exports.hotShardThrottling = hotShardThrottling;
exports.throttledPercent = throttledPercent;
exports.flinkUtilisation = flinkUtilisation;
const catalogue_1 = require("../metrics/catalogue");
/** Per shard and minute: 1,000 records and 1 MiB a second ("Quotas and limits", Kinesis Data Streams). */
exports.recordsPerShardMinute = 60_000;
exports.bytesPerShardMinute = 60 * 1_048_576;
/**
 * Throttled demand counts where the shards that serve are fuller than this, in percent; below it, throttling is a hot shard. The
 * shards asked for don't tell: while they are on their way, those that serve can be full at a low utilisation.
 */
exports.throttlingCountsAbovePercent = 50;
/** Utilisation to scale in by of a settled minute of which something is not known, in percent. */
exports.unknownPercent = 100;
/**
 * Bytes that consumers read in a minute without records at most: 1 KiB a second. Not 0: what came at the end of one minute is read in
 * the next.
 */
exports.idleReadBytes = 60 * 1_024;
/** Where the consumer's lag is read. */
exports.LagMetric = { Flink: "flink", IteratorAge: "iteratorAge", EnhancedFanOut: "efo" };
/** The metric that says how far the consumer is behind, in milliseconds; Flink reports -1 until it knows. */
function lagEntry(lagMetric) {
    if (lagMetric === exports.LagMetric.IteratorAge)
        return catalogue_1.streamMetrics["GetRecords.IteratorAgeMilliseconds"];
    if (lagMetric === exports.LagMetric.EnhancedFanOut)
        return catalogue_1.consumerMetrics["SubscribeToShardEvent.MillisBehindLatest"];
    return catalogue_1.sourceMetrics.millisBehindLatest;
}
function lagStat(names, lagMetric) {
    return (0, catalogue_1.statOf)(lagEntry(lagMetric), names, "Maximum");
}
/**
 * Utilisation of the stream in percent: the larger of records and bytes, accepted plus throttled. Throttled records are retries
 * too, so they count at most once more (MIN) and only where the shards that serve are more than half full. For scaling in, a
 * minute whose throttled records aren't in counts as throttled once, and one whose shards that serve aren't known isn't known.
 */
function streamUtilisation(direction, names) {
    const factor = `IF(serving > ${exports.throttlingCountsAbovePercent}, throttledOnce / records, 0)`;
    const demand = `accepted * (1 + ${factor})`;
    const inputs = [
        ...acceptedUtilisation(direction, names),
        (0, exports.row)("t", throttled(names)),
        (0, exports.row)("s", (0, catalogue_1.statOf)(catalogue_1.streamScalerMetrics.settled, names)),
        ...consumerReads(names),
        (0, exports.term)("records", "r + 0 * c"),
        (0, exports.term)("throttled", direction === "out" ? "t + 0 * c" : "IF((t >= 0) + 0 * c, t, r) + 0 * c"),
        (0, exports.term)("throttledOnce", "MIN([throttled, records])"),
        (0, exports.term)("idle", idle("(r >= 0) + (b >= 0) + (t >= 0)", names)),
    ];
    if (direction === "out") {
        return [
            ...inputs,
            (0, exports.term)("known", "((r >= 0) * ((b >= 0) * (t >= 0) + s) + idle) * c"),
            (0, exports.result)("utilisation", `${demand} * known / known`, "Stream utilisation (%)"),
        ];
    }
    return [
        ...inputs,
        (0, exports.term)("known", "(r >= 0) * (b >= 0) * (a >= 0) + idle"),
        (0, exports.result)("utilisation", unlessUnknown(demand), "Stream utilisation (%)"),
    ];
}
/** `r / r`: a minute counts when its records are in; until then all that came would seem throttled. */
const throttledShare = "100 * t / (r + t) * (r / r)";
/**
 * Percent of the attempts that were throttled although the shards that serve are at most half full on average: a hot shard, or
 * bursts within a second. 0 where they are fuller.
 */
function hotShardThrottling(names) {
    return [
        ...acceptedUtilisation("out", names),
        (0, exports.row)("t", throttled(names)),
        (0, exports.term)("share", throttledShare),
        (0, exports.result)("hot", `IF(serving <= ${exports.throttlingCountsAbovePercent}, share, 0)`, "Throttled below half load (%)"),
    ];
}
/** Percent of the attempts that were throttled. */
function throttledPercent(names) {
    return [(0, exports.row)("r", incomingRecords(names)), (0, exports.row)("t", throttled(names)), (0, exports.result)("share", throttledShare, "Throttled (%)")];
}
/**
 * Utilisation of the application in percent: rate * (1 + lag / catchUp) / (KPUs * throughput of a KPU). A lag that is missing or -1
 * (not known yet) counts 0. For scaling in, the larger of that and the lag in percent of `lagForScaleInSeconds`; a minute without a
 * lag (the job restarts, or fails in front of a backlog) isn't known.
 */
function flinkUtilisation(direction, names, signal) {
    const demand = `100 * r * (1 + lag / ${signal.catchUpSeconds}) / (${signal.recordsPerKpuPerMinute} * c)`;
    const inputs = [
        (0, exports.row)("c", capacity(direction, catalogue_1.applicationScalerMetrics.desired, names)),
        (0, exports.row)("r", incomingRecords(names)),
        (0, exports.row)("l", lagStat(names, signal.lagMetric)),
        (0, exports.row)("s", (0, catalogue_1.statOf)(catalogue_1.applicationScalerMetrics.settled, names)),
        ...consumerReads(names),
        (0, exports.term)("lag", "(IF(l > 0, l, 0) + 0 * c) / 1000"),
        (0, exports.term)("idle", idle("(r >= 0)", names)),
    ];
    if (direction === "out") {
        return [
            ...inputs,
            (0, exports.term)("known", "((r >= 0) + idle) * c"),
            (0, exports.result)("utilisation", `${demand} * known / known`, "Application utilisation (%)"),
        ];
    }
    return [
        ...inputs,
        (0, exports.term)("demand", demand),
        (0, exports.term)("backlog", `100 * lag * c / (${signal.lagForScaleInSeconds} * c)`),
        (0, exports.term)("known", "((r >= 0) + idle) * (l >= 0)"),
        (0, exports.result)("utilisation", unlessUnknown("MAX([demand, backlog])"), "Application utilisation or backlog (%)"),
    ];
}
/** What the consumers read of the stream: by polling, and the enhanced fan-out consumer where there is one. Present records or not. */
function consumerReads(names) {
    const polled = (0, exports.row)("w", (0, catalogue_1.statOf)(catalogue_1.streamMetrics["GetRecords.Bytes"], names));
    return names.consumerName ? [polled, (0, exports.row)("v", (0, catalogue_1.statOf)(catalogue_1.consumerMetrics["SubscribeToShardEvent.Bytes"], names))] : [polled];
}
/** Above 0 in a settled minute of which none of `counts` came in and the consumers read next to nothing; 0 in others with capacity. */
function idle(counts, names) {
    const read = names.consumerName ? "(w + v)" : "w";
    return `((${counts} + 0 * c) == 0) * (${read} <= ${exports.idleReadBytes}) * s`;
}
/** The demand of a known minute, `unknownPercent` of a settled one that isn't known, no datapoint of others and without capacity. */
const unlessUnknown = (demand) => `IF(known > 0, ${demand}, ${exports.unknownPercent}) * ((known + s) * c) / ((known + s) * c)`;
function acceptedUtilisation(direction, names) {
    return [
        (0, exports.row)("c", capacity(direction, catalogue_1.streamScalerMetrics.desired, names)),
        (0, exports.row)("r", incomingRecords(names)),
        (0, exports.row)("b", (0, catalogue_1.statOf)(catalogue_1.streamMetrics.IncomingBytes, names, "Sum")),
        (0, exports.term)("byRecords", `100 * r / (${exports.recordsPerShardMinute} * c)`),
        (0, exports.term)("byBytes", `100 * b / (${exports.bytesPerShardMinute} * c)`),
        (0, exports.term)("accepted", "MAX([byRecords, byBytes])"),
        (0, exports.row)("a", (0, catalogue_1.statOf)(catalogue_1.streamScalerMetrics.actual, names)),
        (0, exports.term)("serving", "accepted * c / a + 0 * c"),
    ];
}
function capacity(direction, desired, names) {
    return (0, catalogue_1.statOf)(desired, names, direction === "out" ? "Maximum" : "Minimum");
}
const incomingRecords = (names) => (0, catalogue_1.statOf)(catalogue_1.streamMetrics.IncomingRecords, names, "Sum");
const throttled = (names) => (0, catalogue_1.statOf)(catalogue_1.streamMetrics.WriteProvisionedThroughputExceeded, names, "Sum");
const row = (id, metric) => ({ id, metric, returnData: false });
exports.row = row;
const term = (id, expression) => ({ id, expression, returnData: false });
exports.term = term;
const result = (id, expression, label) => ({
    id,
    expression,
    label,
    returnData: true,
});
exports.result = result;
