"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.kinesisSourceAndSink = kinesisSourceAndSink;
const catalogue_1 = require("../../metrics/catalogue");
const context_1 = require("../context");
const widgets_1 = require("../widgets");
const lag_1 = require("./lag");
/** What a shard takes in a second. Source: "Quotas and limits", Kinesis Data Streams. */
const recordsPerShard = 1_000;
const bytesPerMiB = 1_048_576;
function kinesisSourceAndSink(context) {
    return [
        (0, widgets_1.text)("## Kinesis source and sink"),
        lag(context),
        throttles(context),
        throughputInRecords(context),
        throughputInBytes(context),
        ...calls(context),
        ...(context.model.shardLevelMetrics ? hotShards(context) : []),
        ...producerLibrary(context),
    ];
}
function lag(context) {
    const iteratorAge = catalogue_1.streamMetrics["GetRecords.IteratorAgeMilliseconds"];
    const consumerLag = catalogue_1.consumerMetrics["SubscribeToShardEvent.MillisBehindLatest"];
    const ofConsumer = [
        (0, context_1.hidden)(context, consumerLag, "consumer"),
        (0, lag_1.lagSecondsRow)("consumerSeconds", "consumer", "SubscribeToShardEvent.MillisBehindLatest"),
    ];
    return (0, widgets_1.graph)({
        title: "Lag",
        width: 12,
        region: context.model.region,
        metrics: [
            (0, context_1.hidden)(context, catalogue_1.sourceMetrics.millisBehindLatest, "behind"),
            (0, context_1.hidden)(context, iteratorAge, "age"),
            (0, lag_1.lagSecondsRow)("behindSeconds", "behind", "millisBehindLatest of the application"),
            (0, lag_1.lagSecondsRow)("ageSeconds", "age", "iterator age, all polling consumers", { color: widgets_1.colors.muted }),
            ...(context.names.consumerName ? ofConsumer : []),
        ],
        left: { min: 0, label: "seconds" },
        thresholds: [{ value: context.model.lagSeconds, label: "lag alarm", color: widgets_1.colors.bad, fill: "above" }],
    });
}
function throttles(context) {
    return (0, widgets_1.graph)({
        title: "Throttles",
        width: 12,
        region: context.model.region,
        metrics: [
            (0, context_1.row)(context, catalogue_1.streamMetrics.WriteProvisionedThroughputExceeded, { label: "records refused (writes)", color: widgets_1.colors.bad }),
            (0, context_1.row)(context, catalogue_1.streamMetrics.ReadProvisionedThroughputExceeded, { label: "calls refused (reads)", color: widgets_1.colors.warn }),
            (0, context_1.row)(context, catalogue_1.streamMetrics["PutRecords.ThrottledRecords"], { label: "PutRecords: throttled", color: widgets_1.colors.muted }),
            (0, context_1.row)(context, catalogue_1.streamMetrics["PutRecords.FailedRecords"], { label: "PutRecords: failed" }),
        ],
        left: { min: 0, label: "a minute" },
    });
}
function throughputInRecords(context) {
    return (0, widgets_1.graph)({
        title: "Stream throughput in records",
        width: 12,
        region: context.model.region,
        metrics: [
            (0, context_1.hidden)(context, catalogue_1.streamMetrics.IncomingRecords, "incoming"),
            (0, context_1.hidden)(context, catalogue_1.streamMetrics["GetRecords.Records"], "outgoing"),
            (0, context_1.hidden)(context, catalogue_1.streamScalerMetrics.actual, "shards"),
            (0, widgets_1.expressionRow)("written", `incoming / ${widgets_1.minute}`, "written"),
            (0, widgets_1.expressionRow)("read", `outgoing / ${widgets_1.minute}`, "read by polling consumers", { color: widgets_1.colors.muted }),
            ...readByConsumer(context),
            (0, widgets_1.expressionRow)("limit", `shards * ${recordsPerShard}`, "limit of the shards", { color: widgets_1.colors.bad }),
        ],
        left: { min: 0, label: "records/s" },
    });
}
function readByConsumer(context) {
    if (!context.names.consumerName)
        return [];
    return [
        (0, context_1.hidden)(context, catalogue_1.consumerMetrics["SubscribeToShardEvent.Records"], "pushed"),
        (0, widgets_1.expressionRow)("fanOut", `pushed / ${widgets_1.minute}`, "read by enhanced fan-out"),
    ];
}
function throughputInBytes(context) {
    const perSecond = (id) => `${id} / ${widgets_1.minute * bytesPerMiB}`;
    return (0, widgets_1.graph)({
        title: "Stream throughput in bytes",
        width: 12,
        region: context.model.region,
        metrics: [
            (0, context_1.hidden)(context, catalogue_1.streamMetrics.IncomingBytes, "incoming"),
            (0, context_1.hidden)(context, catalogue_1.streamMetrics["GetRecords.Bytes"], "outgoing"),
            (0, context_1.row)(context, catalogue_1.streamScalerMetrics.actual, { id: "shards", label: "limit of the shards (1 MiB/s each)", color: widgets_1.colors.bad }),
            (0, widgets_1.expressionRow)("written", perSecond("incoming"), "written"),
            (0, widgets_1.expressionRow)("read", perSecond("outgoing"), "read by polling consumers", { color: widgets_1.colors.muted }),
        ],
        left: { min: 0, label: "MiB/s" },
    });
}
function calls(context) {
    const { region } = context.model;
    const latency = (entry, label) => [
        (0, context_1.row)(context, entry, { label: `${label}, average` }),
        (0, context_1.row)(context, entry, { label: `${label}, slowest`, stat: "Maximum", yAxis: "right" }),
    ];
    const success = (entry, id, label) => [
        (0, context_1.hidden)(context, entry, id),
        (0, widgets_1.expressionRow)(`${id}Percent`, `100 * ${id}`, label),
    ];
    return [
        (0, widgets_1.graph)({
            title: "Latency of calls",
            width: 12,
            region,
            metrics: [
                ...latency(catalogue_1.streamMetrics["GetRecords.Latency"], "GetRecords"),
                ...latency(catalogue_1.streamMetrics["PutRecords.Latency"], "PutRecords"),
                ...latency(catalogue_1.streamMetrics["PutRecord.Latency"], "PutRecord"),
            ],
            left: { min: 0, label: "ms, average" },
            right: { min: 0, label: "ms, slowest" },
        }),
        (0, widgets_1.graph)({
            title: "Success of calls",
            width: 12,
            region,
            metrics: [
                ...success(catalogue_1.streamMetrics["GetRecords.Success"], "getRecords", "GetRecords"),
                ...success(catalogue_1.streamMetrics["PutRecords.Success"], "putRecords", "PutRecords"),
                ...success(catalogue_1.streamMetrics["PutRecord.Success"], "putRecord", "PutRecord"),
            ],
            left: { max: 100, label: "%" },
        }),
    ];
}
/** The twenty fullest shards, in percent of what a shard takes. */
function hotShards(context) {
    const { region } = context.model;
    const { IncomingRecords, IncomingBytes, WriteProvisionedThroughputExceeded } = catalogue_1.streamMetrics;
    const found = (entry) => (0, context_1.search)(entry, "ShardId,StreamName", ["StreamName", context.names.streamName]);
    const fullest = (entry, factor) => [
        (0, widgets_1.expressionRow)("shards", found(entry), "", { visible: false }),
        (0, widgets_1.expressionRow)("hottest", `SORT(${factor ? `shards ${factor}` : "shards"}, MAX, DESC, 20)`, ""),
    ];
    const full = [{ value: 100, label: "limit of a shard", color: widgets_1.colors.bad }];
    return [
        (0, widgets_1.graph)({
            title: "Hottest shards in records",
            width: 8,
            region,
            metrics: fullest(IncomingRecords, `* 100 / ${widgets_1.minute * recordsPerShard}`),
            left: { min: 0, label: "%" },
            thresholds: full,
        }),
        (0, widgets_1.graph)({
            title: "Hottest shards in bytes",
            width: 8,
            region,
            metrics: fullest(IncomingBytes, `* 100 / ${widgets_1.minute * bytesPerMiB}`),
            left: { min: 0, label: "%" },
            thresholds: full,
        }),
        (0, widgets_1.graph)({
            title: "Throttled writes by shard",
            width: 8,
            region,
            metrics: fullest(WriteProvisionedThroughputExceeded, ""),
            left: { min: 0, label: "a minute" },
        }),
    ];
}
function producerLibrary(context) {
    const { RetriesPerRecord, UserRecordsPending, BufferingTime } = catalogue_1.producerMetrics;
    const widget = (entry, title, label, unit) => (0, widgets_1.graph)({
        title,
        width: 8,
        region: context.model.region,
        metrics: [(0, context_1.row)(context, entry, { label })],
        left: { min: 0, label: unit },
    });
    return [
        widget(RetriesPerRecord, "Producer library: retries per record", "RetriesPerRecord, average", "retries"),
        widget(UserRecordsPending, "Producer library: records pending", "UserRecordsPending, most", "records"),
        widget(BufferingTime, "Producer library: buffering time", "BufferingTime, average", "ms"),
    ];
}
