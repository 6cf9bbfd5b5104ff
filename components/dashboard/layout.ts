import type { PlacedWidget, Widget } from "./widgets";

/** Width of CloudWatch's grid. */
export const columns = 24;

/** Places widgets from left to right, and below the tallest of the row when the next one doesn't fit. `top` is the first free row. */
export function place(widgets: readonly Widget[], top = 0): PlacedWidget[] {
  let [x, y, rowHeight] = [0, top, 0];
  return widgets.map((widget) => {
    if (x + widget.width > columns) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const placed = { ...widget, x, y };
    x += widget.width;
    rowHeight = Math.max(rowHeight, widget.height);
    return placed;
  });
}

/** The first row below all of these. */
export function bottom(widgets: readonly PlacedWidget[]): number {
  return Math.max(0, ...widgets.map(({ y, height }) => y + height));
}

export function overlap(a: PlacedWidget, b: PlacedWidget): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
