// The AWS SDK warns on every start under Node 20, which is supported here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
import { isInputError } from "./inputError";
import { helpText, parseOptions } from "./options";
import { run } from "./run";
import { screenOf } from "./terminal/screen";

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(helpText);
    return 0;
  }
  let interrupted = false;
  // The first Ctrl-C ends the run with its summary, the second ends the process.
  process.once("SIGINT", () => {
    interrupted = true;
    process.once("SIGINT", () => process.exit(130));
  });
  const report = await run(options, screenOf(process.stdout, process.env), () => interrupted);
  if (options.json) console.log(JSON.stringify([report]));
  return 0;
}

// `npm start | head`: nobody reads on, which is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

/** Mistakes of the user: their message says what to do; a stack trace would only hide it. */
const usersMistakes = new Set(["StackError", "ConfigError", "RunError"]);

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const expected = isInputError(error) || (error instanceof Error && usersMistakes.has(error.name));
    console.error(expected ? (error as Error).message : error);
    process.exitCode = isInputError(error) || expected ? 2 : 1;
  },
);
