"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.colors = exports.minute = void 0;
exports.metricRow = metricRow;
exports.expressionRow = expressionRow;
exports.graph = graph;
exports.singleValue = singleValue;
exports.gauge = gauge;
exports.text = text;
exports.alarmStates = alarmStates;
exports.logTable = logTable;
/** Every metric here has one datapoint a minute; the alarms' expressions hold for that period. */
exports.minute = 60;
exports.colors = { bad: "#d13212", good: "#1d8102", info: "#0073bb", muted: "#687078", warn: "#ff9900" };
function metricRow(metric, options = {}) {
    const dimensions = Object.entries(metric.dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
    const period = metric.period === undefined || metric.period === exports.minute ? {} : { period: metric.period };
    return [metric.namespace, metric.metricName, ...dimensions.flat(), { stat: metric.stat, ...period, ...options }];
}
function expressionRow(id, expression, label, options = {}) {
    return [{ id, expression, label, ...options }];
}
function metricWidget(view, args, more = {}) {
    const { title, width, height = 6, region, metrics, left, right, thresholds = [] } = args;
    const axis = (side) => ({ ...side, showUnits: false });
    const yAxis = left || right ? { yAxis: { ...(left && { left: axis(left) }), ...(right && { right: axis(right) }) } } : {};
    const annotations = thresholds.length > 0 ? { annotations: { horizontal: thresholds } } : {};
    const properties = { view, title, region, period: exports.minute, metrics, ...yAxis, ...annotations, ...more };
    return { type: "metric", width, height, properties };
}
function graph(args) {
    return metricWidget("timeSeries", args, { stacked: false });
}
/** The latest value of each row; with a curve of the time before it. */
function singleValue(args) {
    return metricWidget("singleValue", args, { sparkline: true });
}
/** CloudWatch requires both ends of a gauge's scale. */
function gauge(args) {
    return metricWidget("gauge", args);
}
function text(markdown, height = 1, width = 24) {
    return { type: "text", width, height, properties: { background: "transparent", markdown } };
}
function alarmStates(title, alarms, height) {
    return { type: "alarm", width: 24, height, properties: { title, alarms, sortBy: "stateUpdatedTimestamp" } };
}
function logTable(title, region, query, height) {
    return { type: "log", width: 24, height, properties: { title, region, query, view: "table" } };
}
