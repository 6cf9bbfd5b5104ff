import type { Timeline, Values } from "./values";

/** How AVG, MAX, MIN, SUM, STDDEV and DATAPOINT_COUNT make one value of many; NaN = none. */
export interface Reduction {
  /** Over the points of one series. */
  overTime(values: Values): number;
  /** Over the values of an array of series at point `i`. */
  overArray(array: Timeline[], i: number): number;
}

/**
 * What MIN and MAX of an array do where one of its series has no value. Undocumented (only arithmetic and AVG are documented to
 * count it as 0): "skipped" takes the least or greatest of the others, "zero" counts it as 0. An expression that must not depend
 * on it fills its series first.
 */
export type MissingInMinMax = "skipped" | "zero";

const fold = (start: number, step: (result: number, value: number) => number): Reduction => ({
  overTime(values) {
    let result = start;
    let any = false;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (Number.isNaN(value)) continue;
      any = true;
      result = step(result, value);
    }
    return any ? result : Number.NaN;
  },
  overArray(array, i) {
    let result = start;
    let any = false;
    for (let s = 0; s < array.length; s++) {
      const value = array[s]!.values[i]!;
      if (Number.isNaN(value)) continue;
      any = true;
      result = step(result, value);
    }
    return any ? result : Number.NaN;
  },
});

const sum = fold(0, (result, value) => result + value);
const least = fold(Number.POSITIVE_INFINITY, Math.min);
const greatest = fold(Number.NEGATIVE_INFINITY, Math.max);
const count = fold(0, (result) => result + 1);

/** "Missing values are treated as 0": they count in the denominator. */
const average: Reduction = {
  overTime: (values) => sum.overTime(values) / values.length,
  overArray: (array, i) => sum.overArray(array, i) / array.length,
};

/** Population standard deviation of the values that are there; CloudWatch doesn't say whether it divides by n or n - 1. */
const deviation: Reduction = {
  overTime: (values) => standardDeviation(values.filter((value) => !Number.isNaN(value))),
  overArray: (array, i) => standardDeviation(array.map(({ values }) => values[i]!).filter((value) => !Number.isNaN(value))),
};

function standardDeviation(values: number[]): number {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  return Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length);
}

const noneIsZero = (value: number) => (Number.isNaN(value) ? 0 : value);

/** A count of nothing is 0. */
const datapoints: Reduction = {
  overTime: (values) => noneIsZero(count.overTime(values)),
  overArray: (array, i) => noneIsZero(count.overArray(array, i)),
};

function withMissingAsZero(reduction: Reduction, step: (a: number, b: number) => number): Reduction {
  return {
    overTime: reduction.overTime,
    overArray(array, i) {
      const result = reduction.overArray(array, i);
      const incomplete = array.some(({ values }) => Number.isNaN(values[i]!));
      return incomplete && !Number.isNaN(result) ? step(result, 0) : result;
    },
  };
}

export type ReductionName = "AVG" | "MAX" | "MIN" | "SUM" | "STDDEV" | "DATAPOINT_COUNT";

export function reductions(missing: MissingInMinMax): Record<ReductionName, Reduction> {
  return {
    AVG: average,
    MAX: missing === "zero" ? withMissingAsZero(greatest, Math.max) : greatest,
    MIN: missing === "zero" ? withMissingAsZero(least, Math.min) : least,
    SUM: sum,
    STDDEV: deviation,
    DATAPOINT_COUNT: datapoints,
  };
}
