"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.widgetProblems = widgetProblems;
exports.bodyProblems = bodyProblems;
exports.unknownIds = unknownIds;
const layout_1 = require("./layout");
const schema_1 = require("./schema");
/** CloudWatch's limit of metrics on one dashboard, hidden inputs of metric math counted too. */
const metricsPerDashboard = 2500;
function widgetProblems(widgets, path) {
    const found = schemaProblems(schema_1.widgetsSchema, widgets, path);
    return found.length > 0 ? found : meaningProblems(widgets, path);
}
function bodyProblems(body) {
    const found = schemaProblems(schema_1.bodySchema, body, "body");
    return found.length > 0 ? found : meaningProblems(body.widgets, "body.widgets");
}
function schemaProblems(schema, value, path) {
    // Loaded here: only stacks with widgets of their own need it.
    const { default: Ajv } = require("ajv");
    const validate = new Ajv({ allErrors: true, verbose: true, strictTypes: false, strictRequired: false }).compile(schema);
    validate(value);
    return (validate.errors ?? []).filter(({ keyword }) => keyword !== "if").map((error) => fromAjv(error, path));
}
function fromAjv(error, path) {
    const at = `${path}${error.instancePath.replace(/\/(\d+)(?=\/|$)/g, "[$1]").replaceAll("/", ".")}`;
    const { additionalProperty, missingProperty, allowedValues } = error.params;
    if (additionalProperty)
        return { path: `${at}.${String(additionalProperty)}`, got: "a key", reason: "is not known here" };
    if (missingProperty)
        return { path: `${at}.${String(missingProperty)}`, got: "nothing", reason: "is required" };
    const reason = allowedValues ? `must be one of ${allowedValues.join(", ")}` : (error.message ?? error.keyword);
    const got = JSON.stringify(error.data) ?? "nothing";
    return { path: at, got: got.length > 60 ? `${got.slice(0, 57)}...` : got, reason };
}
function meaningProblems(widgets, path) {
    const problems = widgets.flatMap((widget, index) => {
        const at = `${path}[${index}]`;
        const rows = widget.properties.metrics ?? [];
        return [...gridProblems(widget, at), ...(widget.type === "metric" ? rowProblems(rows, `${at}.properties.metrics`) : [])];
    });
    const total = widgets.reduce((sum, { type, properties }) => sum + (type === "metric" ? metricCount(properties) : 0), 0);
    if (total <= metricsPerDashboard)
        return problems;
    return [...problems, { path, got: `${total} metrics`, reason: `a dashboard holds at most ${metricsPerDashboard}` }];
}
function metricCount({ metrics }) {
    return Array.isArray(metrics) ? metrics.length : 0;
}
function gridProblems({ x, width }, path) {
    const right = Number(x ?? 0) + Number(width ?? 6);
    return right <= layout_1.columns ? [] : [{ path, got: `x + width = ${right}`, reason: `the grid has ${layout_1.columns} columns` }];
}
/** Options come last, dimensions in pairs, ids are unique, expressions name ids that exist. */
function rowProblems(rows, path) {
    const ids = rows.map((row) => row.at(-1).id);
    const known = new Set(ids.filter((id) => id !== undefined));
    return rows.flatMap((row, index) => {
        const problem = (got, reason) => ({ path: `${path}[${index}]`, got, reason });
        const id = ids[index];
        const repeated = id !== undefined && ids.indexOf(id) < index;
        const { expression } = row.at(-1);
        const unknown = expression === undefined ? [] : unknownIds(expression, known);
        return [
            ...(repeated ? [problem(`id ${id}`, "is used twice in this widget")] : []),
            ...unknown.map((name) => problem(name, "is not the id of a row of this widget")),
            ...shapeProblems(row, problem),
        ];
    });
}
function shapeProblems(row, problem) {
    const texts = row.filter((part) => typeof part === "string");
    const optionsAt = row.findIndex((part) => typeof part === "object");
    if (optionsAt !== -1 && optionsAt !== row.length - 1)
        return [problem(JSON.stringify(row[optionsAt]), "options come last")];
    if (texts.includes("...") || texts.length % 2 === 0)
        return [];
    return [problem(`${texts.length} texts`, "must be namespace, name and pairs of dimension and value")];
}
/** Identifiers outside string arguments that no row defines. Functions and keywords are upper case; Metrics Insights has no ids. */
function unknownIds(expression, known) {
    if (/^\s*SELECT\b/i.test(expression))
        return [];
    const outsideStrings = expression.replace(/"[^"]*"|'[^']*'/g, " ");
    return (outsideStrings.match(/\b[a-z]\w*\b/g) ?? []).filter((id) => !known.has(id));
}
