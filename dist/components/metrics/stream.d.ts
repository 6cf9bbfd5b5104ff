/** Source: "Monitoring the Amazon Kinesis Data Streams Service with Amazon CloudWatch". */
import type { MetricEntry } from "./entry";
export declare const streamMetrics: {
    readonly IncomingRecords: MetricEntry;
    readonly IncomingBytes: MetricEntry;
    readonly WriteProvisionedThroughputExceeded: MetricEntry;
    readonly ReadProvisionedThroughputExceeded: MetricEntry;
    readonly "GetRecords.IteratorAgeMilliseconds": MetricEntry;
    readonly "GetRecords.Records": MetricEntry;
    readonly "GetRecords.Bytes": MetricEntry;
    readonly "GetRecords.Latency": MetricEntry;
    readonly "GetRecords.Success": MetricEntry;
    readonly "PutRecord.Latency": MetricEntry;
    readonly "PutRecord.Success": MetricEntry;
    readonly "PutRecords.Latency": MetricEntry;
    readonly "PutRecords.Success": MetricEntry;
    readonly "PutRecords.TotalRecords": MetricEntry;
    readonly "PutRecords.SuccessfulRecords": MetricEntry;
    readonly "PutRecords.FailedRecords": MetricEntry;
    readonly "PutRecords.ThrottledRecords": MetricEntry;
};
/** Enhanced fan-out, per registered consumer. */
export declare const consumerMetrics: {
    readonly "SubscribeToShard.Success": MetricEntry;
    readonly "SubscribeToShard.RateExceeded": MetricEntry;
    readonly "SubscribeToShardEvent.Bytes": MetricEntry;
    readonly "SubscribeToShardEvent.Records": MetricEntry;
    readonly "SubscribeToShardEvent.Success": MetricEntry;
    readonly "SubscribeToShardEvent.MillisBehindLatest": MetricEntry;
};
