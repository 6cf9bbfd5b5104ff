import { parseArgs } from "node:util";
import { inputError } from "../sandbox/inputError";

/** A value, or what is wrong with it. */
export type Parsed<T = unknown> = { value: T } | { wrong: string };

export interface Option {
  /** How help names the value; undefined: a flag. */
  argument?: string;
  meaning: string;
  parse?(text: string): Parsed;
  /** An option whose value may be left out: what stands for it, and what looks like a value. */
  without?: { value: string; looksLikeValue: RegExp };
}

export interface Syntax {
  /** e.g. "npm run scale -- stream --by 2". */
  command: string;
  options: Readonly<Record<string, Option>>;
}

export interface CommandLine {
  /** By option name; flags are true. */
  values: Readonly<Record<string, unknown>>;
  positionals: readonly string[];
  /** Every problem so far; the command adds its own. */
  problems: string[];
}

/** Reads the arguments without throwing: the command adds what only it can know and then calls `refuse`. */
export function readCommandLine(args: readonly string[], syntax: Syntax): CommandLine {
  const { options } = syntax;
  const types = Object.entries(options).map(([name, { argument }]) => [name, { type: argument ? "string" : "boolean" }] as const);
  const { tokens } = parseArgs({
    args: withLeftOut(args, options),
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: { ...Object.fromEntries(types), help: { type: "boolean", short: "h" } },
  });
  const values: Record<string, unknown> = {};
  const positionals: string[] = [];
  const problems: string[] = [];
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    if (given.has(token.name)) problems.push(`--${token.name} is given more than once`);
    given.add(token.name);
    const parsed = parseOne(options, token.name, token.rawName, token.value);
    if ("wrong" in parsed) problems.push(parsed.wrong);
    else values[token.name] = parsed.value;
  }
  return { values, positionals, problems };
}

/** @throws InputError "OptionsError" that lists every problem, if there are any. */
export function refuse(problems: readonly string[], { command }: Syntax): void {
  if (problems.length === 0) return;
  const title = problems.length === 1 ? "Invalid option:" : `Invalid options (${problems.length} problems):`;
  const help = `See ${command.split(" -- ")[0]} -- --help`;
  throw inputError("OptionsError", [title, ...problems.map((problem) => `  - ${problem}`), help].join("\n"));
}

export function helpText({ command, options }: Syntax, about: readonly string[]): string {
  const rows = Object.entries(options).map(([name, { argument, meaning, without }]) => {
    const value = argument === undefined ? "" : without ? ` [${argument}]` : ` ${argument}`;
    return `  ${`--${name}${value}`.padEnd(21)}${meaning}`;
  });
  return [command, "", ...about, "", ...rows, ""].join("\n");
}

function parseOne(options: Syntax["options"], name: string, rawName: string, text: string | undefined): Parsed {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) return { wrong: unknown(Object.keys(options), name, rawName) };
  if (option.argument === undefined)
    return text === undefined ? { value: true } : { wrong: `--${name} takes no value, got "${text}"` };
  // parseArgs takes the next option for a value: `--stack --json`.
  if (text === undefined || text === "" || text.startsWith("--"))
    return { wrong: `--${name} needs a value: --${name} ${option.argument}` };
  const parsed = option.parse?.(text) ?? { value: text };
  return "wrong" in parsed ? { wrong: `--${name} ${parsed.wrong}, got "${text}"` } : parsed;
}

function unknown(names: string[], name: string, rawName: string): string {
  const near = names.find((known) => known.startsWith(name) || name.startsWith(known));
  return `${rawName} is not an option; ${near ? `did you mean --${near}?` : `there are --${names.join(", --")}`}`;
}

/** "--sandbox" alone becomes "--sandbox=URL". */
function withLeftOut(args: readonly string[], options: Syntax["options"]): string[] {
  return args.map((arg, i) => {
    const without = arg.startsWith("--") ? options[arg.slice(2)]?.without : undefined;
    return !without || without.looksLikeValue.test(args[i + 1] ?? "") ? arg : `${arg}=${without.value}`;
  });
}
