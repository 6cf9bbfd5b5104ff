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
