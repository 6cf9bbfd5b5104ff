import * as pulumi from "@pulumi/pulumi";

/** One thing that is wrong with a component's arguments. */
export interface Problem {
  /** The argument, as the caller wrote it: `stream.scaling.targetPercent`. */
  path: string;
  /** What it is. */
  value: unknown;
  /** What is allowed and what to do, without a full stop. Other arguments stand in it by their paths, in backticks. */
  text: string;
}

/** Problems of arguments that are themselves an argument. @param at the path that theirs are appended to: "pipelines.orders.". */
export function within(at: string, problems: readonly Problem[]): Problem[] {
  return problems.map(({ path, value, text }) => ({
    path: at + path,
    value,
    text: text.replaceAll(/`([^`]+)`/g, `\`${at}$1\``),
  }));
}

/** The text of an error: a heading, every problem on a line of its own, advice. Problems with equal lines are one. */
export function problemText(of: string, problems: readonly Problem[], advice?: string): string {
  const lines = problems.map(({ path, value, text }) => `  ${path} = ${JSON.stringify(value) ?? "(not set)"}: ${text}.`);
  const unique = [...new Set(lines)];
  const count = unique.length === 1 ? "1 problem" : `${unique.length} problems`;
  return [`${of} has ${count}:`, ...unique, ...(advice ? [advice] : [])].join("\n");
}

/**
 * The arguments themselves, when nothing is wrong with them.
 * @throws pulumi.RunError with every problem: what, got, allowed, what to do. Pulumi prints it without a stack.
 */
export function checked<T>(args: T, of: string, problems: readonly Problem[]): T {
  if (problems.length === 0) return args;
  const plain = problems.map(({ text, ...problem }) => ({ ...problem, text: text.replaceAll("`", "") }));
  throw new pulumi.RunError(problemText(of, plain));
}
