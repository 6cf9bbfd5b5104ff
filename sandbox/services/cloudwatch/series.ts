import type { Random } from "../../core/random";
import { StatisticKind, type Statistic } from "./statistic";

/** What identifies a metric: "A metric is uniquely defined by a name, a namespace, and zero or more dimensions." */
export interface MetricKey {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

/** Identity of a metric as one string; the order of dimensions doesn't matter. */
export function seriesId({ namespace, name, dimensions }: MetricKey): string {
  return `${namespace}\0${name}${dimensionsId(dimensions)}`;
}

/** Dimensions as one string, whatever their order. */
export function dimensionsId(dimensions: MetricKey["dimensions"]): string {
  const names = Object.keys(dimensions);
  if (names.length > 1) names.sort();
  return names.map((name) => `\0${name}\0${dimensions[name]}`).join("");
}

/** Something that has computed from a series and must know from which minute on that is stale. */
export interface Watcher {
  dirtyFrom: number;
}

const chunkBits = 9;
const chunkMinutes = 1 << chunkBits;
const chunkMask = chunkMinutes - 1;

/**
 * 512 minutes. A minute with one sample needs its sum only; once a minute has several, each has sum, minimum, maximum and count side
 * by side. A missing minute's sum is NaN.
 */
interface Chunk {
  /** Numbers of each minute: 1 or 4. */
  width: number;
  numbers: Float64Array;
}

const fullWidth = 4;
/** Places of a minute's numbers after its sum. */
const minimumAt = 1;
const maximumAt = 2;
const countAt = 3;

function emptyChunk(): Chunk {
  return { width: 1, numbers: new Float64Array(chunkMinutes).fill(Number.NaN) };
}

/** From here on each minute has all four numbers; those that are there had one sample. */
function widen(chunk: Chunk): void {
  if (chunk.width === fullWidth) return;
  const numbers = new Float64Array(fullWidth * chunkMinutes).fill(1);
  for (let minute = 0; minute < chunkMinutes; minute++) {
    const at = fullWidth * minute;
    numbers.fill(chunk.numbers[minute]!, at, at + countAt);
  }
  Object.assign(chunk, { width: fullWidth, numbers });
}

/**
 * One metric's datapoints by minute (minutes since the epoch): sum, minimum, maximum and count, in chunks that are dropped when old.
 * Raw values are not kept. Insert and read cost O(1) per minute.
 */
export class Series {
  /** Unit of the newest datum: "Count", "Bytes"; "None" when published without. */
  unit = "None";
  /** Newest minute with a datapoint; -Infinity: none yet (a series that only an alarm has asked for). */
  newestMinute = Number.NEGATIVE_INFINITY;
  readonly watchers = new Set<Watcher>();
  private firstChunk = 0;
  private chunks: (Chunk | undefined)[] = [];
  /** The chunk that was written last: what alarms read is nearly always there. */
  private latest?: Chunk;
  private latestIndex = Number.NaN;

  constructor(
    readonly key: MetricKey,
    readonly id: string,
    /** Seconds between a minute's end and its datapoint being visible, or what draws them for each datum. */
    readonly delay: number | ((random: Random) => number),
    readonly random: Random,
  ) {}

  insert(minute: number, sum: number, minimum: number, maximum: number, count: number): void {
    const index = minute >> chunkBits;
    const chunk = index === this.latestIndex ? this.latest! : this.chunkFor(index);
    if (count !== 1 || !Number.isNaN(chunk.numbers[(minute & chunkMask) * chunk.width]!)) widen(chunk);
    const { width, numbers } = chunk;
    const at = (minute & chunkMask) * width;
    const missing = Number.isNaN(numbers[at]!);
    numbers[at] = missing ? sum : numbers[at]! + sum;
    if (width === fullWidth) {
      numbers[at + minimumAt] = missing ? minimum : Math.min(numbers[at + minimumAt]!, minimum);
      numbers[at + maximumAt] = missing ? maximum : Math.max(numbers[at + maximumAt]!, maximum);
      numbers[at + countAt] = missing ? count : numbers[at + countAt]! + count;
    }
    if (minute > this.newestMinute) this.newestMinute = minute;
    for (const watcher of this.watchers) if (minute < watcher.dirtyFrom) watcher.dirtyFrom = minute;
  }

  /** Writes `out.length` points from `firstMinute` on, each of `minutesPerPoint` minutes; NaN where there is no datapoint. */
  read(statistic: Statistic, firstMinute: number, minutesPerPoint: number, out: number[] | Float64Array): void {
    if (minutesPerPoint === 1 && statistic.kind !== StatisticKind.Percentile) {
      for (let i = 0; i < out.length; i++) out[i] = this.minuteValue(statistic.kind, firstMinute + i);
      return;
    }
    for (let i = 0; i < out.length; i++) {
      const from = firstMinute + i * minutesPerPoint;
      out[i] =
        statistic.kind === StatisticKind.Percentile
          ? this.percentile(statistic.percentile, from, minutesPerPoint)
          : this.aggregate(statistic.kind, from, minutesPerPoint);
    }
  }

  dropBefore(minute: number): void {
    const keep = minute >> chunkBits;
    while (this.chunks.length > 0 && this.firstChunk < keep) {
      this.chunks.shift();
      this.firstChunk++;
    }
    if (this.latestIndex < keep) this.latestIndex = Number.NaN;
  }

  isEmpty(): boolean {
    return this.chunks.length === 0;
  }

  private chunkFor(index: number): Chunk {
    if (this.chunks.length === 0) this.firstChunk = index;
    while (index < this.firstChunk) {
      this.chunks.unshift(undefined);
      this.firstChunk--;
    }
    const at = index - this.firstChunk;
    while (this.chunks.length <= at) this.chunks.push(undefined);
    this.latest = this.chunks[at] ??= emptyChunk();
    this.latestIndex = index;
    return this.latest;
  }

  private minuteValue(kind: StatisticKind, minute: number): number {
    const index = minute >> chunkBits;
    const chunk = index === this.latestIndex ? this.latest : this.chunks[index - this.firstChunk];
    if (!chunk) return Number.NaN;
    const { width, numbers } = chunk;
    const at = (minute & chunkMask) * width;
    const sum = numbers[at]!;
    if (Number.isNaN(sum)) return sum;
    if (width === 1) return kind === StatisticKind.SampleCount ? 1 : sum;
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

  private aggregate(kind: StatisticKind, from: number, minutes: number): number {
    if (kind === StatisticKind.Average) {
      return this.aggregate(StatisticKind.Sum, from, minutes) / this.aggregate(StatisticKind.SampleCount, from, minutes);
    }
    let result = Number.NaN;
    for (let minute = from; minute < from + minutes; minute++) {
      const value = this.minuteValue(kind, minute);
      if (Number.isNaN(value)) continue;
      if (Number.isNaN(result)) result = value;
      else if (kind === StatisticKind.Minimum) result = Math.min(result, value);
      else if (kind === StatisticKind.Maximum) result = Math.max(result, value);
      else result += value;
    }
    return result;
  }

  /**
   * Nearest rank. As with statistic sets on AWS a minute has percentiles only if its count is 1 or its minimum equals its maximum
   * ("Publish custom metrics"); otherwise the point is missing.
   */
  private percentile(percent: number, from: number, minutes: number): number {
    const samples: { value: number; count: number }[] = [];
    for (let minute = from; minute < from + minutes; minute++) {
      const count = this.minuteValue(StatisticKind.SampleCount, minute);
      if (Number.isNaN(count)) continue;
      const value = this.minuteValue(StatisticKind.Minimum, minute);
      if (value !== this.minuteValue(StatisticKind.Maximum, minute)) return Number.NaN;
      samples.push({ value, count });
    }
    samples.sort((a, b) => a.value - b.value);
    let left = (samples.reduce((sum, sample) => sum + sample.count, 0) * percent) / 100;
    for (const { value, count } of samples) if ((left -= count) <= 1e-9) return value;
    return Number.NaN;
  }
}
