import type { Shape } from "../../core/cloud";
import { serviceError } from "../../core/serviceError";

/** A DashboardValidationMessage: where in the body, and what is wrong. */
export interface DashboardMessage {
  DataPath: string;
  Message: string;
}

const widgetTypes = ["metric", "text", "log", "alarm", "explorer", "custom"];
const views = ["timeSeries", "singleValue", "gauge", "bar", "pie", "table"];
const mostWidgets = 500;
const mostMetrics = 500;

/**
 * The rules of "Dashboard body structure and syntax" that make PutDashboard fail.
 * @returns warnings: the dashboard is stored all the same.
 * @throws DashboardInvalidInputError with `dashboardValidationMessages`, all problems at once.
 */
export function checkDashboardBody(body: unknown): DashboardMessage[] {
  const errors: DashboardMessage[] = [];
  const problem = (DataPath: string, Message: string) => errors.push({ DataPath, Message });
  const parsed = parseBody(body);
  if (parsed === undefined) {
    problem("/", "Field DashboardBody must be a valid JSON object");
  } else if (!Array.isArray(parsed.widgets)) {
    problem("/widgets", "Should have required property 'widgets', an array");
  } else {
    if (parsed.widgets.length > mostWidgets) problem("/widgets", `Should NOT have more than ${mostWidgets} items`);
    parsed.widgets.forEach((widget: Shape, i: number) => checkWidget(widget, `/widgets/${i}`, problem));
  }
  if (errors.length > 0) {
    const message = `The field DashboardBody must be a valid JSON object: ${errors.map(({ DataPath, Message }) => `${DataPath}: ${Message}`).join("; ")}`;
    throw Object.assign(serviceError("cloudwatch", "DashboardInvalidInputError", message), {
      dashboardValidationMessages: errors,
    });
  }
  return [];
}

function parseBody(body: unknown): Shape | undefined {
  try {
    const parsed: unknown = JSON.parse(String(body));
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

type Problem = (path: string, message: string) => void;

function checkWidget(widget: Shape, path: string, problem: Problem): void {
  if (!widgetTypes.includes(widget?.type))
    return problem(`${path}/type`, `Should be equal to one of the allowed values: ${widgetTypes.join(", ")}`);
  if ((widget.x === undefined) !== (widget.y === undefined)) problem(path, "x and y must be specified together");
  within(widget.x, 0, 23, `${path}/x`, problem);
  within(widget.width, 1, 24, `${path}/width`, problem);
  within(widget.height, 1, 1000, `${path}/height`, problem);
  const properties = widget.properties;
  if (typeof properties !== "object" || properties === null)
    return problem(`${path}/properties`, "Should have required property 'properties'");
  const at = `${path}/properties`;
  if (widget.type === "metric") checkMetricWidget(properties, at, problem);
  if (widget.type === "text" && typeof properties.markdown !== "string")
    problem(`${at}/markdown`, "Should have required property 'markdown'");
  if (widget.type === "alarm" && !(properties.alarms?.length >= 1 && properties.alarms.length <= 100)) {
    problem(`${at}/alarms`, "Should have 1 to 100 alarms");
  }
  if (widget.type === "log" && typeof properties.region !== "string")
    problem(`${at}/region`, "Should have required property 'region'");
}

function checkMetricWidget(properties: Shape, at: string, problem: Problem): void {
  const { metrics, annotations, view, yAxis, region, period } = properties;
  const alarms = annotations?.alarms;
  if (typeof region !== "string" && !alarms) problem(`${at}/region`, "Should have required property 'region'");
  if (view !== undefined && !views.includes(view))
    problem(`${at}/view`, `Should be equal to one of the allowed values: ${views.join(", ")}`);
  if (!metrics && !alarms) problem(`${at}/metrics`, "Should have property 'metrics' or an alarm annotation");
  if (alarms && metrics) problem(at, "A widget with an alarm annotation can't have metrics");
  if (alarms && (annotations.horizontal || annotations.vertical))
    problem(`${at}/annotations`, "Alarm annotations can't be combined with others");
  if (alarms && alarms.length !== 1) problem(`${at}/annotations/alarms`, "Should have exactly one alarm");
  if (metrics && metrics.length > mostMetrics) problem(`${at}/metrics`, `Should NOT have more than ${mostMetrics} items`);
  if (view === "gauge" && (yAxis?.left?.min === undefined || yAxis.left.max === undefined)) {
    problem(`${at}/yAxis/left`, "A gauge needs min and max");
  }
  if (period !== undefined && !(Number.isInteger(period) && period >= 1 && (period < 60 || period % 60 === 0))) {
    problem(`${at}/period`, "Should be a multiple of 60");
  }
}

function within(value: unknown, least: number, most: number, path: string, problem: Problem): void {
  if (value === undefined) return;
  if (!Number.isInteger(value) || Number(value) < least || Number(value) > most)
    problem(path, `Should be an integer from ${least} to ${most}`);
}
