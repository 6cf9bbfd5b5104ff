import { callNode, type Scope } from "./functions";
import { expressionError, isExpressionError, parse, type Syntax } from "./parse";
import { binaryNode, eachValue } from "./pointwise";
import type { MissingInMinMax } from "./reduce";
import { asArray, asSeries, type Frame, type Node, type Timeline, type Value } from "./values";

/** One row of a request: a metric (read through the frame by its index) or an expression over the ids of other rows. */
export interface MathQuery {
  id: string;
  /** Default: what the caller shows for the metric, or the expression itself. */
  label: string;
  /** undefined: a metric. */
  expression?: string;
}

export interface CompiledQuery extends Node {
  readonly id: string;
  readonly label: string;
  /** Indexes of the metrics that the result depends on. */
  readonly metrics: ReadonlySet<number>;
  readonly searches: boolean;
  /** Periods that SEARCH calls name, in seconds. */
  readonly searchPeriods: readonly number[];
}

/** What an expression and everything that it refers to needs. */
interface Needs {
  metrics: Set<number>;
  searches: boolean;
  searchPeriods: number[];
}

/** Compiled rows by their text. */
const known = new Map<string, readonly CompiledQuery[]>();
const mostKnown = 1_000;

/**
 * Compiles the rows of one request or alarm, once; each row's result is then computed at most once per frame. A compiled row holds no
 * data, so that equal rows are one: the same alarms of a hundred pipelines are then as quick to evaluate as those of one.
 * @throws ExpressionError, naming the row.
 */
export function compileQueries(
  queries: readonly MathQuery[],
  missingInMinMax: MissingInMinMax = "skipped",
): readonly CompiledQuery[] {
  const text = JSON.stringify([missingInMinMax, queries.map(({ id, label, expression }) => [id, label, expression])]);
  const before = known.get(text);
  if (before) return before;
  const compiled = compileRows(queries, missingInMinMax);
  if (known.size >= mostKnown) known.clear();
  known.set(text, compiled);
  return compiled;
}

function compileRows(queries: readonly MathQuery[], missingInMinMax: MissingInMinMax): CompiledQuery[] {
  const compiled = new Map<string, CompiledQuery>();
  const open = new Set<string>();

  const compileId = (id: string): CompiledQuery => {
    const done = compiled.get(id);
    if (done) return done;
    const index = queries.findIndex((query) => query.id === id);
    const query = queries[index];
    if (!query) throw expressionError(`"${id}" is not the id of a metric or expression of this request`);
    if (open.has(id)) throw expressionError(`"${id}" refers to itself`);
    open.add(id);
    const result = query.expression === undefined ? metricQuery(query, index) : expressionQuery(query, query.expression);
    open.delete(id);
    compiled.set(id, result);
    return result;
  };

  const metricQuery = (query: MathQuery, index: number): CompiledQuery => ({
    id: query.id,
    label: query.label,
    kind: "TS",
    pointwise: true,
    metrics: new Set([index]),
    searches: false,
    searchPeriods: [],
    run: oncePerFrame((frame) => frame.metric(index)),
  });

  const expressionQuery = (query: MathQuery, expression: string): CompiledQuery => {
    const needs: Needs = { metrics: new Set(), searches: false, searchPeriods: [] };
    try {
      const node = compileSyntax(parse(expression), needs);
      return {
        id: query.id,
        label: query.label,
        kind: node.kind,
        pointwise: node.pointwise,
        ...needs,
        run: oncePerFrame(node.run),
      };
    } catch (error) {
      if (!isExpressionError(error) || error.message.startsWith("Error in expression")) throw error;
      throw expressionError(`Error in expression '${query.id}': ${error.message}`);
    }
  };

  const refer = (id: string, needs: Needs): CompiledQuery => {
    const target = compileId(id);
    for (const metric of target.metrics) needs.metrics.add(metric);
    needs.searches ||= target.searches;
    needs.searchPeriods.push(...target.searchPeriods);
    return target;
  };

  const compileSyntax = (syntax: Syntax, needs: Needs): Node => {
    const scope: Scope = {
      compile: (inner) => compileSyntax(inner, needs),
      metrics: (text) => {
        const rows = queries.filter(
          ({ id, expression }) => expression === undefined && (text === undefined || id.includes(text)),
        );
        return arrayNode(rows.map(({ id, label }) => ({ label, node: refer(id, needs) })));
      },
      isMetric: (name) => queries.some(({ id, expression }) => id === name && expression === undefined),
      searched: (period) => {
        needs.searches = true;
        if (period !== undefined) needs.searchPeriods.push(period);
      },
      missingInMinMax,
    };
    switch (syntax.type) {
      case "number":
        return { kind: "S", pointwise: true, run: () => syntax.value };
      case "text":
        throw expressionError(`a string ("${syntax.value}") is no value; only METRICS and SEARCH take strings`);
      case "name":
        return refer(syntax.name, needs);
      case "negate":
        return eachValue((value) => -value, scope.compile(syntax.operand));
      case "binary":
        return binaryNode(syntax.operator, scope.compile(syntax.left), scope.compile(syntax.right));
      case "array":
        return arrayNode(
          syntax.elements.map((element) => ({
            label: element.type === "name" ? (queries.find(({ id }) => id === element.name)?.label ?? element.name) : "",
            node: scope.compile(element),
          })),
        );
      case "call":
        return callNode(syntax.name, syntax.args, scope);
    }
  };

  return queries.map(({ id }) => compileId(id));
}

/** [m1, e1, METRICS("x")]: arrays inside are joined. */
function arrayNode(elements: { label: string; node: Node }[]): Node {
  if (elements.some(({ node }) => node.kind === "S")) {
    throw expressionError("an array holds time series, not numbers; write TIME_SERIES(5) instead of 5");
  }
  return {
    kind: "TS[]",
    pointwise: elements.every(({ node }) => node.pointwise),
    run: (frame) =>
      elements.flatMap(({ label, node }): Timeline[] => {
        const value = node.run(frame);
        return node.kind === "TS" ? [{ label, values: asSeries(value) }] : asArray(value);
      }),
  };
}

function oncePerFrame(run: (frame: Frame) => Value): (frame: Frame) => Value {
  let latest: Frame | undefined;
  let value: Value = 0;
  return (frame) => {
    if (frame !== latest) {
      value = run(frame);
      latest = frame;
    }
    return value;
  };
}
