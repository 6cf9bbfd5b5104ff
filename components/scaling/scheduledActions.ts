import { weekdays, type ScheduledMinimumArgs } from "./scheduleArgs";

/** One scheduled action: the minimum that counts from its instants on. */
export interface ScheduledMinimum {
  /** Distinguishes it from the others of its dimension. */
  key: string;
  /** cron(...), rate(...) or at(...). */
  schedule: string;
  timezone: string;
  minimum: number;
}

const dayMinutes = 1_440;
const weekMinutes = 7 * dayMinutes;

/**
 * The scheduled actions of a dimension whose own minimum is `least`. A window is two: one opens it, one gives the own minimum back, unless
 * another window opens in that minute. They are by time and minimum, so that a day more or less changes one and makes none.
 */
export function scheduledActions(entries: readonly ScheduledMinimumArgs[], least: number): ScheduledMinimum[] {
  const windows = entries.filter(({ from }) => from !== undefined);
  const timezone = windows[0]?.timezone ?? "UTC";
  const minimumAt = new Map<number, number>();
  for (const window of windows) for (const { end } of openings(window)) minimumAt.set(end, least);
  for (const window of windows) for (const { begin } of openings(window)) minimumAt.set(begin, window.minimum);
  const byTime = new Map<string, { time: number; minimum: number; days: string[] }>();
  for (const [instant, minimum] of [...minimumAt].sort(([a], [b]) => a - b)) {
    const time = instant % dayMinutes;
    const key = `${clock(time)}-${minimum}`;
    const group = byTime.get(key) ?? { time, minimum, days: [] };
    group.days.push(weekdays[Math.floor(instant / dayMinutes)]!);
    byTime.set(key, group);
  }
  const instants = entries.flatMap(({ schedule, minimum, timezone: zone = "UTC" }, i) =>
    schedule === undefined ? [] : [{ key: String(i + 1), schedule, timezone: zone, minimum }],
  );
  const opened = [...byTime].map(([key, { time, minimum, days }]) => {
    const on = days.length === weekdays.length ? "* * ?" : `? * ${days.join(",")}`;
    return { key, schedule: `cron(${time % 60} ${Math.floor(time / 60)} ${on} *)`, timezone, minimum };
  });
  return [...opened, ...instants];
}

const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}${String(minutes % 60).padStart(2, "0")}`;

/** When a window opens and closes, in minutes since Sunday's midnight: once for each of its days. */
function openings({ from = "", to = "", days }: ScheduledMinimumArgs): { begin: number; end: number; length: number }[] {
  const [opens, closes] = [minutesOf(from), minutesOf(to)];
  const length = closes > opens ? closes - opens : closes - opens + dayMinutes;
  return daysOf(days).map((day) => {
    const begin = day * dayMinutes + opens;
    return { begin, end: (begin + length) % weekMinutes, length };
  });
}

/** Every minute of the week in which a window is open. */
export function openMinutes(window: ScheduledMinimumArgs): number[] {
  return openings(window).flatMap(({ begin, length }) => Array.from({ length }, (_, i) => (begin + i) % weekMinutes));
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return 60 * hours + minutes;
}

/** Days of the week from 0, Sunday: "FRI-MON,WED" is 5, 6, 0, 1, 3. */
function daysOf(days: string | undefined): number[] {
  if (days === undefined) return weekdays.map((_, day) => day);
  const all = days.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map((day) => weekdays.indexOf(day));
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, i) => (first + i) % 7);
  });
  return [...new Set(all)];
}
