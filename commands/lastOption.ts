import type { Parsed } from "./options";

const minutesPerUnit: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };
/** CloudWatch keeps alarm history and minutes for two weeks at least; activities are kept longer, logs as long as the stack says. */
const longestMinutes = 14 * 1440;

/** How far to look back. */
export function parseLast(text: string): Parsed {
  const [, count = "", unit = ""] = /^(\d+(?:\.\d+)?)([mhd])$/.exec(text) ?? [];
  const minutes = Number(count) * (minutesPerUnit[unit] ?? NaN);
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= longestMinutes
    ? { value: minutes }
    : { wrong: "must be a time of whole minutes from 1m to 14d such as 30m, 6h or 7d" };
}
