import type { Shape } from "../core/cloud";

/** A row of a widget that is drawn, beside its query. */
export interface DrawnRow {
  id: string;
  color?: string;
  axis: "left" | "right";
}

export interface MetricRows {
  queries: Shape[];
  /** By id of the query. */
  drawn: Map<string, DrawnRow>;
  /** The metrics that are read, for "nothing published yet": "Namespace Name". */
  metrics: string[];
}

type Row = (string | Shape)[];

const standardPeriod = 300;

/** MetricDataQueries of a widget's `metrics` ("Dashboard Body Structure and Syntax"), its defaults and shorthands resolved. */
export function metricRows(properties: Shape): MetricRows {
  const rows: Row[] = properties.metrics ?? [];
  const taken = new Set(rows.map((row) => optionsOf(row).id).filter((id) => id !== undefined));
  const result: MetricRows = { queries: [], drawn: new Map(), metrics: [] };
  let previous: string[] = [];
  rows.forEach((row, index) => {
    const options = optionsOf(row);
    const id: string = options.id ?? freeId(index, taken);
    const period: number | undefined = options.period ?? properties.period;
    const shown = options.visible !== false;
    if (shown) result.drawn.set(id, { id, color: options.color, axis: options.yAxis === "right" ? "right" : "left" });
    const common = { Id: id, ReturnData: shown, ...(options.label !== undefined && { Label: options.label }) };
    if (typeof options.expression === "string") {
      result.queries.push({ ...common, Expression: options.expression, ...(period && { Period: period }) });
      return;
    }
    previous = resolveShorthand(
      row.filter((part): part is string => typeof part === "string"),
      previous,
    );
    const [Namespace = "", MetricName = "", ...dimensions] = previous;
    result.metrics.push(`${Namespace} ${MetricName}`);
    result.queries.push({
      ...common,
      MetricStat: {
        Metric: { Namespace, MetricName, Dimensions: pairs(dimensions) },
        Period: period ?? standardPeriod,
        Stat: options.stat ?? properties.stat ?? "Average",
      },
    });
  });
  return result;
}

function optionsOf(row: Row): Shape {
  const last = row.at(-1);
  return typeof last === "object" ? last : {};
}

function freeId(index: number, taken: ReadonlySet<string>): string {
  let id = `row${index}`;
  while (taken.has(id)) id += "_";
  return id;
}

/** "." repeats the value at the same place of the row above; "..." repeats all places up to where the rest of the row begins. */
function resolveShorthand(parts: string[], previous: readonly string[]): string[] {
  const at = parts.indexOf("...");
  const whole =
    at < 0
      ? parts
      : [...parts.slice(0, at), ...previous.slice(at, previous.length - (parts.length - at - 1)), ...parts.slice(at + 1)];
  return whole.map((part, i) => (part === "." ? (previous[i] ?? ".") : part));
}

function pairs(dimensions: readonly string[]): { Name: string; Value: string }[] {
  const result: { Name: string; Value: string }[] = [];
  for (let i = 0; i + 1 < dimensions.length; i += 2) result.push({ Name: dimensions[i]!, Value: dimensions[i + 1]! });
  return result;
}
