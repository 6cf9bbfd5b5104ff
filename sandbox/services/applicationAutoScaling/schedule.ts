import { day, hour, minute } from "../../core/clock";
import { parseCron } from "./cron";
import { timeZone } from "./timeZone";

/** A schedule's runs, all at full minutes: AWS promises no precision below a minute. */
export interface Schedule {
  /** The first run after `time` (ms), or undefined when there is none. */
  next(time: number): number | undefined;
}

const units: Record<string, number> = { minute, minutes: minute, hour, hours: hour, day, days: day };

/**
 * at(yyyy-mm-ddThh:mm:ss), rate(value unit) or cron(six fields). At and cron are in the time zone; rates count from `origin`.
 * @returns the problem's text when the expression is invalid
 */
export function parseSchedule(expression: string, zone: string, origin: number): Schedule | string {
  const match = /^(at|rate|cron)\((.*)\)$/.exec(expression.trim());
  if (!match) return "must be at(yyyy-mm-ddThh:mm:ss), rate(value unit) or cron(fields)";
  const [, kind, text] = match as unknown as [string, string, string];
  if (kind === "at") return atSchedule(text, zone);
  if (kind === "rate") return rateSchedule(text, origin);
  return cronSchedule(text, zone);
}

function atSchedule(text: string, zone: string): Schedule | string {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?$/.exec(text.trim());
  const local = match ? Date.parse(`${match[1]}${match[2] ?? ":00"}Z`) : NaN;
  // 30 February parses as a day of March.
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 16) !== match![1]) return "at() takes yyyy-mm-ddThh:mm:ss";
  const instant = timeZone(zone).toInstant(local);
  if (instant === undefined) return `${text} does not exist in time zone ${zone}`;
  const run = Math.ceil(instant / minute) * minute;
  return { next: (time) => (run > time ? run : undefined) };
}

function rateSchedule(text: string, origin: number): Schedule | string {
  const match = /^([1-9]\d*) (minutes?|hours?|days?)$/.exec(text.trim());
  if (!match) return "rate() takes a positive integer and minute, minutes, hour, hours, day or days";
  const interval = Number(match[1]) * units[match[2]!]!;
  const first = Math.ceil(origin / minute) * minute;
  return { next: (time) => first + Math.max(1, Math.floor((time - first) / interval) + 1) * interval };
}

function cronSchedule(text: string, zone: string): Schedule | string {
  const cron = parseCron(text);
  if (typeof cron === "string") return cron;
  const clocks = timeZone(zone);
  return {
    next(time) {
      // "It automatically adjusts for Daylight Saving Time": undocumented for the change itself. As EventBridge Scheduler documents it,
      // a time that the change skips doesn't run, and one that it repeats runs once.
      let local: number | undefined = clocks.toLocal(time);
      for (;;) {
        local = cron.next(local);
        if (local === undefined) return undefined;
        const instant = clocks.toInstant(local);
        if (instant !== undefined && instant > time) return instant;
      }
    },
  };
}
