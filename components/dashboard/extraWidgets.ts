import { anything, fieldProblems, type FieldsOf } from "../fields";
import type { Problem } from "../problem";
import { bottom, overlap, place } from "./layout";
import type { WidgetProblem } from "./problems";
import { widgetProblems } from "./problems";
import type { PlacedWidget, Widget } from "./widgets";
import { text } from "./widgets";

/** What a pipeline's dashboard can have of its own. */
export interface DashboardSettingsArgs {
  /** JSON array of further widgets in CloudWatch's dashboard syntax; `x` and `y` count from below the dashboard's own. Default none. Must be a plain value. */
  extraWidgets?: string;
}

const fields = { extraWidgets: anything() } satisfies FieldsOf<DashboardSettingsArgs>;

/** What is wrong with the dashboard's arguments; [] when they are fine. */
export function extraWidgetsProblems(args: DashboardSettingsArgs = {}, at = ""): Problem[] {
  const problems = fieldProblems(args, fields, at);
  if (args.extraWidgets === undefined || problems.length > 0) return problems;
  const path = `${at}extraWidgets`;
  try {
    const widgets = JSON.parse(args.extraWidgets) as unknown;
    return extraWidgetProblems(widgets, path).map(({ path: where, got, reason }) => ({ path: where, value: got, text: reason }));
  } catch {
    return [{ path, value: args.extraWidgets, text: "allowed is a JSON array of CloudWatch dashboard widgets" }];
  }
}

type ExtraWidget = Pick<Widget, "type" | "properties"> & Partial<PlacedWidget>;

/** CloudWatch's default size of a widget. */
const defaultSize = { width: 6, height: 6 };

/** What is wrong with the widgets; empty if they can be used. @param path what the paths of problems start with. */
export function extraWidgetProblems(widgets: unknown, path: string): WidgetProblem[] {
  // The usual case, and without the validator's start-up time.
  if (Array.isArray(widgets) && widgets.length === 0) return [];
  const problems = widgetProblems(widgets, path);
  return problems.length > 0 ? problems : overlaps(widgets as ExtraWidget[], path);
}

/**
 * Puts the extra widgets under a heading below the dashboard's own: those with `x` and `y` relative to that place, the others
 * in rows below them.
 * @throws {RangeError} Names every widget that is not valid, with its path.
 */
export function placeExtraWidgets(widgets: unknown, top: number): PlacedWidget[] {
  const problems = extraWidgetProblems(widgets, "extraWidgets");
  if (problems.length > 0) {
    throw new RangeError(problems.map(({ path, got, reason }) => `${path}: got ${got}: ${reason}`).join("\n"));
  }
  const sized = (widgets as ExtraWidget[]).map((widget) => ({ ...defaultSize, ...widget }));
  if (sized.length === 0) return [];
  const heading = place([text("## Further widgets")], top);
  const start = bottom(heading);
  const fixed = sized.filter(isPlaced).map((widget) => ({ ...widget, y: widget.y + start }));
  const free = sized.filter((widget) => !isPlaced(widget));
  return [...heading, ...fixed, ...place(free, Math.max(start, bottom(fixed)))];
}

function isPlaced(widget: ExtraWidget & Widget): widget is PlacedWidget {
  return widget.x !== undefined && widget.y !== undefined;
}

function overlaps(widgets: readonly ExtraWidget[], path: string): WidgetProblem[] {
  const sized = widgets.map((widget) => ({ ...defaultSize, ...widget }));
  return sized.flatMap((widget, index) => {
    const other = sized.findIndex(
      (earlier, at) => at < index && isPlaced(earlier) && isPlaced(widget) && overlap(earlier, widget),
    );
    const got = `x ${widget.x}, y ${widget.y}`;
    return other === -1 ? [] : [{ path: `${path}[${index}]`, got, reason: `overlaps ${path}[${other}]` }];
  });
}
