/** Widgets and rows of a dashboard body. Source: "Dashboard Body Structure and Syntax". */
import type * as pulumi from "@pulumi/pulumi";
import type { MetricStat } from "../metrics/metricQuery";

/** A widget without its place; layout.ts gives it one. */
export interface Widget {
  type: string;
  width: number;
  height: number;
  properties: Record<string, unknown>;
}

export interface PlacedWidget extends Widget {
  x: number;
  y: number;
}

export interface RowOptions {
  id?: string;
  label?: string;
  visible?: boolean;
  yAxis?: "left" | "right";
  color?: string;
}

/** One entry of `metrics`: namespace, name, dimension, value, ..., options; or the options of an expression alone. */
export type MetricRow = readonly (pulumi.Input<string> | Record<string, unknown>)[];

export interface HorizontalAnnotation {
  value: number;
  label: string;
  color: string;
  fill?: "above" | "below";
  yAxis?: "right";
}

interface Axis {
  label?: string;
  min?: number;
  max?: number;
}

/** Every metric here has one datapoint a minute; the alarms' expressions hold for that period. */
export const minute = 60;

export const colors = { bad: "#d13212", good: "#1d8102", info: "#0073bb", muted: "#687078", warn: "#ff9900" } as const;

export function metricRow(metric: MetricStat, options: RowOptions = {}): MetricRow {
  const dimensions = Object.entries(metric.dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  const period = metric.period === undefined || metric.period === minute ? {} : { period: metric.period };
  return [metric.namespace, metric.metricName, ...dimensions.flat(), { stat: metric.stat, ...period, ...options }];
}

export function expressionRow(id: string, expression: string, label: string, options: RowOptions = {}): MetricRow {
  return [{ id, expression, label, ...options }];
}

export interface GraphArgs {
  title: string;
  width: number;
  height?: number;
  region: string;
  metrics: readonly MetricRow[];
  left?: Axis;
  right?: Axis;
  thresholds?: readonly HorizontalAnnotation[];
}

function metricWidget(view: string, args: GraphArgs, more: Record<string, unknown> = {}): Widget {
  const { title, width, height = 6, region, metrics, left, right, thresholds = [] } = args;
  const axis = (side: Axis): Record<string, unknown> => ({ ...side, showUnits: false });
  const yAxis = left || right ? { yAxis: { ...(left && { left: axis(left) }), ...(right && { right: axis(right) }) } } : {};
  const annotations = thresholds.length > 0 ? { annotations: { horizontal: thresholds } } : {};
  const properties = { view, title, region, period: minute, metrics, ...yAxis, ...annotations, ...more };
  return { type: "metric", width, height, properties };
}

/** A figure without its unit says nothing: each axis of a graph has a label. */
type GraphAxis = Axis & { label: string };

export function graph(args: GraphArgs & { left: GraphAxis; right?: GraphAxis }): Widget {
  return metricWidget("timeSeries", args, { stacked: false });
}

/** The latest value of each row; with a curve of the time before it. */
export function singleValue(args: GraphArgs): Widget {
  return metricWidget("singleValue", args, { sparkline: true });
}

/** CloudWatch requires both ends of a gauge's scale. */
export function gauge(args: GraphArgs & { left: { min: number; max: number } }): Widget {
  return metricWidget("gauge", args);
}

export function text(markdown: string, height = 1, width = 24): Widget {
  return { type: "text", width, height, properties: { background: "transparent", markdown } };
}

/** @param states those that are shown; all unless told. */
export function alarmStates(title: string, alarms: readonly string[], height: number, width = 24, states?: string[]): Widget {
  const shown = states ? { states } : {};
  return { type: "alarm", width, height, properties: { title, alarms, sortBy: "stateUpdatedTimestamp", ...shown } };
}

export function logTable(title: string, region: string, query: string, height: number): Widget {
  return { type: "log", width: 24, height, properties: { title, region, query, view: "table" } };
}
