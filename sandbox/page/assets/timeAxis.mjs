import { clock, day } from "./format.mjs";

const minute = 60;
const steps = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880].map((minutes) => minutes * minute);
/** Pixels that a label needs. */
const labelWidth = 64;

/**
 * Marks of the time axis, UTC: seconds since 1970 at round times.
 * @param {number} from
 * @param {number} to
 * @param {number} width of the plot, pixels
 */
export function timeMarks(from, to, width) {
  const most = Math.max(1, Math.floor(width / labelWidth));
  const step = steps.find((one) => (to - from) / one <= most) ?? steps.at(-1) ?? minute;
  const marks = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) marks.push(at);
  return marks;
}

/**
 * Time of day, the date at midnight.
 * @param {number[]} marks seconds
 */
export function timeLabels(marks) {
  return marks.map((mark) => (mark % 86_400 === 0 ? day(mark * 1000) : clock(mark * 1000)));
}
