"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.newestLag = newestLag;
const time_1 = require("./time");
/** The newest lag of the last five minutes; undefined when there is none or it is -1, "not reported yet". */
async function newestLag(aws, metric, now) {
    const { MetricDataResults } = await aws.call("cloudwatch", "GetMetricData", {
        StartTime: (0, time_1.sdkTime)(now - 5 * 60_000),
        EndTime: (0, time_1.sdkTime)(now),
        ScanBy: "TimestampDescending",
        MetricDataQueries: [
            {
                Id: "lag",
                MetricStat: {
                    Metric: {
                        Namespace: metric.namespace,
                        MetricName: metric.metricName,
                        Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
                    },
                    Period: 60,
                    Stat: "Maximum",
                },
            },
        ],
    });
    const { Timestamps = [], Values = [] } = MetricDataResults?.[0] ?? {};
    const milliseconds = Values[0];
    const at = Timestamps[0];
    return milliseconds === undefined || at === undefined || milliseconds < 0 ? undefined : { milliseconds, at: Number(at) };
}
