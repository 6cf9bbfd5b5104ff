/** Minutes of a metric by index; NaN = missing. */
export type Metric = (minute: number) => number;

/** Periods before the evaluated ones that an alarm also reads, so that a restart's missing minutes don't empty it. */
const extraPeriods = 5;

/**
 * Whether the newest `count` datapoints up to `minute` all hold. Missing ones are passed over where older ones are at hand, as an alarm does
 * that treats missing data as missing; undefined: there are too few.
 */
export function allHold(metric: Metric, minute: number, count: number, holds: (value: number) => boolean): boolean | undefined {
  let found = 0;
  for (let i = minute; i >= 0 && i > minute - count - extraPeriods && found < count; i--) {
    const value = metric(i);
    if (Number.isNaN(value)) continue;
    if (!holds(value)) return false;
    found++;
  }
  return found < count ? undefined : true;
}

/** Sums over any minutes of a series that grows. */
export interface Sums {
  /** Of the minutes [from, to]. */
  between(from: number, to: number): number;
}

/** Takes in `values` up to each `to` that is asked for. */
export function sumsOf(values: Float64Array): Sums {
  const below = new Float64Array(values.length + 1);
  let known = 0;
  return {
    between(from, to) {
      for (; known <= to; known++) below[known + 1] = below[known]! + values[known]!;
      return below[to + 1]! - below[from]!;
    },
  };
}
