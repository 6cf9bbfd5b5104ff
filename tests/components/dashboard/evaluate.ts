import { compileQueries } from "../../../sandbox/services/cloudwatch/math/compile";
import type { Frame, Value } from "../../../sandbox/services/cloudwatch/math/values";

export interface MetricWidget {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: {
    title: string;
    view: string;
    region: string;
    period: number;
    metrics: (string | RowOptions)[][];
    annotations?: { horizontal: { label: string; value: number }[] };
    yAxis?: { left?: Axis; right?: Axis };
  };
}

interface Axis {
  min?: number;
  max?: number;
  label?: string;
}

export interface RowOptions {
  yAxis?: "left" | "right";
  id?: string;
  expression?: string;
  label?: string;
  stat?: string;
  period?: number;
  visible?: boolean;
}

export interface Row {
  options: RowOptions;
  namespace?: string;
  name?: string;
  dimensions: Record<string, string>;
}

/** The widget's rows, taken apart. */
export function rowsOf(widget: MetricWidget): Row[] {
  return widget.properties.metrics.map((row) => {
    const options = row.at(-1) as RowOptions;
    const [namespace, name, ...pairs] = row.slice(0, -1) as string[];
    const dimensions: Record<string, string> = {};
    for (let at = 0; at < pairs.length; at += 2) dimensions[pairs[at] ?? ""] = pairs[at + 1] ?? "";
    return { options, namespace, name, dimensions };
  });
}

const start = Date.parse("2026-03-01T00:00:00Z");

/**
 * What CloudWatch would draw of the widget for a few minutes, by id of the row. `series` gives a metric's values from its name
 * and statistic; NaN is a missing point. SEARCHes find nothing.
 */
export function evaluate(widget: MetricWidget, series: (name: string, stat: string, row: Row) => number[]): Map<string, Value> {
  const rows = rowsOf(widget);
  const queries = rows.map(({ options }, index) => ({
    id: options.id ?? `unnamed${index}`,
    label: options.label ?? "",
    expression: options.expression,
  }));
  const values = rows.map((row) => (row.name === undefined ? [] : series(row.name, row.options.stat ?? "", row)));
  const length = Math.max(1, ...values.map((points) => points.length));
  const frame: Frame = {
    start,
    period: widget.properties.period,
    length,
    metric: (index) => Array.from({ length }, (_, point) => values[index]?.[point] ?? Number.NaN),
    search: () => [],
  };
  return new Map(compileQueries(queries).map((query) => [query.id, query.run(frame)]));
}

export function numbers(value: Value | undefined): number[] {
  return Array.isArray(value) && value.every((point) => typeof point === "number") ? value : [];
}
