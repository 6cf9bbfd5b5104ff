import { missingValues, type Values } from "./values";

/** Functions that look along a time series. Missing points are NaN and stay missing unless said otherwise. */

/** Difference to the preceding value that is there; the first value has none and is dropped. */
export function diff(values: Values): Values {
  return fromPreceding(values, (value, preceding) => value - preceding);
}

/** Seconds since the preceding value. */
export function diffTime(values: Values, period: number): Values {
  return fromPreceding(values, (_value, _preceding, steps) => steps * period);
}

/** Change per second: difference to the preceding value, divided by the seconds between the two. */
export function rate(values: Values, period: number): Values {
  return fromPreceding(values, (value, preceding, steps) => (value - preceding) / (steps * period));
}

function fromPreceding(values: Values, change: (value: number, preceding: number, steps: number) => number): Values {
  const out = missingValues(values.length);
  let preceding = -1;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    if (preceding >= 0) out[i] = change(values[i]!, values[preceding]!, i - preceding);
    preceding = i;
  }
  return out;
}

export function runningSum(values: Values): Values {
  let sum = 0;
  return values.map((value) => (Number.isNaN(value) ? value : (sum += value)));
}

export function fillWith(values: Values, filler: number | Values): Values {
  return values.map((value, i) => (Number.isNaN(value) ? (typeof filler === "number" ? filler : filler[i]!) : value));
}

/** FILL(m, REPEAT): "the most recent actual value of the metric before the missing value"; before the first value nothing. */
export function fillRepeat(values: Values): Values {
  let latest = Number.NaN;
  return values.map((value) => {
    if (!Number.isNaN(value)) latest = value;
    return latest;
  });
}

/** FILL(m, LINEAR): "a linear interpolation between the values at the beginning and the end of the gap"; open ends stay missing. */
export function fillLinear(values: Values): Values {
  const out = values.slice();
  let before = -1;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    if (before >= 0) {
      const slope = (values[i]! - values[before]!) / (i - before);
      for (let gap = before + 1; gap < i; gap++) out[gap] = values[before]! + slope * (gap - before);
    }
    before = i;
  }
  return out;
}
