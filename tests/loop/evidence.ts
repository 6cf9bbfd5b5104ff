import type { MinuteRecord } from "../../sandbox/traffic/minuteRecord";

/** Half a minute's change of capacity moves a minute's share by so much. */
const tolerance = 1.1;
/** Seconds of lag that are no backlog. */
const noBacklog = 90;
/** Newest minute of a window, counted back from the decision, when metrics come in time. */
const usualMinutes = 8;

export type Dimension = "stream" | "flink";

/** A minute as it really was, and when CloudWatch could know all that tells so. */
export interface TrueMinute {
  record: MinuteRecord;
  /** ms; the latest of the metrics that the dimension is judged by. */
  known: Record<Dimension, number>;
  /** The job ran all the minute. */
  jobUp: boolean;
}

/** Capacity was asked to go down from `from` at `time` (ms). */
export interface ScaleIn {
  dimension: Dimension;
  time: number;
  from: number;
}

/** When an alarm may scale in: this many of the window's minutes below this percent. */
export interface Window {
  minutes: number;
  datapoints: number;
  below: number;
}

/**
 * True if in some window that ended lately enough minutes were really below the threshold, in percent of the capacity that is given
 * up, and could be known at `time` to be. How old the window may be follows from how late its metrics were.
 */
export function isEvident(past: readonly TrueMinute[], { dimension, time, from }: ScaleIn, window: Window): boolean {
  const low = past.map((one) => one.known[dimension] <= time && isLow(one, dimension, from, window.below));
  for (let last = past.length - 1; last >= window.minutes - 1; last--) {
    const seen = past.slice(last - window.minutes + 1, last + 1);
    const newest = Math.max(...seen.map((one) => one.known[dimension]));
    if (time - newest > usualMinutes * 60_000) break;
    if (low.slice(last - window.minutes + 1, last + 1).filter(Boolean).length >= window.datapoints) return true;
  }
  return false;
}

function isLow({ record, jobUp }: TrueMinute, dimension: Dimension, from: number, below: number): boolean {
  const { stream, flink, offered, retried } = record;
  const limit = below * tolerance + 1;
  // Demand counts once: what is offered for the second time was that of the minute before.
  const first = offered / Math.max(1, offered + retried);
  if (dimension === "stream") return stream !== undefined && (first * stream.utilisation * stream.shards) / from < limit;
  if (!flink || !jobUp || flink.lagSeconds > noBacklog) return false;
  return (flink.utilisation * flink.kpus) / from < limit;
}
