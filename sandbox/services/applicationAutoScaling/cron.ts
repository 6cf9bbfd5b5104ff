import type { LocalTime } from "./timeZone";

const day = 86_400_000;
const monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const dayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const lastYear = 2199;

type DayTest = (year: number, month: number, date: number) => boolean;

export interface Cron {
  /** The first local time after `local` (whole minutes), or undefined when the expression never matches again. */
  next(local: LocalTime): LocalTime | undefined;
}

/**
 * Six fields: minutes, hours, day of month, month, day of week, year ("Schedule recurring scaling actions using cron expressions", and
 * "Cron expressions reference" of EventBridge for the wildcards: days of the week count from SUN = 1). A seventh field in front (seconds)
 * is accepted and not kept, as AWS promises no precision below a minute.
 * @returns the problem's text when the expression is invalid
 */
export function parseCron(text: string): Cron | string {
  const fields = text.trim().toUpperCase().split(/\s+/);
  if (fields.length === 7) fields.shift();
  if (fields.length !== 6) return `a cron expression has six fields, got ${fields.length}`;
  const [minuteField, hourField, dateField, monthField, weekdayField, yearField] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const restricted = (field: string) => field !== "*" && field !== "?";
  if (restricted(dateField) && restricted(weekdayField))
    return "day of month and day of week can't both be given: one must be ? or *";
  const minutes = values(minuteField, 0, 59);
  const hours = values(hourField, 0, 23);
  const months = values(monthField, 1, 12, monthNames);
  const years = values(yearField, 1970, lastYear);
  const days = restricted(weekdayField) ? weekdayTest(weekdayField) : dateTest(dateField);
  if (!minutes || !hours || !months || !years || !days) return "a field is out of range or malformed";
  return { next: (local) => nextMatch(local, { minutes, hours, months, years, days }) };
}

interface Fields {
  minutes: number[];
  hours: number[];
  months: number[];
  years: number[];
  days: DayTest;
}

function nextMatch(local: LocalTime, fields: Fields): LocalTime | undefined {
  const { minutes, hours, months, years, days } = fields;
  for (let start = Math.floor(local / day) * day; new Date(start).getUTCFullYear() <= years.at(-1)!; start += day) {
    const date = new Date(start);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
    if (!years.includes(year) || !months.includes(month) || !days(year, month, date.getUTCDate())) continue;
    for (const hour of hours) {
      for (const minute of minutes) {
        const match = start + (hour * 60 + minute) * 60_000;
        if (match > local) return match;
      }
    }
  }
  return undefined;
}

/** The values of a field with * , - and /, ascending; undefined when malformed. */
function values(field: string, min: number, max: number, names: string[] = []): number[] | undefined {
  const number = (text: string) => {
    const name = names.indexOf(text);
    if (name >= 0) return name + min;
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max ? value : undefined;
  };
  const found = new Set<number>();
  for (const part of field.split(",")) {
    const [range, stepText, ...rest] = part.split("/") as [string, ...string[]];
    const step = stepText === undefined ? 1 : /^[1-9]\d*$/.test(stepText) ? Number(stepText) : undefined;
    const [fromText, toText, ...more] = range.split("-") as [string, ...string[]];
    const whole = range === "*";
    const from = whole ? min : number(fromText);
    const to = whole || (toText === undefined && stepText !== undefined) ? max : toText === undefined ? from : number(toText);
    if (rest.length > 0 || more.length > 0 || step === undefined || from === undefined || to === undefined || from > to)
      return undefined;
    for (let value = from; value <= to; value += step) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

const daysInMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();
const weekday = (year: number, month: number, date: number) => new Date(Date.UTC(year, month - 1, date)).getUTCDay();

/** Day of month: numbers, L (the last day) and nW (the weekday nearest to the nth, within the month). */
function dateTest(field: string): DayTest | undefined {
  if (field === "?") return () => true;
  if (field === "L") return (year, month, date) => date === daysInMonth(year, month);
  const nearest = /^(\d{1,2})W$/.exec(field);
  if (nearest) {
    const wanted = Number(nearest[1]);
    if (wanted < 1 || wanted > 31) return undefined;
    return (year, month, date) => date === nearestWeekday(year, month, wanted);
  }
  const dates = values(field, 1, 31);
  return dates && ((_year, _month, date) => dates.includes(date));
}

function nearestWeekday(year: number, month: number, wanted: number): number | undefined {
  const last = daysInMonth(year, month);
  if (wanted > last) return undefined;
  const on = weekday(year, month, wanted);
  if (on === 6) return wanted > 1 ? wanted - 1 : wanted + 2;
  if (on === 0) return wanted < last ? wanted + 1 : wanted - 2;
  return wanted;
}

/** Day of week: numbers and names from SUN = 1, nL (the month's last) and n#k (the kth). */
function weekdayTest(field: string): DayTest | undefined {
  const one = (text: string) => values(text, 1, 7, dayNames)?.[0];
  const special = /^(\d|[A-Z]{3})(?:(L)|#([1-5]))$/.exec(field);
  if (special) {
    const wanted = one(special[1]!);
    if (wanted === undefined) return undefined;
    const nth = Number(special[3]);
    return (year, month, date) =>
      weekday(year, month, date) === wanted - 1 &&
      (special[2] ? date + 7 > daysInMonth(year, month) : Math.ceil(date / 7) === nth);
  }
  const wanted = values(field, 1, 7, dayNames);
  return wanted && ((year, month, date) => wanted.includes(weekday(year, month, date) + 1));
}
