import * as path from "node:path";
import { helpText, readCommandLine, refuse, type Parsed, type Syntax } from "../options";
import { placeOptions, type PlaceOptions } from "../placeOptions";

/** What is sent, and how fast. */
export type Work =
  | { kind: "trips"; file: string; speedup: number }
  | { kind: "trips"; file: string; rate: number }
  | { kind: "trace"; file: string; speedup: number }
  | { kind: "made"; rate: number };

/** What `npm run produce -- ...` was asked for. */
export interface ProduceOptions extends PlaceOptions {
  /** Undefined: the stack's. */
  stream?: string;
  work: Work;
  /** Seconds until nothing more is read; undefined: the file's end. */
  forSeconds?: number;
  times: "recorded" | "now";
  badLines: "refuse" | "count";
  ordered: boolean;
  metrics: boolean;
  seed: number;
  json: boolean;
}

/** A file of the folder that SLUICE_TRACES names. */
const usualTrips = "green_2020-10-05_6days_by_pickup.jsonl";
const mostPerSecond = 1_000_000;

const syntax: Syntax = {
  command: "npm run produce -- [options]",
  options: {
    trips: { argument: "FILE", meaning: `trips, a JSON object a line ($SLUICE_TRACES/${usualTrips})` },
    trace: { argument: "FILE", meaning: "made trips at the rates of a CSV `time,records_per_second`" },
    made: { meaning: "made trips at --rate, without end" },
    speedup: { argument: "N", meaning: "the file's time goes by N times as fast (1)", parse: number("times", 1e-3, 1e6) },
    rate: {
      argument: "N",
      meaning: "N records a second, whatever the file's times",
      parse: number("records a second", 1e-3, mostPerSecond),
    },
    for: { argument: "TIME", meaning: "how long: 90s, 10m or 2h (the file's end)", parse: parseTime },
    times: {
      argument: "WHICH",
      meaning: "event times: recorded, or now, when a record is due (recorded)",
      parse: oneOf("recorded", "now"),
    },
    "bad-lines": {
      argument: "HOW",
      meaning: "refuse a file that has any before anything is sent, or count (refuse)",
      parse: oneOf("refuse", "count"),
    },
    unordered: { meaning: "faster: a record may pass an earlier one of its key that was refused" },
    metrics: { meaning: "publish the producer's metrics to CloudWatch" },
    seed: { argument: "N", meaning: "the same seed makes the same trips (1)", parse: wholeNumber(0, 2 ** 31 - 1) },
    stream: { argument: "NAME", meaning: "the stream, if not the stack's", parse: parseStream },
    json: { meaning: "the counts as JSON in the last line" },
    ...placeOptions,
    help: { meaning: "this text" },
  },
};

export const produceHelp = helpText(syntax, [
  "Sends trips to a stream, as fast as they were recorded or faster, in calls of PutRecords. The partition key is the area in which",
  "a trip begins; the records of a key arrive in their order. Example: npm run produce -- --speedup 3600 --times now --sandbox",
]);

interface Values extends PlaceOptions {
  trips?: string;
  trace?: string;
  made?: true;
  speedup?: number;
  rate?: number;
  for?: number;
  times?: "recorded" | "now";
  "bad-lines"?: "refuse" | "count";
  unordered?: true;
  metrics?: true;
  seed?: number;
  stream?: string;
  json?: true;
}

/**
 * @param args the command line after the script's name.
 * @param environment SLUICE_TRACES counts where no option says what is sent.
 * @returns "help" when that was asked for.
 * @throws InputError "OptionsError" that lists every problem.
 */
export function parseProduceOptions(args: readonly string[], environment: NodeJS.ProcessEnv): ProduceOptions | "help" {
  const { values: given, positionals, problems } = readCommandLine(args, syntax);
  if (given["help"]) return "help";
  const values = given as Values;
  for (const extra of positionals) problems.push(`unexpected argument "${extra}"; options begin with --`);
  const work = workOf(values, environment, problems);
  refuse(problems, syntax);
  const { stack, pipeline, sandbox, region, stream, times = "recorded", seed = 1 } = values;
  return {
    ...{ stack, pipeline, sandbox, region, stream, work, times, seed, forSeconds: values.for },
    badLines: values["bad-lines"] ?? "refuse",
    ordered: values.unordered !== true,
    metrics: values.metrics === true,
    json: values.json === true,
  };
}

function workOf(values: Values, environment: NodeJS.ProcessEnv, problems: string[]): Work {
  const { trips, trace, made, speedup, rate } = values;
  const named = [trips, trace, made].filter((one) => one !== undefined).length;
  if (named > 1) problems.push("--trips, --trace and --made exclude each other: one of them says what is sent");
  if (speedup !== undefined && rate !== undefined) problems.push("--speedup and --rate exclude each other");
  if (made) {
    if (speedup !== undefined) problems.push("--made has no times for --speedup; say --rate");
    if (rate === undefined) problems.push("--made needs --rate");
    return { kind: "made", rate: rate ?? 0 };
  }
  if (trace !== undefined) {
    if (rate !== undefined) problems.push("--trace says the rates itself; --rate goes with --trips and --made");
    return { kind: "trace", file: trace, speedup: speedup ?? 1 };
  }
  const { SLUICE_TRACES: folder } = environment;
  if (trips === undefined && !folder) {
    problems.push("nothing to send: say --trips FILE, --trace FILE or --made, or set SLUICE_TRACES to a folder with trips");
  }
  const file = trips ?? path.join(folder ?? "", usualTrips);
  return rate === undefined ? { kind: "trips", file, speedup: speedup ?? 1 } : { kind: "trips", file, rate };
}

function number(what: string, least: number, most: number) {
  return (text: string): Parsed => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most ? { value } : { wrong: `must be ${what}, from ${least} to ${most}` };
  };
}

function wholeNumber(least: number, most: number) {
  return (text: string): Parsed => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most ? { value } : { wrong: `must be a whole number from ${least} to ${most}` };
  };
}

function oneOf(...allowed: string[]) {
  return (text: string): Parsed =>
    allowed.includes(text) ? { value: text } : { wrong: `must be ${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}` };
}

const secondsPerUnit: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };

function parseTime(text: string): Parsed {
  const [, count = "", unit = ""] = /^(\d+(?:\.\d+)?)([smh])$/.exec(text) ?? [];
  const value = Number(count) * (secondsPerUnit[unit] ?? NaN);
  return value > 0 && value <= 1_000 * 3_600 ? { value } : { wrong: "must be a time up to 1000h such as 90s, 10m or 2h" };
}

function parseStream(text: string): Parsed {
  return /^[a-zA-Z0-9_.-]{1,128}$/.test(text) ? { value: text } : { wrong: "must be a stream's name (letters, digits, - _ .)" };
}
