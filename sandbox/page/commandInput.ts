/** A command that can't be done: its message is the sentence that the page shows. */
export interface CommandError extends Error {
  readonly name: "CommandError";
  /** HTTP's: 400 for what was asked, 409 for when. */
  readonly status: 400 | 409;
}

export function commandError(message: string): CommandError {
  return Object.assign(new Error(message), { name: "CommandError" as const, status: 400 as const });
}

/** Refuses what can be done at another time: the page shows it until the pipeline's state is another. */
export function notNow(message: string): CommandError {
  return Object.assign(commandError(message), { status: 409 as const });
}

export function isCommandError(error: unknown): error is CommandError {
  return error instanceof Error && error.name === "CommandError";
}

export type Input = Readonly<Record<string, unknown>>;

export function booleanOf(input: Input, key: string): boolean {
  const value = input[key];
  if (typeof value === "boolean") return value;
  throw commandError(`"${key}" must be true or false, got ${shown(value)}.`);
}

export function numberOf(input: Input, key: string, min: number, max: number): number {
  const value = input[key];
  if (typeof value === "number" && value >= min && value <= max) return value;
  throw commandError(`"${key}" must be a number from ${min} to ${max.toLocaleString("en-US")}, got ${shown(value)}.`);
}

export function wholeNumberOf(input: Input, key: string, min: number, max: number): number {
  const value = input[key];
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  throw commandError(`"${key}" must be a whole number from ${min} to ${max.toLocaleString("en-US")}, got ${shown(value)}.`);
}

export function oneOf<T extends string>(input: Input, key: string, allowed: readonly T[]): T {
  const value = input[key];
  if (allowed.includes(value as T)) return value as T;
  throw commandError(`"${key}" must be one of ${allowed.join(", ")}, got ${shown(value)}.`);
}

export function textOf(input: Input, key: string): string {
  const value = input[key];
  if (typeof value === "string" && value !== "") return value;
  throw commandError(`"${key}" must be a text, got ${shown(value)}.`);
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
