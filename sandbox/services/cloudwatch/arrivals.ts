import type { Series } from "./series";

/** Puts one datum into its series. `minute` is counted since the epoch. */
export type Insert = (series: Series, minute: number, sum: number, minimum: number, maximum: number, count: number) => void;

/** Data that are published and not visible yet. */
export interface Arrivals {
  /** A datum that becomes visible at `time` (ms). */
  add: (time: number, ...datum: Parameters<Insert>) => void;
  /** Inserts what is visible at `now`, in the order of time and then of publication. */
  settle(now: number, insert: Insert): void;
}

/** Data of one time, in columns: `numbers` has minute, sum, minimum, maximum and count of each. */
interface Batch {
  time: number;
  length: number;
  series: Series[];
  numbers: Float64Array;
}

const columns = 5;
const firstRows = 256;

/** Every datum of every pipeline passes here once: batches are used again, so that none grows twice. */
export function createArrivals(): Arrivals {
  const batches: Batch[] = [];
  const spare: Batch[] = [];

  const batchAt = (time: number): Batch => {
    let at = batches.length;
    while (at > 0 && batches[at - 1]!.time > time) at--;
    const last = batches[at - 1];
    if (last?.time === time) return last;
    const batch = spare.pop() ?? { time, length: 0, series: [], numbers: new Float64Array(firstRows * columns) };
    batch.time = time;
    batches.splice(at, 0, batch);
    return batch;
  };

  return {
    add(time, series, minute, sum, minimum, maximum, count) {
      const batch = batchAt(time);
      const row = batch.length++;
      const at = row * columns;
      if (at === batch.numbers.length) batch.numbers = grown(batch.numbers);
      const { numbers } = batch;
      batch.series[row] = series;
      numbers[at] = minute;
      numbers[at + 1] = sum;
      numbers[at + 2] = minimum;
      numbers[at + 3] = maximum;
      numbers[at + 4] = count;
    },
    settle(now, insert) {
      while (batches.length > 0 && batches[0]!.time <= now) {
        const batch = batches.shift()!;
        const { length, series, numbers } = batch;
        for (let row = 0; row < length; row++) {
          const at = row * columns;
          insert(series[row]!, numbers[at]!, numbers[at + 1]!, numbers[at + 2]!, numbers[at + 3]!, numbers[at + 4]!);
        }
        batch.length = 0;
        spare.push(batch);
      }
    },
  };
}

function grown(numbers: Float64Array): Float64Array {
  const larger = new Float64Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}
