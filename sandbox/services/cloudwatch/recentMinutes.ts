import { addDatum, valueOf, width } from "./minuteNumbers";
import type { StatisticKind } from "./statistic";

/** Puts one datum into the series of a row. `minute` is counted since the epoch. */
export type Insert = (row: number, minute: number, sum: number, minimum: number, maximum: number, count: number) => void;

/** Minutes that are held, a power of two, and how many of them are handed on at a time. */
const held = 64;
const handedOn = 32;

/**
 * The newest minutes of all metrics, a row each: what is written and read every minute stands side by side in memory, minute by minute,
 * however many pipelines there are. Older minutes are in the series.
 */
export class RecentMinutes {
  private rows = 256;
  private numbers = emptyNumbers(this.rows);

  /** `first`: the first minute that is held, since the epoch. */
  constructor(private first: number) {}

  has(minute: number): boolean {
    return minute >= this.first && minute < this.first + held;
  }

  /** For a minute that is held. */
  readonly insert: Insert = (row, minute, sum, minimum, maximum, count) =>
    addDatum(this.numbers, this.placeOf(row, minute), sum, minimum, maximum, count);

  /** For a minute that is held. */
  value(row: number, minute: number, kind: StatisticKind): number {
    return valueOf(this.numbers, this.placeOf(row, minute), kind);
  }

  /** Holds `minute` too, and hands on what must go for it, row by row. */
  moveTo(minute: number, handOn: Insert): void {
    for (let left = held; minute >= this.first + held; left -= handedOn) {
      if (left <= 0) this.first = minute - held + 1;
      else this.handOnOldest(handOn);
    }
  }

  /** Makes room for row number `row`. */
  makeRoom(row: number): void {
    if (row < this.rows) return;
    const before = this.numbers;
    const rowsBefore = this.rows;
    this.rows *= 2;
    this.numbers = emptyNumbers(this.rows);
    for (let slot = 0; slot < held; slot++) {
      const from = slot * rowsBefore * width;
      this.numbers.set(before.subarray(from, from + rowsBefore * width), slot * this.rows * width);
    }
  }

  private handOnOldest(handOn: Insert): void {
    const { numbers, first } = this;
    this.first += handedOn;
    for (let row = 0; row < this.rows; row++) {
      for (let minute = first; minute < this.first; minute++) {
        const at = this.placeOf(row, minute);
        if (Number.isNaN(numbers[at]!)) continue;
        handOn(row, minute, numbers[at]!, numbers[at + 1]!, numbers[at + 2]!, numbers[at + 3]!);
        numbers[at] = Number.NaN;
      }
    }
  }

  private placeOf(row: number, minute: number): number {
    return ((minute & (held - 1)) * this.rows + row) * width;
  }
}

const emptyNumbers = (rows: number) => new Float64Array(held * rows * width).fill(Number.NaN);
