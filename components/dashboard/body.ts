import type { DashboardModel } from "./args";
import { dashboardContext } from "./context";
import { placeExtraWidgets } from "./extraWidgets";
import { bottom, place } from "./layout";
import { applicationHealth } from "./sections/health";
import { kinesisSourceAndSink } from "./sections/kinesis";
import { flinkProgress } from "./sections/progress";
import { resourceUtilisation } from "./sections/resources";
import { scaling } from "./sections/scaling";
import { summary } from "./sections/summary";
import { variables } from "./variables";
import type { PlacedWidget } from "./widgets";

const sections = [summary, applicationHealth, resourceUtilisation, flinkProgress, kinesisSourceAndSink, scaling];

/**
 * The dashboard's body as an object. The same arguments give the same body.
 * @throws {RangeError} If an extra widget is not valid (with its path), the runtime is not a Flink runtime, or a signal has no
 * result.
 */
export function dashboardBody(model: DashboardModel): Record<string, unknown> {
  const context = dashboardContext(model);
  const own = sections.reduce<PlacedWidget[]>((placed, section) => [...placed, ...place(section(context), bottom(placed))], []);
  const extra = model.extraWidgets ? placeExtraWidgets(JSON.parse(model.extraWidgets), bottom(own)) : [];
  const choices = variables(model);
  return {
    start: "-PT3H",
    // The signals divide a minute's sums: a period that adapts to the time range would multiply them.
    periodOverride: "inherit",
    ...(choices.length > 0 && { variables: choices }),
    widgets: [...own, ...extra],
  };
}

/** JSON with the keys of every object in order, so that equal bodies are equal texts. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, nested: unknown) => {
    if (nested === null || typeof nested !== "object" || Array.isArray(nested)) return nested;
    return Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
