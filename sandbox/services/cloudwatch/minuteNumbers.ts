import { StatisticKind } from "./statistic";

/** A minute of a metric as four numbers side by side: sum (NaN: no datapoint), minimum, maximum and count. */
export const width = 4;
const minimumAt = 1;
const maximumAt = 2;
const countAt = 3;

/** Adds a datum to the minute at `at`. */
export function addDatum(numbers: Float64Array, at: number, sum: number, minimum: number, maximum: number, count: number): void {
  if (Number.isNaN(numbers[at]!)) {
    numbers[at] = sum;
    numbers[at + minimumAt] = minimum;
    numbers[at + maximumAt] = maximum;
    numbers[at + countAt] = count;
    return;
  }
  numbers[at] = numbers[at]! + sum;
  numbers[at + minimumAt] = Math.min(numbers[at + minimumAt]!, minimum);
  numbers[at + maximumAt] = Math.max(numbers[at + maximumAt]!, maximum);
  numbers[at + countAt] = numbers[at + countAt]! + count;
}

/** A statistic of the minute at `at`; NaN without a datapoint. */
export function valueOf(numbers: Float64Array, at: number, kind: StatisticKind): number {
  const sum = numbers[at]!;
  if (Number.isNaN(sum)) return sum;
  switch (kind) {
    case StatisticKind.Sum:
      return sum;
    case StatisticKind.Average:
      return sum / numbers[at + countAt]!;
    case StatisticKind.Minimum:
      return numbers[at + minimumAt]!;
    case StatisticKind.Maximum:
      return numbers[at + maximumAt]!;
    default:
      return numbers[at + countAt]!;
  }
}
