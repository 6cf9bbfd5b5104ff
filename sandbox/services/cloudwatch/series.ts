import { addDatum, valueOf, width } from "./minuteNumbers";
import type { NumberSlabs } from "./numberSlabs";
import type { RecentMinutes } from "./recentMinutes";
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

const chunkBits = 9;
const chunkMinutes = 1 << chunkBits;
const chunkMask = chunkMinutes - 1;

/**
 * 512 minutes. As long as each has one sample at most, the sums say everything; once a minute has several, all four numbers of each
 * are kept. A missing minute's sum is NaN.
 */
type Chunk = Float64Array;

const isWide = (chunk: Chunk): boolean => chunk.length > chunkMinutes;

/** Puts the minutes of `sums` into `wide`, a chunk with all four numbers of each; they had one sample each. */
function widen(sums: Chunk, wide: Chunk): Chunk {
  for (let minute = 0; minute < chunkMinutes; minute++) {
    const sum = sums[minute]!;
    if (!Number.isNaN(sum)) addDatum(wide, width * minute, sum, sum, sum, 1);
  }
  return wide;
}

/**
 * One metric's datapoints by minute (minutes since the epoch): sum, minimum, maximum and count. The newest are in RecentMinutes, those
 * before in chunks that are dropped when old. Raw values are not kept. Insert and read cost O(1) per minute.
 */
export class Series {
  private firstChunk = 0;
  private chunks: (Chunk | undefined)[] = [];
  /** Rows of alarms that watch this metric. */
  watchedBy = 0;

  constructor(
    readonly key: MetricKey,
    readonly id: string,
    /** Row in the store's columns and in `recent`. */
    readonly row: number,
    private readonly recent: RecentMinutes,
    /** Gives chunks. */
    private readonly slabs: NumberSlabs,
  ) {}

  /** A datum of a minute that isn't recent. */
  insert(minute: number, sum: number, minimum: number, maximum: number, count: number): void {
    const place = this.placeOf(minute >> chunkBits);
    const at = minute & chunkMask;
    let chunk = (this.chunks[place] ??= this.slabs(count === 1 ? chunkMinutes : width * chunkMinutes));
    if (!isWide(chunk)) {
      if (count === 1 && Number.isNaN(chunk[at]!)) {
        chunk[at] = sum;
        return;
      }
      chunk = this.chunks[place] = widen(chunk, this.slabs(width * chunkMinutes));
    }
    addDatum(chunk, width * at, sum, minimum, maximum, count);
  }

  /**
   * Writes `count` points from `firstMinute` on, each of `minutesPerPoint` minutes, to `out` from index `at` on; NaN where there is
   * no datapoint.
   */
  read(statistic: Statistic, firstMinute: number, minutesPerPoint: number, count: number, out: number[], at = 0): void {
    if (minutesPerPoint === 1 && statistic.kind !== StatisticKind.Percentile) {
      for (let i = 0; i < count; i++) out[at + i] = this.minuteValue(statistic.kind, firstMinute + i);
      return;
    }
    for (let i = 0; i < count; i++) {
      const from = firstMinute + i * minutesPerPoint;
      out[at + i] =
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
  }

  /** Nothing is left but what may be recent. */
  hasNoHistory(): boolean {
    return this.chunks.length === 0;
  }

  /** Index in `chunks` of chunk number `index` since the epoch. */
  private placeOf(index: number): number {
    if (this.chunks.length === 0) this.firstChunk = index;
    while (index < this.firstChunk) {
      this.chunks.unshift(undefined);
      this.firstChunk--;
    }
    while (this.chunks.length <= index - this.firstChunk) this.chunks.push(undefined);
    return index - this.firstChunk;
  }

  private minuteValue(kind: StatisticKind, minute: number): number {
    if (this.recent.has(minute)) return this.recent.value(this.row, minute, kind);
    const chunk = this.chunks[(minute >> chunkBits) - this.firstChunk];
    if (!chunk) return Number.NaN;
    const at = minute & chunkMask;
    if (isWide(chunk)) return valueOf(chunk, width * at, kind);
    return kind === StatisticKind.SampleCount && !Number.isNaN(chunk[at]!) ? 1 : chunk[at]!;
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
