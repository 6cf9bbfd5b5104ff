"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.scaling = scaling;
const catalogue_1 = require("../../metrics/catalogue");
const context_1 = require("../context");
const signalRows_1 = require("../signalRows");
const widgets_1 = require("../widgets");
/** After this long an asked-for capacity that is not there is given up or alarmed. */
const pendingLimitMinutes = 15;
function scaling(context) {
    const { streamScaling, applicationScaling } = context.model;
    const stream = { title: "Stream", unit: "shards", panel: streamScaling, ...catalogue_1.streamScalerMetrics };
    const application = { title: "Application", unit: "KPUs", panel: applicationScaling, ...catalogue_1.applicationScalerMetrics };
    return [
        (0, widgets_1.text)("## Scaling"),
        demandAndCapacity(context, stream),
        utilisation(context, stream),
        demandAndCapacity(context, application),
        utilisation(context, application),
        events(context),
        failures(context),
        updatesLeft(context),
        waiting(context),
        decisions(context),
    ];
}
/** Demand in units of capacity: what is needed at 100 % utilisation, against what is asked for and what is there. */
function demandAndCapacity(context, dimension) {
    const { title, unit, panel } = dimension;
    const signal = (0, signalRows_1.signalRows)(panel.scaleOutUtilisation, "out", { visible: false });
    const share = (percent) => `desired * ${percent} / 100`;
    return (0, widgets_1.graph)({
        title: `${title}: demand and capacity`,
        width: 12,
        region: context.model.region,
        metrics: [
            ...signal.rows,
            (0, context_1.row)(context, dimension.desired, { id: "desired", label: "asked for", color: widgets_1.colors.good }),
            (0, context_1.row)(context, dimension.actual, { id: "actual", label: "there", color: widgets_1.colors.info }),
            (0, widgets_1.expressionRow)("demand", `${signal.id} * desired / 100`, `demand in ${unit}`, { color: widgets_1.colors.warn }),
            (0, widgets_1.expressionRow)("scaleOut", share(panel.scaleOutPercent), `scales out above (${panel.scaleOutPercent} %)`, {
                color: widgets_1.colors.bad,
            }),
            (0, widgets_1.expressionRow)("scaleIn", share(panel.scaleInPercent), `scales in below (${panel.scaleInPercent} %)`, {
                color: widgets_1.colors.muted,
            }),
        ],
        left: { min: 0, label: unit },
    });
}
function utilisation(context, { title, panel }) {
    const out = (0, signalRows_1.signalRows)(panel.scaleOutUtilisation, "out", { label: "as the scale-out alarm sees it", color: widgets_1.colors.warn });
    const inward = (0, signalRows_1.signalRows)(panel.scaleInUtilisation, "in", { label: "as the scale-in alarm sees it", color: widgets_1.colors.muted });
    return (0, widgets_1.graph)({
        title: `${title}: utilisation`,
        width: 12,
        region: context.model.region,
        metrics: [...out.rows, ...inward.rows],
        left: { min: 0, label: "%" },
        thresholds: [
            { value: panel.scaleOutPercent, label: "scale out", color: widgets_1.colors.bad, fill: "above" },
            { value: panel.targetPercent, label: "target", color: widgets_1.colors.good },
            { value: panel.scaleInPercent, label: "scale in", color: widgets_1.colors.info, fill: "below" },
        ],
    });
}
function events(context) {
    return (0, widgets_1.graph)({
        title: "Scaling events",
        width: 6,
        region: context.model.region,
        metrics: [
            (0, context_1.row)(context, catalogue_1.streamScalerMetrics.changes, { label: "changes of the stream begun" }),
            (0, context_1.row)(context, catalogue_1.applicationScalerMetrics.changes, { label: "changes of the application begun" }),
        ],
        left: { min: 0, label: "changes a minute" },
    });
}
function failures(context) {
    const ofFunction = context.names.scalerFunctionName
        ? [(0, context_1.row)(context, catalogue_1.functionMetrics.Errors, { label: "invocations of the scaler that failed" })]
        : [];
    return (0, widgets_1.graph)({
        title: "Scaling failures",
        width: 6,
        region: context.model.region,
        metrics: [
            (0, context_1.row)(context, catalogue_1.streamScalerMetrics.failedUpdates, { label: "stream updates failed", color: widgets_1.colors.bad }),
            (0, context_1.row)(context, catalogue_1.applicationScalerMetrics.failedUpdates, {
                label: "application updates failed or rolled back",
                color: widgets_1.colors.warn,
            }),
            (0, context_1.row)(context, catalogue_1.streamScalerMetrics.errors, { label: "runs that could not handle the stream" }),
            (0, context_1.row)(context, catalogue_1.applicationScalerMetrics.errors, { label: "runs that could not handle the application" }),
            ...ofFunction,
        ],
        left: { min: 0, label: "failures a minute" },
    });
}
function updatesLeft(context) {
    return (0, widgets_1.graph)({
        title: "Shard count updates left, in 24 hours",
        width: 6,
        region: context.model.region,
        metrics: [(0, context_1.row)(context, catalogue_1.streamScalerMetrics.updatesLeft, { label: "left" })],
        left: { min: 0, max: context.model.updatesPerDay, label: "updates" },
        thresholds: [{ value: 2, label: "keep two to climb back", color: widgets_1.colors.warn, fill: "below" }],
    });
}
function waiting(context) {
    return (0, widgets_1.graph)({
        title: "Asked for and not there",
        width: 6,
        region: context.model.region,
        metrics: [
            (0, context_1.row)(context, catalogue_1.streamScalerMetrics.pendingMinutes, { label: "stream" }),
            (0, context_1.row)(context, catalogue_1.applicationScalerMetrics.pendingMinutes, { label: "application" }),
        ],
        left: { min: 0, label: "minutes" },
        thresholds: [{ value: pendingLimitMinutes, label: "too long", color: widgets_1.colors.bad, fill: "above" }],
    });
}
/** Read out of the text: whether Logs Insights discovers the fields behind Lambda's prefix may depend on the log group's name. */
function decisions({ model }) {
    const text = (key, name) => `parse @message /"${key}":"(?<${name}>[^"]*)"/`;
    const capacity = (key, name) => `parse @message /"${key}":(?<${name}>[0-9]+)/`;
    const query = [
        `SOURCE '${model.scalerLogGroup}'`,
        'filter @message like /"sluice":"decision"/',
        text("time", "decided"),
        text("id", "dimension"),
        text("action", "step"),
        capacity("actual", "there"),
        capacity("desired", "asked"),
        capacity("target", "next"),
        // A quote in the reason stands behind a backslash.
        'parse @message /"reason":"(?<why>.*?[^\\\\])"/',
        "sort @timestamp desc",
        "limit 50",
        "display decided, dimension, step, there, asked, next, why",
    ].join(" | ");
    return (0, widgets_1.logTable)("Latest decisions", model.region, query, 8);
}
