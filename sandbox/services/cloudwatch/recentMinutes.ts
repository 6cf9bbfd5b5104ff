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
  private stride = strideOf(this.rows);
  private numbers = emptyNumbers(this.stride);

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
    const { numbers, stride } = this;
    this.rows *= 2;
    this.stride = strideOf(this.rows);
    this.numbers = emptyNumbers(this.stride);
    for (let slot = 0; slot < held; slot++)
      this.numbers.set(numbers.subarray(slot * stride, (slot + 1) * stride), slot * this.stride);
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
    return (minute & (held - 1)) * this.stride + row * width;
  }
}

/**
 * Places from a minute to the next. A power of two would put all minutes of a row into the same few lines of the processor's caches,
 * from where they would drive each other out.
 */
const strideOf = (rows: number) => rows * width + 8;

const emptyNumbers = (stride: number) => new Float64Array(held * stride).fill(Number.NaN);
