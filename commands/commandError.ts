/** The command can't do what it was asked for: print `message` alone (no stack) and leave with 1. */
export function commandError(message: string): Error {
  return Object.assign(new Error(message), { name: "CommandError" });
}

export function isCommandError(error: unknown): error is Error {
  return error instanceof Error && error.name === "CommandError";
}
