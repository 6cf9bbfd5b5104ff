import { bottom, overlap, place } from "./layout";
import type { WidgetProblem } from "./problems";
import { widgetProblems } from "./problems";
import type { PlacedWidget, Widget } from "./widgets";
import { text } from "./widgets";

/** The configuration key that the paths of problems start with. */
const configKey = "dashboardExtraWidgets";

type ExtraWidget = Pick<Widget, "type" | "properties"> & Partial<PlacedWidget>;

/** CloudWatch's default size of a widget. */
const defaultSize = { width: 6, height: 6 };

/** What is wrong with the widgets of the configuration; empty if they can be used. */
export function extraWidgetProblems(widgets: unknown, path = configKey): WidgetProblem[] {
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
  const problems = extraWidgetProblems(widgets);
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
