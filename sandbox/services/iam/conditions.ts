import { arnLike, wildcard, type Match } from "./wildcard";

/** Condition keys of a request, in lower case (keys are not case-sensitive), e.g. { "aws:sourcearn": "arn:..." }. */
export type ConditionContext = Readonly<Record<string, string | readonly string[]>>;
export type Condition = (context: ConditionContext) => boolean;

interface Operator {
  match(expected: string): Match;
  negated?: boolean;
}

const ignoringCase = (expected: string): Match => {
  const lower = expected.toLowerCase();
  return (text) => text.toLowerCase() === lower;
};
const exactly = (expected: string): Match => {
  return (text) => text === expected;
};
const like = (expected: string) => wildcard(expected);

const operators: Readonly<Record<string, Operator>> = {
  StringEquals: { match: exactly },
  StringNotEquals: { match: exactly, negated: true },
  StringEqualsIgnoreCase: { match: ignoringCase },
  StringNotEqualsIgnoreCase: { match: ignoringCase, negated: true },
  StringLike: { match: like },
  StringNotLike: { match: like, negated: true },
  ArnEquals: { match: arnLike },
  ArnLike: { match: arnLike },
  ArnNotEquals: { match: arnLike, negated: true },
  ArnNotLike: { match: arnLike, negated: true },
  Bool: { match: ignoringCase },
};

/** Operators that policies may use here; any other is refused when the policy is created. */
export const conditionOperators: readonly string[] = [...Object.keys(operators), "Null"];

/**
 * Compiles a Condition block: all operators and all their keys must hold.
 * @throws Error that names an unknown operator and the known ones.
 */
export function compileConditions(block: unknown): Condition {
  if (typeof block !== "object" || block === null || Array.isArray(block)) throw new Error("Condition must be an object");
  const all: Condition[] = [];
  for (const [operator, keys] of Object.entries(block)) {
    if (typeof keys !== "object" || keys === null) throw new Error(`Condition ${operator} must be an object of condition keys`);
    for (const [key, values] of Object.entries(keys as Record<string, unknown>)) {
      all.push(compileOne(operator, key.toLowerCase(), asStrings(values)));
    }
  }
  return (context) => all.every((condition) => condition(context));
}

function compileOne(name: string, key: string, expected: string[]): Condition {
  const [, set, base, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(name) ?? [];
  if (base === "Null" && !ifExists) {
    const wanted = expected.map((value) => value.toLowerCase() === "true");
    return (context) => wanted.includes(context[key] === undefined);
  }
  const operator = base === undefined ? undefined : operators[base];
  if (!operator) {
    throw new Error(`Condition operator ${name} is not modelled; known are ${conditionOperators.join(", ")}, also with IfExists`);
  }
  const matches = expected.map((value) => operator.match(value));
  const { negated = false } = operator;
  const holds: Match = (value) => matches.some((match) => match(value)) !== negated;
  // A missing key: a negated operator and ForAllValues hold, the others don't, IfExists always does.
  const whenMissing = ifExists !== undefined || set === "ForAllValues" || (negated && set !== "ForAnyValue");
  return (context) => {
    const actual = context[key];
    if (actual === undefined) return whenMissing;
    if (typeof actual === "string") return holds(actual);
    if (set === "ForAllValues" || (negated && set !== "ForAnyValue")) return actual.every(holds);
    return actual.some(holds);
  };
}

function asStrings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
