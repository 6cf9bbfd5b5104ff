"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.bodySchema = exports.widgetsSchema = void 0;
const string = { type: "string" };
const boolean = { type: "boolean" };
const number = { type: "number" };
function object(properties, required = [], more = {}) {
    return { type: "object", properties, required, additionalProperties: false, ...more };
}
function oneOfThese(...values) {
    return { enum: values };
}
const id = { type: "string", pattern: "^[a-z][a-zA-Z0-9_]*$", maxLength: 255 };
const color = { type: "string", pattern: "^#[0-9a-fA-F]{6}$" };
const period = { type: "integer", minimum: 60, multipleOf: 60 };
const stat = {
    type: "string",
    pattern: "^(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tm|wm|tc|ts)\\d{1,2}(\\.\\d+)?|p100|(PR|TM|WM|TC|TS)\\(.+\\))$",
};
const rowOptions = {
    accountId: string,
    color,
    id,
    label: string,
    period,
    region: string,
    stat,
    visible: boolean,
    yAxis: oneOfThese("left", "right"),
};
/** An expression alone, or namespace, name, dimension, value, ... and options. That options come last is checked in code. */
const metricRow = {
    type: "array",
    minItems: 1,
    if: { items: { type: "object" } },
    then: { maxItems: 1, items: object({ ...rowOptions, expression: string }, ["expression"]) },
    else: { minItems: 2, items: { if: { type: "object" }, then: object(rowOptions), else: string } },
};
const horizontalProperties = {
    color,
    fill: oneOfThese("above", "below", "none"),
    label: string,
    value: number,
    visible: boolean,
    yAxis: oneOfThese("left", "right"),
};
const bandEdge = object({ color, label: string, value: number, visible: boolean, yAxis: oneOfThese("left", "right") }, ["value"]);
const horizontal = {
    if: { type: "array" },
    then: { items: bandEdge, minItems: 2, maxItems: 2 },
    else: object(horizontalProperties, ["value"]),
};
const verticalEdge = object({ color, fill: oneOfThese("before", "after", "none"), label: string, value: string, visible: boolean }, ["value"]);
const vertical = { if: { type: "array" }, then: { items: verticalEdge, minItems: 2, maxItems: 2 }, else: verticalEdge };
/** Either one alarm or lines, never both. */
const annotations = object({
    alarms: { type: "array", items: string, minItems: 1, maxItems: 1 },
    horizontal: { type: "array", items: horizontal },
    vertical: { type: "array", items: vertical },
}, [], { if: { required: ["alarms"] }, then: { properties: { horizontal: false, vertical: false } } });
const axis = object({ label: string, max: number, min: number, showUnits: boolean });
const gaugeAxis = { required: ["left"], properties: { left: { required: ["min", "max"] } } };
const metricProperties = object({
    accountId: string,
    annotations,
    end: string,
    labels: object({ visible: boolean }),
    legend: object({ position: oneOfThese("right", "bottom", "hidden") }),
    liveData: boolean,
    metrics: { type: "array", items: metricRow, maxItems: 500 },
    period,
    region: string,
    setPeriodToTimeRange: boolean,
    singleValueFullPrecision: boolean,
    sparkline: boolean,
    stacked: boolean,
    start: string,
    stat,
    table: object({
        layout: oneOfThese("vertical", "horizontal"),
        showTimeSeriesData: boolean,
        stickySummary: boolean,
        summaryColumns: { type: "array", items: string },
    }),
    timezone: { type: "string", pattern: "^[+-]\\d{4}$" },
    title: string,
    view: oneOfThese("timeSeries", "singleValue", "gauge", "bar", "pie", "table"),
    yAxis: object({ left: axis, right: axis }),
}, ["region"], {
    allOf: [
        {
            if: { required: ["annotations"], properties: { annotations: { required: ["alarms"] } } },
            then: { properties: { metrics: { maxItems: 0 } } },
            else: { required: ["metrics"] },
        },
        {
            if: { required: ["view"], properties: { view: { const: "gauge" } } },
            then: { required: ["yAxis"], properties: { yAxis: gaugeAxis } },
        },
        {
            if: { required: ["sparkline"], properties: { sparkline: { const: true } } },
            then: {
                required: ["view"],
                properties: { view: { const: "singleValue" }, setPeriodToTimeRange: { const: false } },
            },
        },
    ],
});
const propertiesByType = {
    metric: metricProperties,
    text: object({ background: oneOfThese("solid", "transparent"), markdown: string }, ["markdown"]),
    log: object({
        accountId: string,
        query: { type: "string", pattern: "^\\s*SOURCE " },
        region: string,
        stacked: boolean,
        title: string,
        view: oneOfThese("table", "timeSeries", "bar", "pie"),
    }, ["query", "region"]),
    alarm: object({
        alarms: { type: "array", items: { type: "string", pattern: "^arn:" }, minItems: 1, maxItems: 100 },
        sortBy: oneOfThese("default", "stateUpdatedTimestamp", "timestamp"),
        states: { type: "array", items: oneOfThese("ALARM", "INSUFFICIENT_DATA", "OK") },
        title: string,
    }, ["alarms"]),
    explorer: { type: "object", required: ["metrics", "labels"] },
    custom: object({ endpoint: string, params: {}, title: string, updateOn: { type: "object" } }, ["endpoint"]),
};
const widget = object({
    type: oneOfThese(...Object.keys(propertiesByType)),
    x: { type: "integer", minimum: 0, maximum: 23 },
    y: { type: "integer", minimum: 0 },
    width: { type: "integer", minimum: 1, maximum: 24 },
    height: { type: "integer", minimum: 1, maximum: 1000 },
    properties: { type: "object" },
}, ["type", "properties"], {
    dependencies: { x: ["y"], y: ["x"] },
    allOf: Object.entries(propertiesByType).map(([type, properties]) => ({
        if: { required: ["type"], properties: { type: { const: type } } },
        then: { properties: { properties } },
    })),
});
const variable = object({
    defaultValue: string,
    id: { type: "string", minLength: 1, maxLength: 32 },
    inputType: oneOfThese("input", "select", "radio"),
    label: string,
    pattern: string,
    populateFrom: string,
    property: string,
    search: string,
    type: oneOfThese("property", "pattern"),
    values: { type: "array", items: object({ label: string, value: string }, ["value"]) },
    visible: boolean,
}, ["type", "id", "inputType"], {
    if: { properties: { type: { const: "pattern" } } },
    then: { required: ["pattern"] },
    else: { required: ["property"] },
});
exports.widgetsSchema = { type: "array", items: widget, maxItems: 500 };
exports.bodySchema = object({
    start: string,
    end: string,
    periodOverride: oneOfThese("auto", "inherit"),
    variables: { type: "array", items: variable, maxItems: 25 },
    widgets: exports.widgetsSchema,
}, ["widgets"]);
