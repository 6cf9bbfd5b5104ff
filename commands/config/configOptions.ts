import { helpText, readCommandLine, refuse, type Syntax } from "../options";
import { stackOf } from "../../sandbox/deploy/stackFiles";
import { defaultStack } from "../place";
import { parsePipeline, parseStack } from "../placeOptions";

/** What `npm run config -- ...` was asked for. */
export interface ConfigOptions {
  stack: string;
  /** The stack's file where it isn't the project's Pulumi.<stack>.yaml. */
  configFile?: string;
  /** The stack to compare it with. */
  diff?: string;
  /** One of several pipelines. */
  pipeline?: string;
  json: boolean;
}

const syntax: Syntax = {
  command: "npm run config -- [options]",
  options: {
    stack: { argument: "NAME", meaning: `the stack (${defaultStack})`, parse: parseStack },
    "config-file": { argument: "FILE", meaning: "the stack's file, wherever it is; without --stack it names the stack" },
    diff: { argument: "NAME", meaning: "another stack beside it: only what differs", parse: parseStack },
    pipeline: { argument: "NAME", meaning: "one of the stack's pipelines (all, each by itself)", parse: parsePipeline },
    json: { meaning: "as JSON" },
    help: { meaning: "this text" },
  },
};

export const configHelp = helpText(syntax, [
  "Prints the value of every key of a stack and where it comes from, and in words what follows: when, how far and how soon it",
  "scales. Reads the project's files alone. Example: npm run config -- --stack prod --diff dev",
]);

/**
 * @param args the command line after the script's name.
 * @returns "help" when that was asked for.
 * @throws InputError "OptionsError" that lists every problem.
 */
export function parseConfigOptions(args: readonly string[]): ConfigOptions | "help" {
  const { values, positionals, problems } = readCommandLine(args, syntax);
  if (values.help) return "help";
  const { diff, pipeline } = values as Partial<ConfigOptions>;
  const configFile = values["config-file"] as string | undefined;
  const named = (values.stack as string | undefined) ?? (configFile === undefined ? defaultStack : stackOf(configFile));
  if (named === undefined) problems.push("--config-file names no stack unless it is Pulumi.NAME.yaml; say --stack NAME");
  const stack = named ?? "";
  for (const extra of positionals)
    problems.push(`unexpected argument "${extra}"; a stack is named so: npm run config -- --stack NAME`);
  if (diff === stack) problems.push(`--diff must be another stack than --stack, got "${diff}" for both`);
  refuse(problems, syntax);
  return { stack, configFile, diff, pipeline, json: values.json === true };
}
