import { policyNames } from "../../backtest/policies";
import { stackOf } from "../../sandbox/deploy/stackFiles";
import { helpText, readCommandLine, refuse, type Parsed, type Syntax } from "../options";
import { defaultStack } from "../place";
import { parseStack } from "../placeOptions";

/** What `npm run backtest -- ...` was asked for. */
export interface BacktestOptions {
  /** Path of a CSV trace. */
  trace: string;
  policies: readonly string[];
  stack: string;
  configFile?: string;
  /** A git revision, a stack's file (@revision), or keys with values. */
  against: readonly string[];
  /** A region, or a file; undefined: the stack's region. */
  prices?: string;
  recordBytes: number;
  json: boolean;
  markdown: boolean;
}

const parseWhole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  return Number.isInteger(value) && value >= least && value <= most
    ? { value }
    : { wrong: `must be a whole number from ${least} to ${most}` };
};

function parsePolicies(text: string): Parsed {
  if (text === "all") return { value: policyNames };
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !policyNames.includes(name));
  if (unknown.length === 0) return { value: [...new Set(names)] };
  return { wrong: `has no policy ${unknown.join(", ")}; there are all, ${policyNames.join(", ")}` };
}

const syntax: Syntax = {
  command: "npm run backtest -- --trace FILE [options]",
  options: {
    trace: { argument: "FILE", meaning: "a CSV `time,records_per_second` that is played" },
    policy: { argument: "NAME,...", meaning: "the stack's own (sluice), others, or all (sluice)", parse: parsePolicies },
    stack: { argument: "NAME", meaning: `the stack (${defaultStack})`, parse: parseStack },
    "config-file": { argument: "FILE", meaning: "the stack's file, wherever it is; without --stack it names the stack" },
    against: { argument: "WHAT", meaning: "another configuration beside it: a git revision, FILE, FILE@REVISION, KEY=VALUE ..." },
    prices: { argument: "REGION|FILE", meaning: "whose prices count, or a JSON file of your own (the stack's region)" },
    "record-bytes": { argument: "N", meaning: "size of a record (500)", parse: parseWhole(1, 10 * 1024 * 1024) },
    json: { meaning: "the reports as JSON in the last line" },
    markdown: { meaning: "tables for a pull request's comment" },
    help: { meaning: "this text" },
  },
};

export const backtestHelp = helpText(syntax, [
  "Plays recorded traffic through a stack's alarms and policies with the scaler that would run, and tells what it would have cost,",
  "lost and been late. Nothing is deployed. Example: npm run backtest -- --trace week.csv --stack prod --against targetPercent=65",
]);

/** @throws InputError "OptionsError" that lists every problem. */
export function parseBacktestOptions(args: readonly string[]): BacktestOptions | "help" {
  const { values, positionals, problems } = readCommandLine(args, syntax);
  if (values.help) return "help";
  const text = (name: string) => values[name] as string | undefined;
  const [trace, configFile, against] = [text("trace"), text("config-file"), text("against")];
  const named = text("stack") ?? (configFile === undefined ? defaultStack : stackOf(configFile));
  if (named === undefined) problems.push("--config-file names no stack unless it is Pulumi.NAME.yaml; say --stack NAME");
  if (trace === undefined) problems.push("--trace FILE is needed");
  const more = against?.includes("=") ? positionals.filter((extra) => extra.includes("=")) : [];
  for (const extra of positionals.filter((one) => !more.includes(one))) {
    problems.push(`unexpected argument "${extra}"; see what goes with --against`);
  }
  refuse(problems, syntax);
  return {
    ...{ trace: trace ?? "", configFile, stack: named ?? "" },
    policies: (values.policy as readonly string[] | undefined) ?? ["sluice"],
    against: against === undefined ? [] : [against, ...more],
    prices: text("prices"),
    recordBytes: (values["record-bytes"] as number | undefined) ?? 500,
    ...{ json: values.json === true, markdown: values.markdown === true },
  };
}
