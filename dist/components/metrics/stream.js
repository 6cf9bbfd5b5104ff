"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.consumerMetrics = exports.streamMetrics = void 0;
function metric(name, facts) {
    return {
        namespace: "AWS/Kinesis",
        name,
        dimensions: (names) => ({ StreamName: names.streamName }),
        period: 60,
        levels: ["Stream"],
        ...facts,
    };
}
const counted = "a count: Sum is the total of the period";
const oneBadCall = "a single slow call is diluted by the average; both are drawn";
const success = "1 for a success and 0 for a failure: Average is the share";
exports.streamMetrics = {
    IncomingRecords: metric("IncomingRecords", {
        unit: "Count",
        stat: "Sum",
        why: counted,
        healthy: "under 1,000 a second and shard",
        levels: ["Stream", "Shard"],
    }),
    IncomingBytes: metric("IncomingBytes", {
        unit: "Bytes",
        stat: "Sum",
        why: counted,
        healthy: "under 1 MiB a second and shard",
        levels: ["Stream", "Shard"],
    }),
    WriteProvisionedThroughputExceeded: metric("WriteProvisionedThroughputExceeded", {
        unit: "Count",
        stat: "Sum",
        why: counted,
        healthy: "0; a few at the top of a spike",
        levels: ["Stream", "Shard"],
    }),
    ReadProvisionedThroughputExceeded: metric("ReadProvisionedThroughputExceeded", {
        unit: "Count",
        stat: "Sum",
        why: counted,
        healthy: "0; otherwise too many consumers share the shards",
        levels: ["Stream", "Shard"],
    }),
    "GetRecords.IteratorAgeMilliseconds": metric("GetRecords.IteratorAgeMilliseconds", {
        unit: "Milliseconds",
        stat: "Maximum",
        why: "the consumer that is furthest behind counts; all polling consumers are in it",
        healthy: "under a minute",
    }),
    "GetRecords.Records": metric("GetRecords.Records", {
        unit: "Count",
        stat: "Sum",
        why: counted,
        healthy: "the incoming records times the polling consumers",
    }),
    "GetRecords.Bytes": metric("GetRecords.Bytes", {
        unit: "Bytes",
        stat: "Sum",
        why: counted,
        healthy: "under 2 MiB a second and shard",
    }),
    "GetRecords.Latency": metric("GetRecords.Latency", {
        unit: "Milliseconds",
        stat: "Average",
        why: oneBadCall,
        healthy: "tens of milliseconds",
    }),
    "GetRecords.Success": metric("GetRecords.Success", { unit: "Count", stat: "Average", why: success, healthy: "1" }),
    "PutRecord.Latency": metric("PutRecord.Latency", {
        unit: "Milliseconds",
        stat: "Average",
        why: oneBadCall,
        healthy: "tens of milliseconds",
    }),
    "PutRecord.Success": metric("PutRecord.Success", { unit: "Count", stat: "Average", why: success, healthy: "1" }),
    "PutRecords.Latency": metric("PutRecords.Latency", {
        unit: "Milliseconds",
        stat: "Average",
        why: oneBadCall,
        healthy: "tens of milliseconds",
    }),
    "PutRecords.Success": metric("PutRecords.Success", { unit: "Count", stat: "Average", why: success, healthy: "1" }),
    "PutRecords.TotalRecords": metric("PutRecords.TotalRecords", {
        unit: "Count",
        stat: "Sum",
        why: counted,
        healthy: "the records offered, retries included",
    }),
    "PutRecords.SuccessfulRecords": metric("PutRecords.SuccessfulRecords", {
        unit: "Count",
        stat: "Sum",
        why: counted,
        healthy: "close to TotalRecords",
    }),
    "PutRecords.FailedRecords": metric("PutRecords.FailedRecords", {
        unit: "Count",
        stat: "Sum",
        why: counted,
        healthy: "0; internal failures of the service",
    }),
    "PutRecords.ThrottledRecords": metric("PutRecords.ThrottledRecords", {
        unit: "Count",
        stat: "Sum",
        why: counted,
        healthy: "0; a few at the top of a spike",
    }),
};
function consumerMetric(name, facts) {
    const dimensions = (names) => ({
        StreamName: names.streamName,
        ConsumerName: names.consumerName ?? "",
    });
    return metric(name, { dimensions, levels: ["Consumer"], ...facts });
}
/** Enhanced fan-out, per registered consumer. */
exports.consumerMetrics = {
    "SubscribeToShard.Success": consumerMetric("SubscribeToShard.Success", {
        unit: "Count",
        stat: "Average",
        why: success,
        healthy: "1",
    }),
    "SubscribeToShard.RateExceeded": consumerMetric("SubscribeToShard.RateExceeded", {
        unit: "Count",
        stat: "Sum",
        why: counted,
        healthy: "0",
    }),
    "SubscribeToShardEvent.Bytes": consumerMetric("SubscribeToShardEvent.Bytes", {
        unit: "Bytes",
        stat: "Sum",
        why: counted,
        healthy: "the incoming bytes",
    }),
    "SubscribeToShardEvent.Records": consumerMetric("SubscribeToShardEvent.Records", {
        unit: "Count",
        stat: "Sum",
        why: counted,
        healthy: "the incoming records",
    }),
    "SubscribeToShardEvent.Success": consumerMetric("SubscribeToShardEvent.Success", {
        unit: "Count",
        stat: "Average",
        why: success,
        healthy: "1",
    }),
    "SubscribeToShardEvent.MillisBehindLatest": consumerMetric("SubscribeToShardEvent.MillisBehindLatest", {
        unit: "Milliseconds",
        stat: "Maximum",
        why: "the shard that is furthest behind counts",
        healthy: "under a minute",
    }),
};
