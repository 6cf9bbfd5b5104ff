import type { Problem } from "../problem";
import type { WidgetProblem } from "./problems";
import type { PlacedWidget } from "./widgets";
/** What a pipeline's dashboard can have of its own. */
export interface DashboardSettingsArgs {
    /** JSON array of further widgets in CloudWatch's dashboard syntax; `x` and `y` count from below the dashboard's own. Default none. Must be a plain value. */
    extraWidgets?: string;
}
/** What is wrong with the dashboard's arguments; [] when they are fine. */
export declare function extraWidgetsProblems(args?: DashboardSettingsArgs, at?: string): Problem[];
/** What is wrong with the widgets; empty if they can be used. @param path what the paths of problems start with. */
export declare function extraWidgetProblems(widgets: unknown, path: string): WidgetProblem[];
/**
 * Puts the extra widgets under a heading below the dashboard's own: those with `x` and `y` relative to that place, the others
 * in rows below them.
 * @throws {RangeError} Names every widget that is not valid, with its path.
 */
export declare function placeExtraWidgets(widgets: unknown, top: number): PlacedWidget[];
