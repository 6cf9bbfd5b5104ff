"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.signalRows = signalRows;
const widgets_1 = require("./widgets");
/** Replaces whole identifiers, not the text of string arguments. */
function renameIds(expression, newIds) {
    const parts = expression.split(/("[^"]*"|'[^']*')/);
    const rename = (part) => part.replace(/\b[a-z]\w*\b/g, (id) => newIds.get(id) ?? id);
    return parts.map((part, index) => (index % 2 === 0 ? rename(part) : part)).join("");
}
/**
 * Rows that draw a signal as its alarm evaluates it. Ids get the prefix, so that several signals fit in one widget; only the
 * result is visible.
 * @throws {RangeError} If not exactly one query returns data.
 */
function signalRows(queries, prefix, options) {
    const results = queries.filter((query) => query.returnData);
    const [result] = results;
    if (!result || results.length > 1) {
        throw new RangeError(`signal "${prefix}": exactly one query must have returnData, got ${results.length} of ${queries.length}.`);
    }
    const newIds = new Map(queries.map(({ id }) => [id, `${prefix}_${id}`]));
    const rows = queries.map((query) => {
        const shown = query === result ? options : { visible: false };
        const id = `${prefix}_${query.id}`;
        if (query.metric)
            return (0, widgets_1.metricRow)(query.metric, { ...shown, id });
        const label = shown.label === undefined ? {} : { label: shown.label };
        return [{ ...shown, ...label, id, expression: renameIds(query.expression ?? "", newIds) }];
    });
    return { rows, id: `${prefix}_${result.id}` };
}
