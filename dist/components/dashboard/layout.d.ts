import type { PlacedWidget, Widget } from "./widgets";
/** Width of CloudWatch's grid. */
export declare const columns = 24;
/** Places widgets from left to right, and below the tallest of the row when the next one doesn't fit. `top` is the first free row. */
export declare function place(widgets: readonly Widget[], top?: number): PlacedWidget[];
/** The first row below all of these. */
export declare function bottom(widgets: readonly PlacedWidget[]): number;
export declare function overlap(a: PlacedWidget, b: PlacedWidget): boolean;
