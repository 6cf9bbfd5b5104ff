"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.dashboardBody = dashboardBody;
exports.sortedJson = sortedJson;
const context_1 = require("./context");
const extraWidgets_1 = require("./extraWidgets");
const layout_1 = require("./layout");
const health_1 = require("./sections/health");
const kinesis_1 = require("./sections/kinesis");
const progress_1 = require("./sections/progress");
const resources_1 = require("./sections/resources");
const scaling_1 = require("./sections/scaling");
const summary_1 = require("./sections/summary");
const variables_1 = require("./variables");
const sections = [summary_1.summary, health_1.applicationHealth, resources_1.resourceUtilisation, progress_1.flinkProgress, kinesis_1.kinesisSourceAndSink, scaling_1.scaling];
/**
 * The dashboard's body as an object. The same arguments give the same body.
 * @throws {RangeError} If an extra widget is not valid (with its path), the runtime is not a Flink runtime, or a signal has no
 * result.
 */
function dashboardBody(model) {
    const context = (0, context_1.dashboardContext)(model);
    const own = sections.reduce((placed, section) => [...placed, ...(0, layout_1.place)(section(context), (0, layout_1.bottom)(placed))], []);
    const extra = model.extraWidgets ? (0, extraWidgets_1.placeExtraWidgets)(JSON.parse(model.extraWidgets), (0, layout_1.bottom)(own)) : [];
    const choices = (0, variables_1.variables)(model);
    return {
        start: "-PT3H",
        // The signals divide a minute's sums: a period that adapts to the time range would multiply them.
        periodOverride: "inherit",
        ...(choices.length > 0 && { variables: choices }),
        widgets: [...own, ...extra],
    };
}
/** JSON with the keys of every object in order, so that equal bodies are equal texts. */
function sortedJson(value) {
    return JSON.stringify(value, (_key, nested) => {
        if (nested === null || typeof nested !== "object" || Array.isArray(nested))
            return nested;
        return Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)));
    });
}
