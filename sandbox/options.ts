import { parseArgs } from "node:util";
import { stackOf } from "./deploy/stackFiles";
import { inputError } from "./inputError";

/** What `npm start -- ...` was asked for. */
export interface SandboxOptions {
  stack: string;
  /** Path of the stack's file; undefined: Pulumi.<stack>.yaml of the project. */
  configFile?: string;
  /** Path of a CSV trace; undefined: the default traffic. */
  trace?: string;
  /** Simulated minutes; undefined: to the end of the trace, or a day of the default traffic. */
  untilMinutes?: number;
  /** Simulated seconds per second. */
  speed: number | "max";
  /** No page, no servers; ends with the summary. */
  headless: boolean;
  /** The report as JSON in the last line. */
  json: boolean;
  seed: number;
  /** The page's port; the AWS endpoint listens on the next one. 0: any free ports; undefined: the first free pair from 4510 on. */
  port?: number;
  recordBytes: number;
  /** Seconds until a metric is visible, or random per metric (0 to 180 s) by seed. */
  metricDelay: number | "random";
  /** The scaler's calls go through the real SDK clients (slower). */
  realSdk: boolean;
  /** Who runs the application: the model, or a Flink cluster on this machine. */
  flink: "model" | "real";
  help: boolean;
}

export const defaultOptions: SandboxOptions = {
  stack: "dev",
  speed: 480,
  headless: false,
  json: false,
  seed: 1,
  recordBytes: 500,
  metricDelay: 60,
  realSdk: false,
  flink: "model",
  help: false,
};

/** A value, or what is wrong with it. */
type Parsed<T> = { value: T } | { wrong: string };
interface Valued<K extends keyof SandboxOptions> {
  key: K;
  argument: string;
  meaning: string;
  parse(text: string): Parsed<NonNullable<SandboxOptions[K]>>;
}
const valued = <K extends keyof SandboxOptions>(option: Valued<K>) => option;
const flag = (key: "headless" | "json" | "realSdk" | "help", meaning: string) => ({ key, meaning });

const table = {
  stack: valued({
    key: "stack",
    argument: "NAME",
    meaning: "the stack whose Pulumi.NAME.yaml is deployed (dev)",
    parse: parseStack,
  }),
  "config-file": valued({
    key: "configFile",
    argument: "FILE",
    meaning: "the stack's file, wherever it is; without --stack it names the stack",
    parse: parsePath,
  }),
  trace: valued({
    key: "trace",
    argument: "FILE",
    meaning: "a CSV `time,records_per_second` instead of the default traffic",
    parse: parsePath,
  }),
  until: valued({
    key: "untilMinutes",
    argument: "TIME",
    meaning: "how long: 90m, 24h or 7d (the trace's end; 24h)",
    parse: parseDuration,
  }),
  speed: valued({
    key: "speed",
    argument: "N|max",
    meaning: "simulated seconds per second (480: a day in three minutes)",
    parse: parseSpeed,
  }),
  headless: flag("headless", "no page and no servers; end with the summary"),
  json: flag("json", "the report as JSON in the last line"),
  seed: valued({
    key: "seed",
    argument: "N",
    meaning: "the same seed gives the same run (1)",
    parse: integer("a seed", 0, 2 ** 31 - 1),
  }),
  port: valued({
    key: "port",
    argument: "N",
    meaning: "the page's port, the AWS endpoint's next to it (4510, or a free pair)",
    parse: parsePort,
  }),
  "record-bytes": valued({
    key: "recordBytes",
    argument: "N",
    meaning: "size of a record (500)",
    parse: integer("a record's size in bytes", 1, 10 * 1024 * 1024),
  }),
  "metric-delay": valued({
    key: "metricDelay",
    argument: "S|random",
    meaning: "seconds until a metric is visible (60), or random by seed up to 180",
    parse: parseDelay,
  }),
  flink: valued({
    key: "flink",
    argument: "model|real",
    meaning: "who runs the application: the model, or Flink on this machine (model)",
    parse: (text) => (text === "model" || text === "real" ? { value: text } : { wrong: 'must be "model" or "real"' }),
  }),
  "real-sdk": flag("realSdk", "the scaler's calls go through the real SDK clients (slower)"),
  help: flag("help", "this text"),
} as const;

export const helpText = [
  "npm start -- [options]",
  "",
  "Deploys the program into AWS services modelled on this machine, and shows it scale under traffic.",
  "",
  ...Object.entries(table).map(([name, option]) => {
    const argument = "argument" in option ? ` ${option.argument}` : "";
    return `  ${`--${name}${argument}`.padEnd(25)}${option.meaning}`;
  }),
].join("\n");

/**
 * @param args the command line after the script's name.
 * @throws InputError "OptionsError" that lists every problem. With --help among them: no error.
 */
export function parseOptions(args: readonly string[]): SandboxOptions {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(
        Object.entries(table).map(([name, o]) => [name, { type: "argument" in o ? "string" : "boolean" } as const]),
      ),
      help: { type: "boolean", short: "h" },
    },
  });
  const options: SandboxOptions = { ...defaultOptions };
  const problems: string[] = [];
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind === "positional") problems.push(`unexpected argument "${token.value}"; options begin with --`);
    if (token.kind !== "option") continue;
    if (given.has(token.name)) problems.push(`--${token.name} is given more than once`);
    given.add(token.name);
    const problem = take(options, token.name, token.rawName, token.value);
    if (problem !== undefined) problems.push(problem);
  }
  if (options.help) return options;
  if (options.configFile !== undefined && !given.has("stack")) {
    const stack = stackOf(options.configFile);
    if (stack === undefined) problems.push(`--config-file names no stack unless it is Pulumi.NAME.yaml; say --stack NAME`);
    else options.stack = stack;
  }
  if (options.flink === "real") problems.push(...realFlinkProblems(options, given));
  if (problems.length > 0) {
    const title = problems.length === 1 ? "Invalid option:" : `Invalid options (${problems.length} problems):`;
    throw inputError("OptionsError", [title, ...problems.map((p) => `  - ${p}`), "See npm start -- --help"].join("\n"));
  }
  return options;
}

/** A real job runs in the machine's time, and reads what clients send. */
function realFlinkProblems(options: SandboxOptions, given: ReadonlySet<string>): string[] {
  // The machine's time, unless another was asked for.
  if (!given.has("speed")) options.speed = 1;
  const problems: string[] = [];
  if (options.trace !== undefined) problems.push("--trace goes with the model: with --flink real clients send the records");
  if (options.headless)
    problems.push("--headless goes with the model: with --flink real the job and its clients need the servers");
  if (options.speed === "max" || options.speed > mostRealSpeed)
    problems.push(`--speed is at most ${mostRealSpeed} with --flink real: the job doesn't run faster than the machine does`);
  return problems;
}

/** A restart that takes six seconds lasts so many times as long in virtual time. */
const mostRealSpeed = 20;

/** Sets what the option says; returns what is wrong with it. */
function take(options: SandboxOptions, name: string, rawName: string, text: string | undefined): string | undefined {
  if (!Object.hasOwn(table, name)) return unknown(name, rawName);
  const option = table[name as keyof typeof table];
  if (!("argument" in option)) {
    if (text !== undefined) return `--${name} takes no value, got "${text}"`;
    options[option.key] = true;
    return undefined;
  }
  // parseArgs takes the next option for a value: `--stack --json`.
  if (text === undefined || text === "" || text.startsWith("--")) return `--${name} needs a value: --${name} ${option.argument}`;
  const parsed = option.parse(text);
  if ("wrong" in parsed) return `--${name} ${parsed.wrong}, got "${text}"`;
  Object.assign(options, { [option.key]: parsed.value });
  return undefined;
}

function unknown(name: string, rawName: string): string {
  const names = Object.keys(table);
  const near = names.find((known) => known.startsWith(name) || name.startsWith(known) || distance(known, name) <= 2);
  return `${rawName} is not an option${near === undefined ? "" : `; did you mean --${near}?`}`;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const integerText = /^[+-]?\d+$/;

function integer(what: string, min: number, max: number) {
  return (text: string): Parsed<number> => {
    const value = Number(text);
    if (!integerText.test(text) || value < min || value > max)
      return { wrong: `must be ${what}, a whole number from ${min} to ${max}` };
    return { value };
  };
}

function parseStack(text: string): Parsed<string> {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(text)
    ? { value: text }
    : { wrong: "must be a stack's name (letters, digits, - _ .)" };
}

function parsePath(text: string): Parsed<string> {
  return { value: text };
}

const minutesPerUnit: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };
const longest = 366 * 1440;

function parseDuration(text: string): Parsed<number> {
  const [, count = "", unit = ""] = /^(\d+(?:\.\d+)?)([mhd])$/.exec(text) ?? [];
  const minutes = Number(count) * (minutesPerUnit[unit] ?? NaN);
  if (count === "" || !Number.isInteger(minutes) || minutes < 1 || minutes > longest) {
    return { wrong: "must be a time of whole minutes from 1m to 366d such as 90m, 24h or 7d" };
  }
  return { value: minutes };
}

function parseSpeed(text: string): Parsed<number | "max"> {
  if (text === "max") return { value: "max" };
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  return value >= 1 && value <= 1_000_000
    ? { value }
    : { wrong: 'must be "max" or simulated seconds per second from 1 to 1000000' };
}

function parsePort(text: string): Parsed<number> {
  const parsed = integer("a port", 0, 65_533)(text);
  if ("wrong" in parsed || (parsed.value > 0 && parsed.value < 1024)) {
    return { wrong: "must be 0 (any free ports) or a port from 1024 to 65533 (the next ones are used too)" };
  }
  return parsed;
}

function parseDelay(text: string): Parsed<number | "random"> {
  if (text === "random") return { value: "random" };
  const parsed = integer("seconds", 0, 600)(text);
  return "wrong" in parsed ? { wrong: 'must be "random" or whole seconds from 0 to 600' } : parsed;
}
