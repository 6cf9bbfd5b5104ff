"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.alarmQueries = alarmQueries;
/** Metric math as aws.cloudwatch.MetricAlarm takes it. */
function alarmQueries(queries) {
    return queries.map(({ id, label, metric, expression, returnData }) => ({
        id,
        returnData,
        ...(label ? { label } : {}),
        ...(expression ? { expression } : {}),
        ...(metric ? { metric: { ...metric, period: metric.period ?? 60 } } : {}),
    }));
}
