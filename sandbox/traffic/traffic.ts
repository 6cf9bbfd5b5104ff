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

const dayMs = 86_400_000;
/** A Monday; traffic without a date of its own begins here. */
export const defaultStart = Date.UTC(2026, 0, 5);
/** Times before are relative: counted from 1970-01-01, or from any day. No service of AWS has been there. */
const firstDate = Date.UTC(1971, 0, 1);

/** A trace, played once: after its end the producer has nothing to send. One with relative times keeps the time of day. */
export function traceTraffic(trace: Trace): Traffic {
  const start = Math.floor(trace.start / 60_000) * 60_000;
  const timeOfDay = ((start % dayMs) + dayMs) % dayMs;
  return {
    name: trace.name,
    start: start < firstDate ? defaultStart + timeOfDay : start,
    minutes: trace.rates.length,
    rate: (index) => trace.rates[index] ?? 0,
  };
}

/** Nothing of the sandbox's own, and no end: clients send what there is. @param now of the machine, ms since the epoch. */
export function fromClients(now: number): Traffic {
  return { name: "what clients send", start: Math.floor(now / 60_000) * 60_000, rate: () => 0 };
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
