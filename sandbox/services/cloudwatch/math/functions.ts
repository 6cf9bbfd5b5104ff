import { parseSearch } from "../search";
import { parseStatistic } from "../statistic";
import { calendar } from "./calendar";
import { diff, diffTime, fillLinear, fillRepeat, fillWith, rate, runningSum } from "./overTime";
import { expressionError, type Syntax } from "./parse";
import { eachSeries, eachValue, ifNode, wholeSeries } from "./pointwise";
import { reductions, type MissingInMinMax, type Reduction, type ReductionName } from "./reduce";
import {
  asArray,
  asScalar,
  asSeries,
  missingValues,
  newValues,
  type Kind,
  type Node,
  type Timeline,
  type Values,
} from "./values";

/** What a function call needs of the expression it stands in. */
export interface Scope {
  compile(syntax: Syntax): Node;
  /** All metrics of the request, or those whose id contains `text`. */
  metrics(text: string | undefined): Node;
  /** Whether `name` is the id of a metric, not of an expression. */
  isMetric(name: string): boolean;
  /** Called for every SEARCH: alarms refuse it; its period counts for the result. */
  searched(period: number | undefined): void;
  missingInMinMax: MissingInMinMax;
}

type Builder = (args: Syntax[], scope: Scope, name: string) => Node;

const notModelled = new Set([
  "ANOMALY_DETECTION_BAND",
  "INSIGHT_RULE_METRIC",
  "SERVICE_QUOTA",
  "DB_PERF_INSIGHTS",
  "LAMBDA",
  "SELECT",
]);

function argument(args: Syntax[], index: number, scope: Scope, name: string, ...kinds: Kind[]): Node {
  const syntax = args[index];
  if (!syntax) throw expressionError(`${name} needs ${index + 1} argument${index === 0 ? "" : "s"}, got ${args.length}`);
  const node = scope.compile(syntax);
  if (!kinds.includes(node.kind)) {
    throw expressionError(
      `argument ${index + 1} of ${name} must be ${kinds.join(" or ")}, got ${node.kind} (S number, TS time series)`,
    );
  }
  return node;
}

function exactly(args: Syntax[], least: number, most: number, name: string): void {
  if (args.length >= least && args.length <= most) return;
  const range = least === most ? `${least}` : `${least} to ${most}`;
  throw expressionError(`${name} takes ${range} argument${most === 1 ? "" : "s"}, got ${args.length}`);
}

const eachOf =
  (operate: (value: number) => number): Builder =>
  (args, scope, name) => {
    exactly(args, 1, 1, name);
    return eachValue(operate, argument(args, 0, scope, name, "TS", "TS[]"));
  };

const alongTime =
  (change: (values: Values, period: number) => Values): Builder =>
  (args, scope, name) => {
    exactly(args, 1, 1, name);
    const node = argument(args, 0, scope, name, "TS", "TS[]");
    return {
      kind: node.kind,
      pointwise: false,
      run: eachSeries(node, (values, frame) => change(values, frame.period)),
    };
  };

function reduceArray(reduction: Reduction, array: Timeline[], length: number): Values {
  const out = newValues(length);
  for (let i = 0; i < length; i++) out[i] = reduction.overArray(array, i);
  return out;
}

/** Of one time series a number, of an array of time series a time series. */
const reduce: Builder = (args, scope, name) => {
  exactly(args, 1, 1, name);
  const reduction = reductions(scope.missingInMinMax)[name as ReductionName];
  const node = argument(args, 0, scope, name, "TS", "TS[]");
  if (node.kind === "TS") return { kind: "S", pointwise: false, run: (frame) => reduction.overTime(asSeries(node.run(frame))) };
  return {
    kind: "TS",
    pointwise: node.pointwise,
    run: (frame) => reduceArray(reduction, asArray(node.run(frame)), frame.length),
  };
};

const fill: Builder = (args, scope, name) => {
  exactly(args, 2, 2, name);
  const node = argument(args, 0, scope, name, "TS", "TS[]");
  const how = args[1]!;
  if (how.type === "name" && (how.name === "REPEAT" || how.name === "LINEAR")) {
    const change = how.name === "REPEAT" ? fillRepeat : fillLinear;
    return { kind: node.kind, pointwise: false, run: eachSeries(node, (values) => change(values)) };
  }
  const filler = argument(args, 1, scope, name, "S", "TS");
  return {
    kind: node.kind,
    pointwise: node.pointwise && filler.pointwise,
    run: eachSeries(node, (values, frame) => fillWith(values, filler.run(frame) as number | Values)),
  };
};

const condition: Builder = (args, scope, name) => {
  exactly(args, 2, 3, name);
  const [test, yes, no] = args.map((syntax) => scope.compile(syntax));
  return ifNode(test!, yes!, no);
};

const calendarOf: Builder = (args, scope, name) => {
  exactly(args, 1, 1, name);
  argument(args, 0, scope, name, "TS");
  const valueAt = calendar[name]!;
  return {
    kind: "TS",
    pointwise: false,
    run: ({ start, period, length }) => Array.from({ length }, (_, i) => valueAt(start + i * period * 1000)),
  };
};

const pick =
  (index: number): Builder =>
  (args, scope, name) => {
    exactly(args, 1, 1, name);
    const node = argument(args, 0, scope, name, "TS[]");
    return {
      kind: "TS",
      pointwise: node.pointwise,
      run: (frame) => asArray(node.run(frame)).at(index)?.values ?? missingValues(frame.length),
    };
  };

const slice: Builder = (args, scope, name) => {
  exactly(args, 2, 3, name);
  const node = argument(args, 0, scope, name, "TS[]");
  const from = argument(args, 1, scope, name, "S");
  const to = args.length === 3 ? argument(args, 2, scope, name, "S") : undefined;
  return {
    kind: "TS[]",
    pointwise: node.pointwise && from.pointwise && (to?.pointwise ?? true),
    run: (frame) => asArray(node.run(frame)).slice(asScalar(from.run(frame)), to && asScalar(to.run(frame))),
  };
};

function oneOf(syntax: Syntax | undefined, allowed: string[], name: string): string {
  if (syntax?.type === "name" && allowed.includes(syntax.name)) return syntax.name;
  throw expressionError(`${name} needs one of ${allowed.join(", ")}`);
}

const sort: Builder = (args, scope, name) => {
  exactly(args, 3, 4, name);
  const node = argument(args, 0, scope, name, "TS[]");
  const by = reductions("skipped")[oneOf(args[1], ["AVG", "MIN", "MAX", "SUM"], name) as ReductionName];
  const sign = oneOf(args[2], ["ASC", "DESC"], name) === "ASC" ? 1 : -1;
  const limit = args.length === 4 ? argument(args, 3, scope, name, "S") : undefined;
  return {
    kind: "TS[]",
    pointwise: false,
    run: (frame) => {
      const keyed = asArray(node.run(frame)).map((timeline) => ({ timeline, key: by.overTime(timeline.values) }));
      keyed.sort((a, b) => Number(Number.isNaN(a.key)) - Number(Number.isNaN(b.key)) || sign * (a.key - b.key) || 0);
      return keyed.slice(0, limit && asScalar(limit.run(frame))).map(({ timeline }) => timeline);
    },
  };
};

const search: Builder = (args, scope, name) => {
  exactly(args, 2, 3, name);
  const [query, statisticName, period] = args;
  if (query?.type !== "text" || statisticName?.type !== "text")
    throw expressionError("SEARCH needs a quoted query and a quoted statistic");
  if (period && period.type !== "number") throw expressionError("the period of SEARCH must be a number of seconds");
  const statistic = parseStatistic(statisticName.value);
  if (!statistic) throw expressionError(`"${statisticName.value}" is not a statistic that the sandbox knows`);
  const parsed = parseSearch(query.value);
  scope.searched(period?.value);
  return { kind: "TS[]", pointwise: true, run: (frame) => frame.search(parsed, statistic) };
};

const builders: Record<string, Builder> = {
  ABS: eachOf(Math.abs),
  CEIL: eachOf(Math.ceil),
  FLOOR: eachOf(Math.floor),
  LOG: eachOf(Math.log),
  LOG10: eachOf(Math.log10),
  AVG: reduce,
  MAX: reduce,
  MIN: reduce,
  SUM: reduce,
  STDDEV: reduce,
  DATAPOINT_COUNT: reduce,
  DIFF: alongTime(diff),
  DIFF_TIME: alongTime(diffTime),
  RATE: alongTime(rate),
  RUNNING_SUM: alongTime(runningSum),
  FILL: fill,
  IF: condition,
  FIRST: pick(0),
  LAST: pick(-1),
  SLICE: slice,
  SORT: sort,
  SEARCH: search,
  METRICS(args, scope, name) {
    exactly(args, 0, 1, name);
    const text = args[0];
    if (text && text.type !== "text") throw expressionError('METRICS takes no argument or a string: METRICS("errors")');
    return scope.metrics(text?.value);
  },
  METRIC_COUNT(args, scope, name) {
    exactly(args, 1, 1, name);
    const node = argument(args, 0, scope, name, "TS[]");
    return { kind: "S", pointwise: node.pointwise, run: (frame) => asArray(node.run(frame)).length };
  },
  PERIOD(args, scope, name) {
    exactly(args, 1, 1, name);
    const metric = args[0]!;
    if (metric.type !== "name" || !scope.isMetric(metric.name))
      throw expressionError("PERIOD takes the id of a metric, not an expression");
    return { kind: "S", pointwise: true, run: (frame) => frame.period };
  },
  REMOVE_EMPTY(args, scope, name) {
    exactly(args, 1, 1, name);
    const node = argument(args, 0, scope, name, "TS[]");
    const hasData = ({ values }: Timeline) => values.some((value) => !Number.isNaN(value));
    return { kind: "TS[]", pointwise: false, run: (frame) => asArray(node.run(frame)).filter(hasData) };
  },
  TIME_SERIES(args, scope, name) {
    exactly(args, 1, 1, name);
    const node = argument(args, 0, scope, name, "S");
    return { kind: "TS", pointwise: node.pointwise, run: (frame) => wholeSeries(asScalar(node.run(frame)), frame.length) };
  },
  ...Object.fromEntries(Object.keys(calendar).map((name) => [name, calendarOf])),
};

export function callNode(name: string, args: Syntax[], scope: Scope): Node {
  const builder = Object.hasOwn(builders, name) ? builders[name] : undefined;
  if (builder) return builder(args, scope, name);
  if (notModelled.has(name)) throw expressionError(`the sandbox does not model the function ${name}`);
  const upper = name.toUpperCase();
  if (Object.hasOwn(builders, upper))
    throw expressionError(`unknown function ${name}: functions are written in uppercase (${upper})`);
  throw expressionError(`unknown function ${name}`);
}
