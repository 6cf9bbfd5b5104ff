import type { Trace } from "./trace";

/** What producers would like to send, minute by minute. */
export interface Traffic {
  readonly name: string;
  /** When minute 0 begins in the recording, ms since the epoch, at a full minute; undefined: anywhere. */
  readonly start?: number;
  /** How many minutes there are; undefined: it goes on for ever. */
  readonly minutes?: number;
  /** Mean records/s in minute `index` (0, 1, ...); 0 after the end. */
  rate(index: number): number;
}

/** A trace, played once: after its end the producer has nothing to send. */
export function traceTraffic(trace: Trace): Traffic {
  return {
    name: trace.name,
    start: Math.floor(trace.start / 60_000) * 60_000,
    minutes: trace.rates.length,
    rate: (index) => trace.rates[index] ?? 0,
  };
}

const dayMinutes = 1440;

/**
 * How long to run: what was asked for, else the whole traffic, else a day.
 * `note` says so when the traffic ends before: from there on the producer has nothing to send.
 */
export function minutesToRun(traffic: Traffic, untilMinutes: number | undefined): { minutes: number; note?: string } {
  const minutes = untilMinutes ?? traffic.minutes ?? dayMinutes;
  if (traffic.minutes === undefined || minutes <= traffic.minutes) return { minutes };
  const note = `${traffic.name} ends after ${traffic.minutes} minutes; from there to --until (${minutes} minutes) the producer sends nothing`;
  return { minutes, note };
}
