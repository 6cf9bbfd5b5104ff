import { day, hour, minute } from "../../core/clock";

/** When a rule fires. Schedules have a resolution of one minute and are in UTC. */
export interface Schedule {
  /** Whether it fires at the full minute `time` (ms), when it was enabled at `since`. */
  firesAt(time: number, since: number): boolean;
}

const units: Readonly<Record<string, number>> = { minute, hour, day };

/** "Creating a scheduled rule": rate(value unit) or cron(minutes hours day-of-month month day-of-week year). Undefined: not valid. */
export function parseSchedule(expression: string): Schedule | undefined {
  const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate) return rateSchedule(Number(rate[1]), rate[2] ?? "", rate[3] === "s");
  const cron = /^cron\(([^)]+)\)$/.exec(expression);
  return cron ? cronSchedule((cron[1] ?? "").trim().split(/\s+/)) : undefined;
}

/** The unit is singular for 1 and plural otherwise. The rate counts from the minute in which the rule began. */
function rateSchedule(value: number, unit: string, plural: boolean): Schedule | undefined {
  const interval = value * (units[unit] ?? NaN);
  if (value < 1 || plural !== value > 1) return undefined;
  return {
    firesAt: (time, since) => {
      const passed = time - Math.floor(since / minute) * minute;
      return passed > 0 && passed % interval === 0;
    },
  };
}

interface Moment {
  minutes: number;
  hours: number;
  dayOfMonth: number;
  month: number;
  /** 1 is Sunday. */
  dayOfWeek: number;
  year: number;
  daysInMonth: number;
}

type Test = (moment: Moment) => boolean;

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

function cronSchedule(parts: readonly string[]): Schedule | undefined {
  if (parts.length !== 6) return undefined;
  const [minutes = "", hours = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = parts;
  // One of the two day fields is a question mark, and only one.
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) return undefined;
  const tests = [
    fieldTest(minutes, 0, 59, (moment) => moment.minutes),
    fieldTest(hours, 0, 23, (moment) => moment.hours),
    dayOfMonth === "?" ? () => true : dayOfMonthTest(dayOfMonth),
    fieldTest(month, 1, 12, (moment) => moment.month, months),
    dayOfWeek === "?" ? () => true : dayOfWeekTest(dayOfWeek),
    fieldTest(year, 1970, 2199, (moment) => moment.year),
  ];
  if (tests.includes(undefined)) return undefined;
  return {
    firesAt(time) {
      const moment = momentOf(time);
      return tests.every((test) => test?.(moment));
    },
  };
}

function momentOf(time: number): Moment {
  const date = new Date(time);
  return {
    minutes: date.getUTCMinutes(),
    hours: date.getUTCHours(),
    dayOfMonth: date.getUTCDate(),
    month: date.getUTCMonth() + 1,
    dayOfWeek: date.getUTCDay() + 1,
    year: date.getUTCFullYear(),
    daysInMonth: new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate(),
  };
}

/** Lists, ranges and steps: "1,5", "MON-FRI", "0/15", "*"; names where the field has them. */
function fieldTest(
  text: string,
  least: number,
  most: number,
  of: (moment: Moment) => number,
  names?: readonly string[],
): Test | undefined {
  const allowed = new Set<number>();
  for (const part of text.split(",")) {
    const [, from = "", to, step] = /^([^-/]+)(?:-([^-/]+))?(?:\/(\d+))?$/.exec(part) ?? [];
    const first = from === "*" ? least : numberOf(from, names);
    const last = from === "*" || (step !== undefined && to === undefined) ? most : numberOf(to ?? from, names);
    const by = Number(step ?? 1);
    if (!(first >= least && last <= most && first <= last && by >= 1)) return undefined;
    for (let value = first; value <= last; value += by) allowed.add(value);
  }
  return (moment) => allowed.has(of(moment));
}

function numberOf(text: string, names: readonly string[] | undefined): number {
  const name = names?.indexOf(text.toUpperCase()) ?? -1;
  if (name >= 0) return name + (names === weekdays || names === months ? 1 : 0);
  return /^\d+$/.test(text) ? Number(text) : NaN;
}

/** "L": the month's last day; "15W": the weekday nearest to the 15th, in the same month. */
function dayOfMonthTest(text: string): Test | undefined {
  if (text === "L") return (moment) => moment.dayOfMonth === moment.daysInMonth;
  const nearest = /^(\d{1,2})W$/.exec(text)?.[1];
  if (nearest === undefined) return fieldTest(text, 1, 31, (moment) => moment.dayOfMonth);
  const wanted = Number(nearest);
  if (wanted < 1 || wanted > 31) return undefined;
  return (moment) => moment.dayOfMonth === nearestWeekday(wanted, moment);
}

function nearestWeekday(wanted: number, { dayOfMonth, dayOfWeek, daysInMonth }: Moment): number {
  const day = Math.min(wanted, daysInMonth);
  const weekday = ((((dayOfWeek - 1 + day - dayOfMonth) % 7) + 7) % 7) + 1;
  if (weekday === 7) return day > 1 ? day - 1 : day + 2;
  if (weekday === 1) return day < daysInMonth ? day + 1 : day - 2;
  return day;
}

/** "5L": the month's last Thursday; "3#2": its second Tuesday. */
function dayOfWeekTest(text: string): Test | undefined {
  if (text === "L") return (moment) => moment.dayOfWeek === 7;
  const [, day, last, nth] = /^(\w+?)(?:(L)|#([1-5]))$/.exec(text) ?? [];
  if (day === undefined) return fieldTest(text, 1, 7, (moment) => moment.dayOfWeek, weekdays);
  const wanted = numberOf(day, weekdays);
  if (!(wanted >= 1 && wanted <= 7)) return undefined;
  if (last) return (moment) => moment.dayOfWeek === wanted && moment.dayOfMonth > moment.daysInMonth - 7;
  return (moment) => moment.dayOfWeek === wanted && Math.ceil(moment.dayOfMonth / 7) === Number(nth);
}
