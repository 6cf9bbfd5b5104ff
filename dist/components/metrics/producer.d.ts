/** Source: "Monitor the Kinesis Producer Library with Amazon CloudWatch"; the namespace is the library's default. */
import type { MetricEntry } from "./entry";
/** Present where producers use the library with its metrics on. */
export declare const producerMetrics: {
    readonly RetriesPerRecord: MetricEntry;
    readonly UserRecordsPending: MetricEntry;
    readonly BufferingTime: MetricEntry;
};
