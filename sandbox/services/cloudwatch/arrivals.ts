import { grown } from "./grown";
import type { Insert } from "./recentMinutes";

/** Data that are published and not visible yet. */
export interface Arrivals {
  /** A datum that becomes visible at `time` (ms). */
  add: (time: number, ...datum: Parameters<Insert>) => void;
  /** Inserts what is visible at `now`, in the order of time and then of publication. */
  settle(now: number, insert: Insert): void;
}

/** Data of one time, in columns: row, minute, sum, minimum, maximum and count of each. */
interface Batch {
  time: number;
  length: number;
  numbers: Float64Array;
}

const columns = 6;
const firstData = 256;

/** Every datum of every pipeline passes here once: batches are used again, so that none grows twice. */
export function createArrivals(): Arrivals {
  const batches: Batch[] = [];
  const spare: Batch[] = [];

  const batchAt = (time: number): Batch => {
    let at = batches.length;
    while (at > 0 && batches[at - 1]!.time > time) at--;
    const last = batches[at - 1];
    if (last?.time === time) return last;
    const batch = spare.pop() ?? { time, length: 0, numbers: new Float64Array(firstData * columns) };
    batch.time = time;
    batches.splice(at, 0, batch);
    return batch;
  };

  return {
    add(time, row, minute, sum, minimum, maximum, count) {
      const batch = batchAt(time);
      const at = columns * batch.length++;
      if (at === batch.numbers.length) batch.numbers = grown(batch.numbers);
      const { numbers } = batch;
      numbers[at] = row;
      numbers[at + 1] = minute;
      numbers[at + 2] = sum;
      numbers[at + 3] = minimum;
      numbers[at + 4] = maximum;
      numbers[at + 5] = count;
    },
    settle(now, insert) {
      while (batches.length > 0 && batches[0]!.time <= now) {
        const batch = batches.shift()!;
        const { numbers } = batch;
        for (let at = 0; at < columns * batch.length; at += columns) {
          // Rows and minutes are small integers: as such they are quick to store.
          insert(numbers[at]! | 0, numbers[at + 1]! | 0, numbers[at + 2]!, numbers[at + 3]!, numbers[at + 4]!, numbers[at + 5]!);
        }
        batch.length = 0;
        spare.push(batch);
      }
    },
  };
}
