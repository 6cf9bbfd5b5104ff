/**
 * @typedef {import("../messages").SeriesData} SeriesData
 * @typedef {(number | null)[]} Values
 */

/** @type {{ key: string, times: number[] }} */
let lastTimes = { key: "", times: [] };

/**
 * Columns as the chart library takes them: times in seconds, then a column for each series. Series with a longer period have gaps
 * between their points in the rows of the shortest.
 * @param {readonly SeriesData[]} series
 * @returns {{ times: number[], columns: Values[] }}
 */
export function columnsOf(series) {
  const first = series[0];
  if (!first) return { times: [], columns: [] };
  const alike = series.every(
    (one) => one.period === first.period && one.start === first.start && one.values.length === first.values.length,
  );
  if (alike)
    return { times: timesOf(first.start, first.period, first.values.length), columns: series.map(({ values }) => values) };
  const period = Math.min(...series.map((one) => one.period));
  const start = Math.min(...series.map((one) => one.start));
  const length = Math.max(
    ...series.map((one) => (one.start - start) / (period * 1000) + (one.values.length * one.period) / period),
  );
  const columns = series.map((one) => {
    /** @type {Values} */
    const column = new Array(Math.ceil(length)).fill(null);
    one.values.forEach((value, i) => {
      column[Math.round((one.start - start) / (period * 1000) + (i * one.period) / period)] = value;
    });
    return column;
  });
  return { times: timesOf(start, period, Math.ceil(length)), columns };
}

/**
 * All widgets have the same times: they share the column.
 * @param {number} start ms
 * @param {number} period s
 * @param {number} length
 */
function timesOf(start, period, length) {
  const key = `${start}/${period}/${length}`;
  if (lastTimes.key !== key) lastTimes = { key, times: Array.from({ length }, (_, i) => start / 1000 + i * period) };
  return lastTimes.times;
}

/**
 * Each series on top of those before it; where all are missing it stays missing.
 * @param {Values[]} columns
 * @returns {Values[]}
 */
export function stacked(columns) {
  /** @type {number[]} */
  const sums = new Array(columns[0]?.length ?? 0).fill(0);
  return columns.map((column) =>
    column.map((value, i) => {
      if (value === null) return null;
      return (sums[i] = (sums[i] ?? 0) + value);
    }),
  );
}

/**
 * The range of an axis: what the dashboard fixes, else the data with some room, from zero unless they are far from it.
 * @param {number | null} low
 * @param {number | null} high
 * @param {{ min?: number, max?: number }} fixed
 * @param {number[]} levels annotations, which are always in sight
 * @returns {[number, number]}
 */
export function axisRange(low, high, fixed, levels) {
  let bottom = Math.min(low ?? Infinity, ...levels);
  let top = Math.max(high ?? -Infinity, ...levels);
  if (!Number.isFinite(bottom) || !Number.isFinite(top)) [bottom, top] = [0, 1];
  if (bottom > 0 && bottom < 0.7 * top) bottom = 0;
  if (top < 0 && top > 0.7 * bottom) top = 0;
  if (bottom === 0 && top === 0) top = 1;
  const room = (top - bottom || Math.abs(top) || 1) * 0.08;
  if (bottom !== 0) bottom -= room;
  if (top !== 0 || bottom === 0) top += room;
  const range = [fixed.min ?? bottom, fixed.max ?? top];
  const [from = 0, to = 1] = range;
  return from < to ? [from, to] : [from, from + 1];
}

/**
 * Indices of points without neighbours: a line doesn't show them.
 * @param {Values} column
 * @param {number} from
 * @param {number} to
 */
export function lonelyPoints(column, from, to) {
  const found = [];
  for (let i = from; i <= to; i++) {
    if (column[i] === null || column[i] === undefined) continue;
    if ((column[i - 1] ?? null) === null && (column[i + 1] ?? null) === null) found.push(i);
  }
  return found;
}
