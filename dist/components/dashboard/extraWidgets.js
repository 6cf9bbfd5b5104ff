"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.extraWidgetsProblems = extraWidgetsProblems;
exports.extraWidgetProblems = extraWidgetProblems;
exports.placeExtraWidgets = placeExtraWidgets;
const fields_1 = require("../fields");
const layout_1 = require("./layout");
const problems_1 = require("./problems");
const widgets_1 = require("./widgets");
const fields = { extraWidgets: (0, fields_1.anything)() };
/** What is wrong with the dashboard's arguments; [] when they are fine. */
function extraWidgetsProblems(args = {}, at = "") {
    const problems = (0, fields_1.fieldProblems)(args, fields, at);
    if (args.extraWidgets === undefined || problems.length > 0)
        return problems;
    const path = `${at}extraWidgets`;
    try {
        const widgets = JSON.parse(args.extraWidgets);
        return extraWidgetProblems(widgets, path).map(({ path: where, got, reason }) => ({ path: where, value: got, text: reason }));
    }
    catch {
        return [{ path, value: args.extraWidgets, text: "allowed is a JSON array of CloudWatch dashboard widgets" }];
    }
}
/** CloudWatch's default size of a widget. */
const defaultSize = { width: 6, height: 6 };
/** What is wrong with the widgets; empty if they can be used. @param path what the paths of problems start with. */
function extraWidgetProblems(widgets, path) {
    // The usual case, and without the validator's start-up time.
    if (Array.isArray(widgets) && widgets.length === 0)
        return [];
    const problems = (0, problems_1.widgetProblems)(widgets, path);
    return problems.length > 0 ? problems : overlaps(widgets, path);
}
/**
 * Puts the extra widgets under a heading below the dashboard's own: those with `x` and `y` relative to that place, the others
 * in rows below them.
 * @throws {RangeError} Names every widget that is not valid, with its path.
 */
function placeExtraWidgets(widgets, top) {
    const problems = extraWidgetProblems(widgets, "extraWidgets");
    if (problems.length > 0) {
        throw new RangeError(problems.map(({ path, got, reason }) => `${path}: got ${got}: ${reason}`).join("\n"));
    }
    const sized = widgets.map((widget) => ({ ...defaultSize, ...widget }));
    if (sized.length === 0)
        return [];
    const heading = (0, layout_1.place)([(0, widgets_1.text)("## Further widgets")], top);
    const start = (0, layout_1.bottom)(heading);
    const fixed = sized.filter(isPlaced).map((widget) => ({ ...widget, y: widget.y + start }));
    const free = sized.filter((widget) => !isPlaced(widget));
    return [...heading, ...fixed, ...(0, layout_1.place)(free, Math.max(start, (0, layout_1.bottom)(fixed)))];
}
function isPlaced(widget) {
    return widget.x !== undefined && widget.y !== undefined;
}
function overlaps(widgets, path) {
    const sized = widgets.map((widget) => ({ ...defaultSize, ...widget }));
    return sized.flatMap((widget, index) => {
        const other = sized.findIndex((earlier, at) => at < index && isPlaced(earlier) && isPlaced(widget) && (0, layout_1.overlap)(earlier, widget));
        const got = `x ${widget.x}, y ${widget.y}`;
        return other === -1 ? [] : [{ path: `${path}[${index}]`, got, reason: `overlaps ${path}[${other}]` }];
    });
}
