import { header, parseRate, parseTime, shown } from "../sandbox/traffic/traceLine";
import type { Line } from "./lines";
import type { BadLine } from "./record";

/** Mean records/s between two times, ms since the epoch. */
export interface Interval {
  start: number;
  end: number;
  recordsPerSecond: number;
}

/** A trace without a second line tells no step. */
const onlyStep = 60_000;
/** What the sandbox takes from a trace, too. */
const mostPerSecond = 100_000_000;

/** The intervals of a CSV `time,records_per_second`; the last one is as long as the one before it. */
export async function* intervalsOf(lines: AsyncIterable<Line[]>, bad: BadLine): AsyncGenerator<Interval, void> {
  let open: Sample | undefined;
  let step = onlyStep;
  let headed = false;
  for await (const some of lines) {
    for (const line of some) {
      if (!headed) {
        headed = true;
        const first = line.bytes?.toString("utf8").trim() ?? "";
        if (first === header) continue;
        bad(line.number, `no header: expected "${header}", got ${shown(first)}`);
      }
      const sample = line.bytes ? sampleOf(line.bytes.toString("utf8"), open) : (line.problem ?? "");
      if (typeof sample === "string") {
        bad(line.number, sample);
        continue;
      }
      if (open) {
        step = sample.time - open.time;
        yield { start: open.time, end: sample.time, recordsPerSecond: open.rate };
      }
      open = sample;
    }
  }
  if (open) yield { start: open.time, end: open.time + step, recordsPerSecond: open.rate };
}

interface Sample {
  time: number;
  rate: number;
}

function sampleOf(text: string, before: Sample | undefined): Sample | string {
  const columns = text.split(",");
  if (columns.length !== 2) return `expected 2 columns (${header}), got ${columns.length} in ${shown(text)}`;
  const time = parseTime(columns[0]!.trim());
  if (typeof time === "string") return time;
  if (before && time <= before.time) {
    return `times must ascend: ${columns[0]!.trim()} is not after ${new Date(before.time).toISOString()}`;
  }
  const rate = parseRate(columns[1]!.trim(), mostPerSecond);
  return typeof rate === "string" ? rate : { time, rate };
}
