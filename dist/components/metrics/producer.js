"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.producerMetrics = void 0;
function metric(name, facts) {
    return {
        namespace: "KinesisProducerLibrary",
        name,
        dimensions: (names) => ({ StreamName: names.streamName }),
        period: 60,
        levels: ["Producer", "Shard"],
        ...facts,
    };
}
/** Present where producers use the library with its metrics on. */
exports.producerMetrics = {
    RetriesPerRecord: metric("RetriesPerRecord", {
        unit: "Count",
        stat: "Average",
        why: "retries of a record, averaged over the records finished in the period",
        healthy: "under 1; more is throttling or timeouts",
    }),
    UserRecordsPending: metric("UserRecordsPending", {
        unit: "Count",
        stat: "Maximum",
        why: "the fullest producer loses records first",
        healthy: "stable; growth is an under-provisioned stream",
    }),
    BufferingTime: metric("BufferingTime", {
        unit: "Milliseconds",
        stat: "Average",
        why: "time from the record's arrival at the library to the call that sends it",
        healthy: "about RecordMaxBufferedTime (100 ms by default)",
    }),
};
