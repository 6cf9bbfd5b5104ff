import { z } from "zod";
import { object, required, text, type FieldsOf } from "../fields";

/**
 * A minimum for some time: in a window of days and hours, or from an instant on until the next one. All plain values. A window that is
 * open when it is configured begins to count the next time that it opens.
 */
export interface ScheduledMinimumArgs {
  /** Least shards or KPUs meanwhile. Between the dimension's bounds. */
  minimum: number;
  /** When the window opens, hh:mm. With `to`. */
  from?: string;
  /** When it closes and the dimension's own minimum is back, hh:mm; at or before `from`: on the next day. */
  to?: string;
  /** Days on which it opens, such as MON-FRI or SAT,SUN. Default: every day. */
  days?: string;
  /** Instead of a window: cron(...), rate(...) or at(...), from when on the minimum counts until another one does. */
  schedule?: string;
  /** IANA time zone. Default UTC. */
  timezone?: string;
}

const time = text(/^([01]\d|2[0-3]):[0-5]\d$/, "a time as hh:mm, from 00:00 to 23:59");
/** As cron expressions name them, from the week's first. */
export const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const day = `(${weekdays.join("|")})`;
const days = new RegExp(`^${day}(-${day})?(,${day}(-${day})?)*$`);
const expression = /^(cron\(\S+( \S+){5}\)|rate\(\d+ (minute|hour|day)s?\)|at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\))$/;

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

export const scheduleFields = {
  minimum: required(object(z.number().int().min(0), "a whole number between the dimension's bounds")),
  from: time,
  to: time,
  days: text(days, "days such as MON-FRI or SAT,SUN"),
  schedule: text(expression, "cron(MINUTE HOUR DAY MONTH WEEKDAY YEAR), rate(N minutes|hours|days) or at(2026-01-31T08:00:00)"),
  timezone: { ...object(z.string().refine(isTimezone), "an IANA time zone such as Europe/Berlin"), fallback: "UTC" },
} satisfies FieldsOf<ScheduledMinimumArgs>;
