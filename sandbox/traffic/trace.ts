import { basename } from "node:path";
import { inputError } from "../inputError";
import { toMinutes } from "./resample";
import { readTextFile } from "./textFile";
import { header, parseRate, parseTime, shown } from "./traceLine";

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

const reported = 20;

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
    const rate = parseRate(columns[1]?.trim() ?? "", limits.recordsPerSecond);
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

function spanMinutes(starts: Float64Array): number {
  const first = starts[0] ?? 0;
  const last = starts.at(-1) ?? first;
  return (last - first) / 60_000;
}

const iso = (ms: number) => new Date(ms).toISOString().replace(".000Z", "Z");

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
