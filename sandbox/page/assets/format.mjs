const scales = [
  { from: 1e12, divisor: 1e12, unit: " T" },
  { from: 1e9, divisor: 1e9, unit: " G" },
  { from: 1e6, divisor: 1e6, unit: " M" },
  { from: 1e4, divisor: 1e3, unit: " k" },
];

/**
 * A figure as people read it: three significant digits, large ones with a unit.
 * @param {number} value
 */
export function figure(value) {
  const size = Math.abs(value);
  const { divisor, unit } = scales.find(({ from }) => size >= from) ?? { divisor: 1, unit: "" };
  const scaled = value / divisor;
  const left = Math.abs(scaled);
  const digits = left >= 100 ? 0 : left >= 10 ? 1 : left >= 1 ? 2 : left >= 0.01 ? 3 : 4;
  return `${plain(scaled, digits)}${unit}`;
}

/**
 * At most `digits` decimals, without zeros at the end.
 * @param {number} value
 * @param {number} digits
 */
export function plain(value, digits) {
  const text = value.toFixed(digits);
  const trimmed = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return trimmed === "-0" ? "0" : trimmed.replace(/\B(?=(\d{3})+$)/, digits === 0 ? "," : "");
}

/**
 * Labels of an axis: as many decimals as tell its marks apart.
 * @param {number[]} marks
 */
export function axisLabels(marks) {
  const largest = Math.max(...marks.map(Math.abs), 0);
  const { divisor, unit } = scales.find(({ from }) => largest >= from) ?? { divisor: 1, unit: "" };
  const step = marks.length > 1 ? Math.abs((marks[1] ?? 0) - (marks[0] ?? 0)) / divisor : 1;
  const digits = step >= 1 && Number.isInteger(step) ? 0 : Math.min(6, Math.max(1, Math.ceil(-Math.log10(step))));
  return marks.map((mark) => (mark === 0 ? "0" : `${plain(mark / divisor, digits)}${unit.trim()}`));
}

const sinceEpoch = "ms since 1970";

/**
 * A label that says "ms since 1970": its figures are shown as times of day.
 * @param {string | undefined} label
 */
export const isTimeOfDay = (label) => label?.includes(sinceEpoch) ?? false;

/**
 * A label of the dashboard with the unit that its figures are shown in.
 * @param {string | undefined} label
 */
export const shownLabel = (label) => label?.replace(sinceEpoch, "time of day, UTC") ?? "";

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** @param {number} number */
const two = (number) => String(number).padStart(2, "0");

/**
 * Time of day, UTC.
 * @param {number} time ms
 */
export function clock(time) {
  const date = new Date(time);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** @param {number} time ms */
export function day(time) {
  const date = new Date(time);
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** @param {number} time ms */
export function dayAndClock(time) {
  return `${day(time)} ${new Date(time).getUTCFullYear()}, ${clock(time)}`;
}

/**
 * "4 min", "2 h 5 min".
 * @param {number} ms
 */
export function duration(ms) {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return "under a minute";
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
