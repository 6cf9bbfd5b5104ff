"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.columns = void 0;
exports.place = place;
exports.bottom = bottom;
exports.overlap = overlap;
/** Width of CloudWatch's grid. */
exports.columns = 24;
/** Places widgets from left to right, and below the tallest of the row when the next one doesn't fit. `top` is the first free row. */
function place(widgets, top = 0) {
    let [x, y, rowHeight] = [0, top, 0];
    return widgets.map((widget) => {
        if (x + widget.width > exports.columns)
            [x, y, rowHeight] = [0, y + rowHeight, 0];
        const placed = { ...widget, x, y };
        x += widget.width;
        rowHeight = Math.max(rowHeight, widget.height);
        return placed;
    });
}
/** The first row below all of these. */
function bottom(widgets) {
    return Math.max(0, ...widgets.map(({ y, height }) => y + height));
}
function overlap(a, b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
