"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.dashboardContext = dashboardContext;
exports.row = row;
exports.hidden = hidden;
exports.emitted = emitted;
exports.reportsTasks = reportsTasks;
exports.search = search;
const catalogue_1 = require("../metrics/catalogue");
const widgets_1 = require("./widgets");
function dashboardContext(model) {
    return { model, names: model.names };
}
/** A row of the catalogue with the catalogue's statistic, or another one. */
function row({ names }, entry, options = {}) {
    const { stat, ...rowOptions } = options;
    return (0, widgets_1.metricRow)((0, catalogue_1.statOf)(entry, names, stat), rowOptions);
}
function hidden(context, entry, id, stat) {
    return row(context, entry, { id, stat, visible: false });
}
function emitted({ model }, entry) {
    return (0, catalogue_1.emittedBy)(entry, model.runtime);
}
function reportsTasks({ model }, entry) {
    return (0, catalogue_1.emittedBy)(entry, model.runtime) && (0, catalogue_1.reportedAt)(entry, model.metricsLevel, "Task");
}
/** SEARCH for all metrics with exactly these dimensions; `filter` names the one whose value must match. */
function search(entry, dimensions, filter) {
    const [name, value] = filter;
    const term = `{${entry.namespace},${dimensions}} MetricName="${entry.name}" ${name}="${value}"`;
    return `SEARCH('${term}', '${entry.stat}', ${widgets_1.minute})`;
}
