"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.summary = summary;
const catalogue_1 = require("../../metrics/catalogue");
const console_1 = require("../console");
const context_1 = require("../context");
const signals_1 = require("../../scaling/signals");
const lag_1 = require("./lag");
const signalRows_1 = require("../signalRows");
const widgets_1 = require("../widgets");
/** CloudWatch's limit of alarms in one alarm widget, and how many it draws side by side on a wide screen. */
const alarmsPerWidget = 100;
const alarmsPerRow = 6;
/** us-east-1. Sources: "Amazon Kinesis Data Streams pricing", "Amazon Managed Service for Apache Flink pricing". */
const defaultPrices = { shardHourUsd: 0.015, putPayloadUnitsMillionUsd: 0.014, kpuHourUsd: 0.11 };
const bytesPerPayloadUnit = 25 * 1024;
const hoursPerMonth = 730;
function summary(context) {
    const { streamScaling, applicationScaling } = context.model;
    return [
        (0, widgets_1.text)(heading(context), 2),
        ...alarmWidgets(context),
        capacityGauge(context, "Shards", streamScaling, catalogue_1.streamScalerMetrics),
        capacityGauge(context, "KPUs", applicationScaling, catalogue_1.applicationScalerMetrics),
        utilisationGauge(context, "Stream utilisation now", streamScaling),
        utilisationGauge(context, "Application utilisation now", applicationScaling),
        lagNow(context),
        ...costs(context),
        updatesLeftNow(context),
    ];
}
function heading({ model }) {
    const { region, applicationLogGroup } = model;
    const links = [
        ["Flink application and its Flink dashboard", (0, console_1.applicationUrl)(region, model.names.applicationName)],
        ...(applicationLogGroup ? [["Application's log", (0, console_1.logGroupUrl)(region, applicationLogGroup)]] : []),
        ["Stream", (0, console_1.streamUrl)(region, model.names.streamName)],
        ["Scaler's log", (0, console_1.logGroupUrl)(region, model.scalerLogGroup)],
        ["Alarms", (0, console_1.alarmsUrl)(region)],
        ["Runbook", model.runbookUrl],
    ];
    return `# Pipeline ${model.title}\n${links.map(([label, url]) => `[${label}](${url})`).join(" · ")}`;
}
function alarmWidgets({ model }) {
    const widgets = [];
    for (let from = 0; from < model.alarmArns.length; from += alarmsPerWidget) {
        const arns = model.alarmArns.slice(from, from + alarmsPerWidget);
        const title = from === 0 ? "Alarms" : `Alarms from ${from + 1}`;
        widgets.push((0, widgets_1.alarmStates)(title, arns, 1 + Math.ceil(arns.length / alarmsPerRow)));
    }
    return widgets;
}
function capacityGauge(context, title, panel, entries) {
    const thresholds = [
        { value: panel.min, label: "minimum", color: widgets_1.colors.info },
        { value: panel.max, label: "maximum", color: widgets_1.colors.bad },
    ];
    return (0, widgets_1.gauge)({
        title,
        width: 6,
        region: context.model.region,
        metrics: [
            (0, context_1.row)(context, entries.actual, { id: "actual", label: "there" }),
            (0, context_1.row)(context, entries.desired, { id: "desired", label: "asked for" }),
        ],
        left: { min: 0, max: panel.max },
        thresholds,
    });
}
function utilisationGauge(context, title, panel) {
    const signal = (0, signalRows_1.signalRows)(panel.scaleOutUtilisation, "out", { label: "utilisation %" });
    const thresholds = [
        { value: panel.scaleOutPercent, label: "scale out", color: widgets_1.colors.bad, fill: "above" },
        { value: panel.targetPercent, label: "target", color: widgets_1.colors.good },
        { value: panel.scaleInPercent, label: "scale in", color: widgets_1.colors.info, fill: "below" },
    ];
    const max = Math.ceil((panel.scaleOutPercent * 1.5) / 10) * 10;
    return (0, widgets_1.gauge)({ title, width: 6, region: context.model.region, metrics: signal.rows, left: { min: 0, max }, thresholds });
}
function lagNow(context) {
    const entry = (0, signals_1.lagEntry)(context.model.lagMetric);
    return (0, widgets_1.singleValue)({
        title: "Lag now",
        width: 6,
        height: 4,
        region: context.model.region,
        metrics: [(0, context_1.hidden)(context, entry, "lag"), (0, lag_1.lagSecondsRow)("lagSeconds", "lag", "seconds behind")],
    });
}
/**
 * Capacity that is there, at list price, and the PUT payload units of the records that came (from their average size: each
 * record is rounded up on its own). Not counted: extended retention, enhanced fan-out, storage, traffic, the monitoring itself.
 */
function costs(context) {
    const prices = { ...defaultPrices, ...definedPrices(context) };
    const { shardHourUsd, kpuHourUsd, putPayloadUnitsMillionUsd } = prices;
    const inputs = [
        (0, context_1.hidden)(context, catalogue_1.streamScalerMetrics.actual, "shards"),
        (0, context_1.hidden)(context, catalogue_1.applicationScalerMetrics.actual, "kpus"),
        (0, context_1.hidden)(context, catalogue_1.streamMetrics.IncomingRecords, "records"),
        (0, context_1.hidden)(context, catalogue_1.streamMetrics.IncomingBytes, "bytes"),
        (0, widgets_1.expressionRow)("units", `60 * records * CEIL(bytes / records / ${bytesPerPayloadUnit})`, "payload units an hour", {
            visible: false,
        }),
    ];
    const unitsCost = `units * ${decimal(putPayloadUnitsMillionUsd)} / 1000000`;
    const cost = `shards * ${decimal(shardHourUsd)} + (kpus + 1) * ${decimal(kpuHourUsd)} + ${unitsCost}`;
    const widget = (title, rows) => (0, widgets_1.singleValue)({ title, width: 6, height: 4, region: context.model.region, metrics: [...inputs, ...rows] });
    return [
        widget("Cost per hour now", [(0, widgets_1.expressionRow)("cost", cost, "USD an hour")]),
        widget("Cost per month, projected", [
            (0, widgets_1.expressionRow)("cost", cost, "USD an hour", { visible: false }),
            (0, widgets_1.expressionRow)("month", `TIME_SERIES(${hoursPerMonth} * AVG(cost))`, "USD a month, at the average of the time shown"),
        ]),
    ];
}
/** Metric math has no exponents. */
function decimal(price) {
    return price.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 12 });
}
function definedPrices({ model }) {
    const given = Object.entries(model.prices ?? {}).filter(([, price]) => price !== undefined);
    return Object.fromEntries(given);
}
function updatesLeftNow(context) {
    return (0, widgets_1.singleValue)({
        title: "Shard count updates left",
        width: 6,
        height: 4,
        region: context.model.region,
        metrics: [
            (0, context_1.row)(context, catalogue_1.streamScalerMetrics.updatesLeft, { id: "left", label: `left of ${context.model.updatesPerDay} in 24 hours` }),
        ],
    });
}
