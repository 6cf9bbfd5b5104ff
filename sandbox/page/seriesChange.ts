import type { SeriesData, SeriesTail, WidgetData } from "./messages";

/** Significant digits that are sent: more than a pixel or a label shows. */
const digits = 7;
/** Above this a value is a time or a count: sent whole. */
const wholeAbove = 1e9;

/** A value as it is sent; null = no datapoint. */
export function sentValue(value: number): number | null {
  if (Number.isInteger(value)) return value;
  if (!Number.isFinite(value)) return null;
  return Math.abs(value) >= wholeAbove ? Math.round(value) : Number(value.toPrecision(digits));
}

/** What a browser that has `before` needs to have `after`; undefined: nothing. */
export function widgetChange(before: WidgetData | undefined, after: WidgetData): WidgetData | undefined {
  const [old = [], now = []] = [before?.series, after.series];
  const sameSeries = before !== undefined && old.length === now.length && now.every((series, i) => isSuccessor(old[i]!, series));
  if (!sameSeries) return after;
  const tails = now.map((series, i) => tailOf(old[i]!, series));
  const note = before.note === after.note ? {} : { note: after.note };
  const moved = tails.some(
    (tail, i) => tail.values.length > 0 || tail.start !== old[i]!.start || tail.at !== old[i]!.values.length,
  );
  if (!moved && !("note" in note)) return undefined;
  return { tails, ...note };
}

function isSuccessor(before: SeriesData, after: SeriesData): boolean {
  const { id, label, color, axis, period } = after;
  const same =
    before.id === id && before.label === label && before.color === color && before.axis === axis && before.period === period;
  return same && after.start >= before.start && (after.start - before.start) % (period * 1000) === 0;
}

/** The points of `after` from the first one on that differs from `before`. */
function tailOf(before: SeriesData, after: SeriesData): SeriesTail {
  const shift = (after.start - before.start) / (after.period * 1000);
  const common = Math.min(before.values.length - shift, after.values.length);
  let at = 0;
  while (at < common && before.values[at + shift] === after.values[at]) at++;
  return { start: after.start, at: Math.max(0, at), values: after.values.slice(Math.max(0, at)) };
}
