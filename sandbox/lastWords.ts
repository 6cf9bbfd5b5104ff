import { isUsersMistake } from "./inputError";

/**
 * Runs a command to its end, which is always a sentence: its own, the user's mistake without a stack trace, or that this is a fault.
 * @param main gives the exit code. A mistake in the options or files ends with 2, everything else that fails with 1.
 */
export function runCommand(main: () => Promise<number>): void {
  endWithTheReader();
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => process.exit(lastWords(error)));
  }
  main().then(
    (code) => (process.exitCode = code),
    (error: unknown) => (process.exitCode = lastWords(error)),
  );
}

/** Says the error; the exit code for it. */
function lastWords(error: unknown): number {
  if (isUsersMistake(error) || isWrongOption(error)) return said(error.message, 2);
  if (error instanceof Error && error.name === "CommandError") return said(error.message, 1);
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return said(`This is a fault of Sluice, not of what you asked for. Please report it with these lines:\n${details}`, 1);
}

function said(words: string, code: number): number {
  console.error(words);
  return code;
}

/** What parseArgs of node:util refuses. */
function isWrongOption(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
}

/** `npm start | head`: nobody reads on, which is no failure. */
function endWithTheReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE" || error.code === "ECONNRESET") process.exit();
      if (stream === process.stdout) console.error(`The output can't be written: ${error.message}`);
      process.exit(1);
    });
  }
}
