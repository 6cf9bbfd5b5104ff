"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.publish = publish;
exports.capacityMinute = capacityMinute;
exports.settledMinute = settledMinute;
const names_1 = require("./names");
const time_1 = require("./time");
const minute = 60_000;
/**
 * Publishes metrics of a dimension by a line in CloudWatch's embedded metric format (the function's log format must be Text).
 * The line is the whole log event. Undefined values are left out; without any nothing is written.
 */
function publish(stack, id, timestamp, values) {
    const names = Object.keys(values).filter((name) => values[name] !== undefined);
    if (names.length === 0)
        return;
    console.log(JSON.stringify({
        _aws: {
            Timestamp: timestamp,
            CloudWatchMetrics: [
                {
                    Namespace: names_1.metricNamespace,
                    Dimensions: [[names_1.stackDimension, names_1.idDimension]],
                    Metrics: names.map((Name) => ({ Name, Unit: "Count" })),
                },
            ],
        },
        [names_1.stackDimension]: stack,
        [names_1.idDimension]: id,
        ...values,
    }));
}
/**
 * The minute that capacities are published for: two before the one of `now`, because by then the services' metrics of that minute
 * are in. Capacity is the gate of every utilisation: a minute without it has none.
 */
function capacityMinute(now) {
    return (0, time_1.minuteStart)(now) - 2 * minute;
}
/** The minute that the settled capacity is published for: metrics that come three minutes late are in by now. */
function settledMinute(now) {
    return (0, time_1.minuteStart)(now) - 4 * minute;
}
