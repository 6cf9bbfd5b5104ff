/** What one line of a trace may say. Values, or what is wrong with them. */

export const header = "time,records_per_second";
/** A typo guard: years of five digits would break every place that cuts an ISO time. */
const endYear = 2500;
const time = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d\d):?(\d\d))$/i;
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Below a millisecond is cut off. */
export function parseTime(text: string): number | string {
  const wrong = `invalid time ${shown(text)}: expected ISO 8601 with Z or an offset such as 2025-01-06T09:00:00Z`;
  const [match, ...parts] = time.exec(text) ?? [];
  if (match === undefined) return wrong;
  const [year, month, date, hours, minutes, seconds = 0] = parts.slice(0, 6).map((part) => (part ? Number(part) : undefined));
  const [fraction = "", sign, offsetHours = 0, offsetMinutes = 0] = parts.slice(6);
  if (hours! > 23 || minutes! > 59 || seconds > 59 || Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return wrong;
  // setUTCFullYear: Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const local = new Date(Date.UTC(2000, 0, 1, hours, minutes, seconds, Number(fraction.padEnd(3, "0").slice(0, 3))));
  local.setUTCFullYear(year!, month! - 1, date);
  if (year! >= endYear) return `the time ${shown(text)} is not before the year ${endYear}`;
  // 30 February rolls over to March, month 13 to the next year.
  if (local.getUTCDate() !== date || local.getUTCMonth() !== month! - 1) return wrong;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return local.getTime() - (sign === "-" ? -offset : offset);
}

export function parseRate(text: string, most: number): number | string {
  if (!number.test(text)) return `records_per_second must be a number, got ${shown(text)}`;
  const rate = Number(text);
  if (rate < 0) return `records_per_second must not be negative, got ${text}`;
  if (rate > most) return `records_per_second must be at most ${most}, got ${text}`;
  return rate;
}

/** A quoted excerpt that can't disturb a terminal. */
export function shown(text: string): string {
  const plain = text.replace(/[^\x20-\x7e\u00a0-\uffff]/g, "\uFFFD");
  return plain.length > 60 ? `"${plain.slice(0, 60)}..."` : `"${plain}"`;
}
