import type { Shape } from "../core/cloud";
import { dashboardName } from "../deploy/deploy";
import type { Sandbox } from "../sandbox";
import { metricRows, type MetricRows } from "./metricRows";
import type { DashboardView, VariableView, WidgetView } from "./messages";

/** A dashboard's body, ready to be drawn: what the browser needs, and what the server evaluates, by the widget's index. */
export interface DashboardPlan {
  view: DashboardView;
  graphs: Map<number, MetricRows>;
  logs: Map<number, LogQuery>;
}

export interface LogQuery {
  groups: string[];
  query: string;
}

const dashboardType = "aws:cloudwatch/dashboard:Dashboard";

/** The body of a dashboard that the stack deployed, as GetDashboard answers it. */
export async function deployedDashboard(
  { cloud, deployment }: Sandbox,
  name = dashboardName(deployment.outputs),
): Promise<{ name: string; body: string } | undefined> {
  if (!deployment.resources.some(({ type, inputs }) => type === dashboardType && inputs["dashboardName"] === name))
    return undefined;
  const answer = await cloud.call("cloudwatch", "GetDashboard", { DashboardName: name }, cloud.deployer);
  return { name, body: answer.DashboardBody };
}

/** @param chosen values of the dashboard's variables by id; those that are missing have their default. */
export function planDashboard(
  name: string,
  body: string,
  chosen: Readonly<Record<string, string>>,
  alarmInput: (arn: string) => Shape | undefined = () => undefined,
): DashboardPlan {
  const declared: Shape[] = JSON.parse(body).variables ?? [];
  const variables = declared.map((variable) => variableView(variable, chosen));
  const parsed: Shape = JSON.parse(substitute(body, declared, variables));
  const plan: DashboardPlan = {
    view: { name, widgets: [], variables: variables.filter((_, i) => declared[i]!.visible !== false) },
    graphs: new Map(),
    logs: new Map(),
  };
  let bottom = 0;
  (parsed.widgets as Shape[]).forEach((widget, index) => {
    if (widget.type === "metric") widget.properties = withAlarm(widget.properties, alarmInput);
    const placed = place(widget, bottom);
    bottom = Math.max(bottom, placed.y + placed.height);
    plan.view.widgets.push(placed);
    if (widget.type === "metric") plan.graphs.set(index, metricRows(widget.properties));
    if (widget.type === "log") plan.logs.set(index, logQuery(widget.properties.query));
  });
  return plan;
}

function variableView(variable: Shape, chosen: Readonly<Record<string, string>>): VariableView {
  const values: { label?: string; value: string }[] = variable.values ?? [];
  const byDefault: string = variable.defaultValue ?? values[0]?.value ?? "";
  const wanted = chosen[variable.id];
  const allowed = wanted !== undefined && (values.length === 0 || values.some(({ value }) => value === wanted));
  return {
    id: variable.id,
    label: variable.label ?? variable.id,
    inputType: variable.inputType,
    value: allowed ? wanted : byDefault,
    values: values.map(({ label, value }) => ({ label: label ?? value, value })),
  };
}

/**
 * "pattern" replaces a text wherever it stands in the body, "property" the values of a JSON property. Both take effect in
 * the widgets alone.
 */
function substitute(body: string, declared: readonly Shape[], variables: readonly VariableView[]): string {
  const { widgets } = JSON.parse(body) as { widgets: unknown[] };
  let text = JSON.stringify(widgets);
  declared.forEach((variable, i) => {
    const value = variables[i]!.value;
    if (value === "") return;
    if (variable.type === "pattern") text = text.split(inJson(variable.pattern)).join(inJson(value));
    else text = JSON.stringify(withProperty(JSON.parse(text), variable.property, value));
  });
  return `{"widgets":${text}}`;
}

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** A property variable sets a property of that name, and a dimension of that name in metric rows. */
function withProperty(value: unknown, name: string, wanted: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => withProperty(item, name, wanted));
    const at = items.indexOf(name);
    if (at > 1 && at + 1 < items.length && typeof items[at + 1] === "string") items[at + 1] = wanted;
    return items;
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, nested]) => [key, key === name ? wanted : withProperty(nested, name, wanted)]),
  );
}

const defaultSize = { width: 6, height: 6 };

/** Widgets without a place come below what is there. */
function place(widget: Shape, bottom: number): WidgetView {
  const { metrics: _metrics, query: _query, ...properties } = widget.properties;
  return {
    type: widget.type,
    x: widget.x ?? 0,
    y: widget.y ?? bottom,
    width: widget.width ?? defaultSize.width,
    height: widget.height ?? defaultSize.height,
    properties,
  };
}

/** A widget that annotates an alarm draws the alarm's metric and its threshold. */
function withAlarm(properties: Shape, alarmInput: (arn: string) => Shape | undefined): Shape {
  const arn = properties.annotations?.alarms?.[0];
  const alarm = arn === undefined ? undefined : alarmInput(arn);
  if (!alarm) return properties;
  const horizontal = [{ value: alarm.Threshold, label: alarm.AlarmName, color: "#d13212" }];
  return { ...properties, metrics: alarmRows(alarm), annotations: { horizontal } };
}

function alarmRows(alarm: Shape): unknown[] {
  const row = (metric: Shape, options: Shape) => [
    ...[metric.Namespace, metric.MetricName],
    ...(metric.Dimensions ?? []).flatMap(({ Name, Value }: Shape) => [Name, Value]),
    options,
  ];
  if (!alarm.Metrics) return [row(alarm, { stat: alarm.Statistic ?? alarm.ExtendedStatistic, period: alarm.Period })];
  return alarm.Metrics.map(({ Id: id, Expression: expression, Label: label, MetricStat: stat, ReturnData }: Shape) => {
    const options = { id, ...(label && { label }), visible: ReturnData !== false };
    return stat ? row(stat.Metric, { ...options, stat: stat.Stat, period: stat.Period }) : [{ ...options, expression }];
  });
}

/** `SOURCE 'group' | SOURCE 'other' | fields ...`. */
function logQuery(text: string): LogQuery {
  const groups: string[] = [];
  const query = text.replace(/\bSOURCE\s+((?:'[^']*'\s*,?\s*)+)\|?/g, (_all, names: string) => {
    for (const [, name] of names.matchAll(/'([^']*)'/g)) groups.push(name!);
    return "";
  });
  return { groups, query: query.trim() };
}
