/** What is wrong with widgets or a body, each with its path: the schema first, then what a schema can't say. */
import type { ErrorObject } from "ajv";
import { columns } from "./layout";
import { bodySchema, widgetsSchema } from "./schema";

export interface WidgetProblem {
  /** Such as `dashboardExtraWidgets[0].properties.view`. */
  path: string;
  /** The value there, as JSON, cut at 60 characters. */
  got: string;
  reason: string;
}

/** CloudWatch's limit of metrics on one dashboard, hidden inputs of metric math counted too. */
const metricsPerDashboard = 2500;

type Shape = Record<string, unknown>;

export function widgetProblems(widgets: unknown, path: string): WidgetProblem[] {
  const found = schemaProblems(widgetsSchema, widgets, path);
  return found.length > 0 ? found : meaningProblems(widgets as Shape[], path);
}

export function bodyProblems(body: unknown): WidgetProblem[] {
  const found = schemaProblems(bodySchema, body, "body");
  return found.length > 0 ? found : meaningProblems((body as { widgets: Shape[] }).widgets, "body.widgets");
}

function schemaProblems(schema: Shape, value: unknown, path: string): WidgetProblem[] {
  // Loaded here: only stacks with widgets of their own need it.
  const { default: Ajv } = require("ajv") as typeof import("ajv");
  const validate = new Ajv({ allErrors: true, verbose: true, strictTypes: false, strictRequired: false }).compile(schema);
  validate(value);
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== "if").map((error) => fromAjv(error, path));
}

function fromAjv(error: ErrorObject, path: string): WidgetProblem {
  const at = `${path}${error.instancePath.replace(/\/(\d+)(?=\/|$)/g, "[$1]").replaceAll("/", ".")}`;
  const { additionalProperty, missingProperty, allowedValues } = error.params as Record<string, unknown>;
  if (additionalProperty) return { path: `${at}.${String(additionalProperty)}`, got: "a key", reason: "is not known here" };
  if (missingProperty) return { path: `${at}.${String(missingProperty)}`, got: "nothing", reason: "is required" };
  const reason = allowedValues ? `must be one of ${(allowedValues as string[]).join(", ")}` : (error.message ?? error.keyword);
  const got = JSON.stringify(error.data) ?? "nothing";
  return { path: at, got: got.length > 60 ? `${got.slice(0, 57)}...` : got, reason };
}

function meaningProblems(widgets: readonly Shape[], path: string): WidgetProblem[] {
  const problems = widgets.flatMap((widget, index) => {
    const at = `${path}[${index}]`;
    const rows = (widget.properties as { metrics?: unknown[][] }).metrics ?? [];
    return [...gridProblems(widget, at), ...(widget.type === "metric" ? rowProblems(rows, `${at}.properties.metrics`) : [])];
  });
  const total = widgets.reduce(
    (sum, { type, properties }) => sum + (type === "metric" ? metricCount(properties as Shape) : 0),
    0,
  );
  if (total <= metricsPerDashboard) return problems;
  return [...problems, { path, got: `${total} metrics`, reason: `a dashboard holds at most ${metricsPerDashboard}` }];
}

function metricCount({ metrics }: Shape): number {
  return Array.isArray(metrics) ? metrics.length : 0;
}

function gridProblems({ x, width }: Shape, path: string): WidgetProblem[] {
  const right = Number(x ?? 0) + Number(width ?? 6);
  return right <= columns ? [] : [{ path, got: `x + width = ${right}`, reason: `the grid has ${columns} columns` }];
}

/** Options come last, dimensions in pairs, ids are unique, expressions name ids that exist. */
function rowProblems(rows: readonly unknown[][], path: string): WidgetProblem[] {
  const ids = rows.map((row) => (row.at(-1) as { id?: string }).id);
  const known = new Set(ids.filter((id) => id !== undefined));
  return rows.flatMap((row, index) => {
    const problem = (got: string, reason: string): WidgetProblem => ({ path: `${path}[${index}]`, got, reason });
    const id = ids[index];
    const repeated = id !== undefined && ids.indexOf(id) < index;
    const { expression } = row.at(-1) as { expression?: string };
    const unknown = expression === undefined ? [] : unknownIds(expression, known);
    return [
      ...(repeated ? [problem(`id ${id}`, "is used twice in this widget")] : []),
      ...unknown.map((name) => problem(name, "is not the id of a row of this widget")),
      ...shapeProblems(row, problem),
    ];
  });
}

function shapeProblems(row: readonly unknown[], problem: (got: string, reason: string) => WidgetProblem): WidgetProblem[] {
  const texts = row.filter((part) => typeof part === "string");
  const optionsAt = row.findIndex((part) => typeof part === "object");
  if (optionsAt !== -1 && optionsAt !== row.length - 1) return [problem(JSON.stringify(row[optionsAt]), "options come last")];
  if (texts.includes("...") || texts.length % 2 === 0) return [];
  return [problem(`${texts.length} texts`, "must be namespace, name and pairs of dimension and value")];
}

/** Identifiers outside string arguments that no row defines. Functions and keywords are upper case; Metrics Insights has no ids. */
export function unknownIds(expression: string, known: ReadonlySet<string>): string[] {
  if (/^\s*SELECT\b/i.test(expression)) return [];
  const outsideStrings = expression.replace(/"[^"]*"|'[^']*'/g, " ");
  return (outsideStrings.match(/\b[a-z]\w*\b/g) ?? []).filter((id) => !known.has(id));
}
