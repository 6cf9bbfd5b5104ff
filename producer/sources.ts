import type { Line } from "./lines";
import type { Pace } from "./pace";
import type { Interval } from "./rates";
import type { BadLine, DueRecord, Source } from "./record";
import { madeTrip, parseTrip, shifted, type Trip } from "./trip";

/** The event time of what is sent: what was recorded, or the time at which it is due. */
export type EventTimes = "recorded" | "now";

/** So many made records come at once. */
const handful = 250;

function recordOf(trip: Trip, due: number, times: EventTimes): DueRecord {
  const { partitionKey, data } = times === "now" ? shifted(trip, due) : trip;
  return { due, partitionKey, data };
}

/** Recorded trips. */
export async function* recordedTrips(
  lines: AsyncIterable<Line[]>,
  pace: Pace,
  times: EventTimes,
  bad: BadLine,
): AsyncGenerator<DueRecord[], void> {
  let index = 0;
  for await (const some of lines) {
    const records: DueRecord[] = [];
    for (const { number, bytes, problem = "" } of some) {
      const trip = bytes ? parseTrip(bytes) : problem;
      if (typeof trip === "string") bad(number, trip);
      else records.push(recordOf(trip, pace(trip.pickup, index++), times));
    }
    yield records;
  }
}

/** Made trips at one rate, without end; they begin when they are due. */
export async function* madeTripsAtRate(pace: Pace, random: () => number): AsyncGenerator<DueRecord[], void> {
  for (let index = 0; ;) {
    const records: DueRecord[] = [];
    for (; records.length < handful; index++) {
      const due = pace(0, index);
      records.push(recordOf(madeTrip(index + 1, due, random), due, "recorded"));
    }
    yield records;
  }
}

/** Made trips at a trace's rates, its time going by so many times as fast; a rate stays what it is. */
export async function* madeTripsOfTrace(
  intervals: AsyncIterable<Interval>,
  { start, speedup, times }: { start: number; speedup: number; times: EventTimes },
  random: () => number,
): AsyncGenerator<DueRecord[], void> {
  let first: number | undefined;
  /** What the intervals so far came to beyond whole records. */
  let part = 0;
  let id = 0;
  for await (const interval of intervals) {
    first ??= interval.start;
    const seconds = (interval.end - interval.start) / 1_000 / speedup;
    const whole = part + interval.recordsPerSecond * seconds;
    let records: DueRecord[] = [];
    for (let k = 1; k <= Math.floor(whole); k++) {
      const intoInterval = ((k - part) / interval.recordsPerSecond) * 1_000 * speedup;
      const pickup = interval.start + intoInterval;
      records.push(recordOf(madeTrip(++id, pickup, random), start + (pickup - first) / speedup, times));
      if (records.length < handful) continue;
      yield records;
      records = [];
    }
    part = whole % 1;
    yield records;
  }
}

/** Ends before the first record that is due at `end` or later. */
export async function* until(source: Source, end: number): AsyncGenerator<readonly DueRecord[], void> {
  for (;;) {
    const { done, value } = await source.next();
    if (done) return;
    const at = value.findIndex(({ due }) => due >= end);
    yield at < 0 ? value : value.slice(0, at);
    if (at >= 0) return;
  }
}
