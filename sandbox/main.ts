// The AWS SDK warns on every start under Node 20, which is supported here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
import { runCommand } from "./lastWords";
import { helpText, parseOptions } from "./options";
import { run } from "./run";
import { screenOf } from "./terminal/screen";

runCommand(async () => {
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
  const reports = await run(options, screenOf(process.stdout, process.env), () => interrupted);
  if (options.json) console.log(JSON.stringify(reports));
  return 0;
});
