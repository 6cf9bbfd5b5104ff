import { expressionError } from "./parse";
import { asArray, asScalar, asSeries, newValues, type Frame, type Kind, type Node, type Value, type Values } from "./values";

type Binary = (left: number, right: number) => number;

const truth = (value: boolean) => (value ? 1 : 0);

const arithmetic: Record<string, Binary> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
};

const and: Binary = (a, b) => truth(a !== 0 && b !== 0);
const or: Binary = (a, b) => truth(a !== 0 || b !== 0);

const comparison: Record<string, Binary> = {
  "==": (a, b) => truth(a === b),
  "!=": (a, b) => truth(a !== b),
  "<": (a, b) => truth(a < b),
  "<=": (a, b) => truth(a <= b),
  ">": (a, b) => truth(a > b),
  ">=": (a, b) => truth(a >= b),
  AND: and,
  "&&": and,
  OR: or,
  "||": or,
};

/** "If the value of a data point causes a function to attempt to divide by zero, the data point is dropped": so is every non-number. */
const dropped = (value: number) => (Number.isFinite(value) ? value : Number.NaN);

/** Two series: a missing value counts 0 where the other has one. A series and a number: a missing value stays missing. */
function combine(operate: Binary, left: number | Values, right: number | Values, length: number): Values {
  const out = newValues(length);
  if (typeof left === "number") {
    for (let i = 0; i < length; i++) out[i] = mapPresent(operate, left, (right as Values)[i]!);
  } else if (typeof right === "number") {
    for (let i = 0; i < length; i++) {
      const value = left[i]!;
      out[i] = Number.isNaN(value) ? value : dropped(operate(value, right));
    }
  } else {
    for (let i = 0; i < length; i++) {
      const a = left[i]!;
      const b = right[i]!;
      if (Number.isNaN(a)) out[i] = Number.isNaN(b) ? b : dropped(operate(0, b));
      else out[i] = dropped(operate(a, Number.isNaN(b) ? 0 : b));
    }
  }
  return out;
}

const mapPresent = (operate: Binary, left: number, right: number) =>
  Number.isNaN(right) ? right : dropped(operate(left, right));

export function binaryNode(operator: string, left: Node, right: Node): Node {
  const operate = arithmetic[operator] ?? comparison[operator]!;
  const kind = binaryKind(operator, left.kind, right.kind);
  const pointwise = left.pointwise && right.pointwise;
  if (kind === "S")
    return { kind, pointwise, run: (frame) => dropped(operate(asScalar(left.run(frame)), asScalar(right.run(frame)))) };
  if (kind === "TS") {
    return {
      kind,
      pointwise,
      run: (frame) => combine(operate, left.run(frame) as number | Values, right.run(frame) as number | Values, frame.length),
    };
  }
  const arrayIsLeft = left.kind === "TS[]";
  return {
    kind,
    pointwise,
    run: (frame) => {
      const other = (arrayIsLeft ? right : left).run(frame) as number | Values;
      return asArray((arrayIsLeft ? left : right).run(frame)).map(({ label, values }) => ({
        label,
        values: arrayIsLeft ? combine(operate, values, other, frame.length) : combine(operate, other, values, frame.length),
      }));
    },
  };
}

function binaryKind(operator: string, left: Kind, right: Kind): Kind {
  if (left === "TS[]" && right === "TS[]") throw expressionError(`${operator} can't combine two arrays of time series`);
  if (left !== "TS[]" && right !== "TS[]") return left === "S" && right === "S" ? "S" : "TS";
  if (operator in comparison) {
    throw expressionError(
      `${operator} compares time series and numbers, not arrays of time series; take FIRST, MAX or SUM of the array`,
    );
  }
  return "TS[]";
}

/** A function of each single value, missing stays missing; applied to a series or to each series of an array. */
export function eachValue(operate: (value: number) => number, argument: Node): Node {
  const over = (values: Values) => {
    const out = newValues(values.length);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      out[i] = Number.isNaN(value) ? value : dropped(operate(value));
    }
    return out;
  };
  if (argument.kind === "S")
    return { kind: "S", pointwise: argument.pointwise, run: (frame) => dropped(operate(asScalar(argument.run(frame)))) };
  return { kind: argument.kind, pointwise: argument.pointwise, run: eachSeries(argument, over) };
}

/** Applies `change` to a series, or to each series of an array. */
export function eachSeries(node: Node, change: (values: Values, frame: Frame) => Values): (frame: Frame) => Value {
  if (node.kind === "TS") return (frame) => change(asSeries(node.run(frame)), frame);
  return (frame) => asArray(node.run(frame)).map(({ label, values }) => ({ label, values: change(values, frame) }));
}

/**
 * IF(condition, trueValue, falseValue). True and missing there: 0. False and missing there, or no third argument: dropped. Missing
 * condition: dropped. A scalar condition chooses one of the two whole ("Using IF expressions").
 */
export function ifNode(condition: Node, whenTrue: Node, whenFalse: Node | undefined): Node {
  for (const node of [condition, whenTrue, whenFalse]) {
    if (node?.kind === "TS[]")
      throw expressionError("IF takes time series and numbers, not arrays of time series; take FIRST, MAX or SUM of the array");
  }
  if (condition.kind === "S" && whenTrue.kind === "S") {
    throw expressionError("IF of a number needs a time series as second argument: IF(S, TS, TS)");
  }
  const pointwise = condition.pointwise && whenTrue.pointwise && (whenFalse?.pointwise ?? true);
  const run = (frame: Frame) => {
    const test = condition.run(frame);
    const yes = whenTrue.run(frame) as number | Values;
    const no = whenFalse ? (whenFalse.run(frame) as number | Values) : Number.NaN;
    if (typeof test === "number") return wholeSeries(test !== 0 ? yes : no, frame.length);
    const conditions = asSeries(test);
    const out = newValues(frame.length);
    for (let i = 0; i < out.length; i++) {
      const value = conditions[i]!;
      if (Number.isNaN(value)) out[i] = value;
      else if (value === 0) out[i] = typeof no === "number" ? no : no[i]!;
      else {
        const chosen = typeof yes === "number" ? yes : yes[i]!;
        out[i] = Number.isNaN(chosen) ? 0 : chosen;
      }
    }
    return out;
  };
  return { kind: "TS", pointwise, run };
}

export function wholeSeries(value: number | Values, length: number): Values {
  return typeof value === "number" ? newValues(length).fill(value) : value;
}
