import { basename } from "node:path";
import { inputError } from "../inputError";
import { toMinutes } from "./resample";
import { readTextFile } from "./textFile";

/** A recorded workload, resampled to minutes. */
export interface Trace {
  /** The file's name without folder. */
  name: string;
  /** Start of the first interval, ms since the epoch. Minute i is the minute that begins i minutes later. */
  start: number;
  /** Mean records/s of each minute. */
  rates: Float64Array;
}

export interface TraceLimits {
  bytes: number;
  minutes: number;
  /** A typo guard: a stream has at most 10,000 shards of 1,000 records/s unless AWS raises it. */
  recordsPerSecond: number;
}

export const traceLimits: TraceLimits = { bytes: 100 * 1024 * 1024, minutes: 2 * 366 * 1440, recordsPerSecond: 100_000_000 };

/** A typo guard: years of five digits would break every place that cuts an ISO time. */
const endYear = 2500;
const header = "time,records_per_second";
const reported = 20;
const time = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d\d):?(\d\d))$/i;
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads a CSV trace.
 * @throws InputError "TraceError": `file:line: reason` for each problem, or `file: reason` when the file can't be read.
 */
export function readTrace(file: string, limits = traceLimits): Trace {
  return parseTrace(readTextFile(file, limits.bytes), file, limits);
}

/**
 * Parses `time,records_per_second`: `time` = start of an interval (ISO 8601 with Z or an offset), ascending, any step; the value = mean rate over it.
 * The last interval is as long as the one before it (a minute if there is none).
 * @throws InputError "TraceError": `file:line: reason` for every problem, the first 20 of them.
 */
export function parseTrace(text: string, file: string, limits = traceLimits): Trace {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  while (lines.length > 0 && lines.at(-1)?.trim() === "") lines.pop();
  const problems = new Problems(file);
  if (lines.length === 0) {
    problems.add(1, `the file is empty; expected the header "${header}" and at least one line`);
    return problems.fail();
  }
  const samples = parseLines(lines, problems, limits);
  if (problems.count > 0) return problems.fail();

  const starts = Float64Array.from(samples, (sample) => sample.start);
  const first = samples[0];
  if (!first) {
    problems.add(1, `no data after the header; expected at least one line such as "2025-01-06T09:00:00Z,1500"`);
    return problems.fail();
  }
  const span = spanMinutes(starts);
  if (span > limits.minutes) {
    problems.add(lines.length, `the trace spans ${Math.floor(span)} minutes, at most ${limits.minutes} are allowed`);
    return problems.fail();
  }
  const rates = toMinutes(
    starts,
    Float64Array.from(samples, (sample) => sample.rate),
  );
  if (rates.length === 0) {
    problems.add(lines.length, "the trace is shorter than one minute; a partial last minute is dropped, so nothing is left");
    return problems.fail();
  }
  return { name: basename(file), start: first.start, rates };
}

interface Sample {
  start: number;
  rate: number;
}

function parseLines(lines: string[], problems: Problems, limits: TraceLimits): Sample[] {
  const firstLine = lines[0] ?? "";
  const hasHeader = firstLine.trim() === header;
  if (!hasHeader) problems.add(1, `no header: expected "${header}", got ${shown(firstLine)}`);
  // Without a header the first line may be data: then its own problems are told too.
  const begin = hasHeader || !/^\s*\d/.test(firstLine) ? 1 : 0;
  const samples: Sample[] = [];
  let previous: number | undefined;
  for (let i = begin; i < lines.length; i++) {
    const line = lines[i] ?? "";
    const columns = line.split(",");
    if (columns.length !== 2) {
      const got = line.trim() === "" ? "an empty line" : `${columns.length} in ${shown(line)}`;
      problems.add(i + 1, `expected 2 columns (${header}), got ${got}`);
      continue;
    }
    const start = parseTime(columns[0]?.trim() ?? "");
    const rate = parseRate(columns[1]?.trim() ?? "", limits);
    if (typeof start === "string") problems.add(i + 1, start);
    if (typeof rate === "string") problems.add(i + 1, rate);
    if (typeof start === "number") {
      if (previous !== undefined && start <= previous) {
        problems.add(i + 1, `times must ascend: ${columns[0]?.trim()} is not after ${iso(previous)}`);
      }
      previous = start;
    }
    if (typeof start === "number" && typeof rate === "number") samples.push({ start, rate });
  }
  return samples;
}

/** Below a millisecond is cut off. */
function parseTime(text: string): number | string {
  const wrong = `invalid time ${shown(text)}: expected ISO 8601 with Z or an offset such as 2025-01-06T09:00:00Z`;
  const [match, ...parts] = time.exec(text) ?? [];
  if (match === undefined) return wrong;
  const [year, month, date, hours, minutes, seconds = 0] = parts.slice(0, 6).map((part) => (part ? Number(part) : undefined));
  const [fraction = "", sign, offsetHours = 0, offsetMinutes = 0] = parts.slice(6);
  if (hours! > 23 || minutes! > 59 || seconds > 59 || Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return wrong;
  // setUTCFullYear: Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const local = new Date(Date.UTC(2000, 0, 1, hours, minutes, seconds, Number(fraction.padEnd(3, "0").slice(0, 3))));
  local.setUTCFullYear(year!, month! - 1, date);
  if (year! >= endYear) return `the time ${shown(text)} is not before the year ${endYear}`;
  // 30 February rolls over to March, month 13 to the next year.
  if (local.getUTCDate() !== date || local.getUTCMonth() !== month! - 1) return wrong;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return local.getTime() - (sign === "-" ? -offset : offset);
}

function parseRate(text: string, limits: TraceLimits): number | string {
  if (!number.test(text)) return `records_per_second must be a number, got ${shown(text)}`;
  const rate = Number(text);
  if (rate < 0) return `records_per_second must not be negative, got ${text}`;
  if (rate > limits.recordsPerSecond) return `records_per_second must be at most ${limits.recordsPerSecond}, got ${text}`;
  return rate;
}

function spanMinutes(starts: Float64Array): number {
  const first = starts[0] ?? 0;
  const last = starts.at(-1) ?? first;
  return (last - first) / 60_000;
}

const iso = (ms: number) => new Date(ms).toISOString().replace(".000Z", "Z");

/** A quoted excerpt that can't disturb a terminal. */
function shown(text: string): string {
  const plain = text.replace(/[^\x20-\x7e\u00a0-\uffff]/g, "\uFFFD");
  return plain.length > 60 ? `"${plain.slice(0, 60)}..."` : `"${plain}"`;
}

class Problems {
  count = 0;
  private readonly lines: string[] = [];
  constructor(private readonly file: string) {}

  add(line: number, reason: string): void {
    this.count++;
    if (this.lines.length < reported) this.lines.push(`${this.file}:${line}: ${reason}`);
  }

  fail(): never {
    const more = this.count - this.lines.length;
    const rest = more > 0 ? [`${this.file}: ${more} more ${more === 1 ? "problem" : "problems"}`] : [];
    throw inputError("TraceError", [...this.lines, ...rest].join("\n"));
  }
}
