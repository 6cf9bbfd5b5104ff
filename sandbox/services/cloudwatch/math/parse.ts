import jsep = require("jsep");

/** What metric math is made of ("Using math expressions with CloudWatch metrics"). */
export type Syntax =
  | { type: "number"; value: number }
  | { type: "text"; value: string }
  | { type: "name"; name: string }
  | { type: "negate"; operand: Syntax }
  | { type: "binary"; operator: string; left: Syntax; right: Syntax }
  | { type: "array"; elements: Syntax[] }
  | { type: "call"; name: string; args: Syntax[] };

export const operators = ["+", "-", "*", "/", "^", "==", "!=", "<", "<=", ">", ">=", "AND", "&&", "OR", "||"] as const;

// Power binds tighter than multiplication, from the right; in jsep it would be JavaScript's exclusive or.
jsep.addBinaryOp("^", 11, true);
jsep.addBinaryOp("AND", 2);
jsep.addBinaryOp("OR", 1);

/** A mistake in an expression, in words. Callers turn it into the service's ValidationError. */
export interface ExpressionError extends Error {
  name: "ExpressionError";
}

export function expressionError(message: string): ExpressionError {
  return Object.assign(new Error(message), { name: "ExpressionError" as const });
}

export function isExpressionError(error: unknown): error is ExpressionError {
  return error instanceof Error && error.name === "ExpressionError";
}

export function parse(expression: string): Syntax {
  if (/^\s*SELECT\s/i.test(expression)) throw expressionError("the sandbox does not model Metrics Insights queries (SELECT ...)");
  let tree: jsep.Expression;
  try {
    tree = jsep(expression);
  } catch (error) {
    throw expressionError(`cannot read "${expression}": ${(error as Error).message}`);
  }
  return translate(tree as jsep.CoreExpression);
}

function translate(tree: jsep.CoreExpression): Syntax {
  switch (tree.type) {
    case "Literal":
      if (typeof tree.value === "number") return { type: "number", value: tree.value };
      // The raw text: a search expression has backslashes of its own.
      if (typeof tree.value === "string") return { type: "text", value: tree.raw.slice(1, -1) };
      throw expressionError(`"${tree.raw}" is not a number, a string, an id or a function`);
    case "Identifier":
      return { type: "name", name: tree.name };
    case "UnaryExpression":
      if (tree.operator !== "-")
        throw expressionError(`operator "${tree.operator}" is not supported; metric math has unary - only`);
      return { type: "negate", operand: translate(tree.argument as jsep.CoreExpression) };
    case "BinaryExpression":
      if (!(operators as readonly string[]).includes(tree.operator)) {
        throw expressionError(`operator "${tree.operator}" is not supported; metric math has ${operators.join(" ")}`);
      }
      return {
        type: "binary",
        operator: tree.operator,
        left: translate(tree.left as jsep.CoreExpression),
        right: translate(tree.right as jsep.CoreExpression),
      };
    case "ArrayExpression":
      return { type: "array", elements: tree.elements.map((element) => translateElement(element)) };
    case "CallExpression":
      if (tree.callee.type !== "Identifier") throw expressionError("only functions can be called");
      return {
        type: "call",
        name: (tree.callee as jsep.Identifier).name,
        args: tree.arguments.map((argument) => translateElement(argument)),
      };
    default:
      throw expressionError(`a ${tree.type} is not metric math; write one expression of ids, numbers, operators and functions`);
  }
}

function translateElement(tree: jsep.Expression | null): Syntax {
  if (!tree) throw expressionError("an argument or array element is empty");
  return translate(tree as jsep.CoreExpression);
}
