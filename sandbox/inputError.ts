/** What the user gave can't be used: print `message` alone (no stack) and leave with `exitCode`. */
export interface InputError extends Error {
  readonly exitCode: 2;
}

/** @param name "OptionsError" | "TraceError". @param message every problem, one a line. */
export function inputError(name: string, message: string): InputError {
  return Object.assign(new Error(message), { name, exitCode: 2 as const });
}

export function isInputError(error: unknown): error is InputError {
  return error instanceof Error && "exitCode" in error && error.exitCode === 2;
}

/** Besides InputError: a stack that isn't there, a configuration that is refused by the sandbox or (RunError) by the program. */
const usersMistakes = ["StackError", "ConfigError"];

/** What the user can mend: the message says what to do, a stack trace would only hide it. */
export function isUsersMistake(error: unknown): error is Error {
  return isInputError(error) || (error instanceof Error && (usersMistakes.includes(error.name) || "__pulumiRunError" in error));
}
