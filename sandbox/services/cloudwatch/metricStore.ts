import { day, hour, minute, second, type Clock } from "../../core/clock";
import type { Datum } from "../../core/peers";
import type { Random } from "../../core/random";
import { createArrivals } from "./arrivals";
import { numberSlabs } from "./numberSlabs";
import { RecentMinutes, type Insert } from "./recentMinutes";
import { Series, seriesId, type MetricKey } from "./series";
import { StatisticKind } from "./statistic";
import type { MetricToRead } from "./metricQueries";
import { seriesIndex } from "./seriesIndex";

/**
 * How long after its minute has ended a datum of a metric becomes visible: seconds, or a function that is asked for every datum.
 * Called once, when the metric is first seen, with a random stream of the metric's own.
 */
export type Delay = (metric: MetricKey, random: Random) => number | ((random: Random) => number);

export const fixedDelay =
  (seconds: number): Delay =>
  () =>
    seconds;

/** Each metric has a delay of its own, uniform in whole seconds up to `maximum` (CloudWatch: up to 3 minutes). */
export const randomDelay =
  (maximum = 180): Delay =>
  (_metric, random) =>
    random.integer(0, maximum);

/** "Data points with a period of 60 seconds are available for 15 days" (CloudWatch concepts). Coarser roll-ups are not modelled. */
export const defaultRetention = 15 * day;

/** All metrics of the account and region. A datum is visible at max(publication, end of its minute + delay). */
export interface MetricStore {
  publish(datum: Datum): void;
  /** Puts what is due in its place; every reader calls it first. */
  settle(): void;
  find(key: MetricKey): Series | undefined;
  /** The series of a metric, made when there is none: an alarm may be created before its metric. */
  require(key: MetricKey): Series;
  /** Series that have data, in the order of their first datum. */
  list(namespace?: string): Series[];
  /** Changes whenever list() may answer something else. */
  generation(): number;
  /** Unit of the newest datum of the series in a row: "Count", "Bytes"; "None" when published without. */
  unitOf(row: number): string;
  /** Newest minute with a datapoint; noMinute: there is none. */
  newestMinute(row: number): number;
  /** Earliest minute that got data since alarms were last evaluated; Infinity: none did. */
  changedFrom(row: number): number;
  /**
   * Writes `count` points of the series in a row, each of `minutesPerPoint` minutes, to `out` from index `at` on; NaN where there is
   * no datapoint, or the unit asked for is not the metric's.
   */
  read(
    row: number,
    metric: Reading,
    firstMinute: number,
    minutesPerPoint: number,
    count: number,
    out: number[],
    at?: number,
  ): void;
  /** All alarms have been evaluated with what has settled. */
  evaluated(): void;
}

/** What of a metric is read. */
export type Reading = Pick<MetricToRead, "statistic" | "unit">;

/** In place of a minute where there is none. */
const noMinute = -1;

/**
 * What every datum asks of its metric, in columns by row and not in an object of each metric: what is published one after another
 * then lies side by side in memory. All but the units are small integers.
 */
interface Columns {
  series: (Series | undefined)[];
  unit: string[];
  /** Seconds between a minute's end and its datapoint being visible, or what draws them for each datum. */
  delay: (number | (() => number))[];
  newestMinute: number[];
  /** Earliest minute that got data since alarms were last evaluated, and the number of that evaluation. */
  changedMinute: number[];
  changedSince: number[];
  /** Data that are not visible yet. */
  underWay: number[];
}

export function createMetricStore(clock: Clock, random: Random, delay: Delay, retention = defaultRetention): MetricStore {
  const index = seriesIndex();
  const arrivals = createArrivals();
  const recent = new RecentMinutes(Math.floor(clock.now() / minute));
  const slabs = numberSlabs();
  const columns: Columns = {
    series: [],
    unit: [],
    delay: [],
    newestMinute: [],
    changedMinute: [],
    changedSince: [],
    underWay: [],
  };
  const freeRows: number[] = [];
  let generation = 0;
  let evaluation = 0;
  let nextPruning = 0;

  const add = (key: MetricKey): Series => {
    const id = seriesId(key);
    const own = random.fork(id);
    const wait = delay(key, own);
    const row = freeRows.pop() ?? columns.series.length;
    recent.makeRoom(row);
    const series = new Series(key, id, row, recent, slabs);
    columns.series[row] = series;
    columns.unit[row] = "None";
    columns.delay[row] = typeof wait === "number" ? wait : () => wait(own);
    columns.newestMinute[row] = noMinute;
    columns.changedMinute[row] = noMinute;
    columns.changedSince[row] = noMinute;
    columns.underWay[row] = 0;
    index.add(series);
    return series;
  };

  const remove = (series: Series) => {
    index.remove(series);
    columns.series[series.row] = undefined;
    freeRows.push(series.row);
  };

  const insertOld: Insert = (row, ...datum) => columns.series[row]!.insert(...datum);

  const insert: Insert = (row, at, sum, minimum, maximum, count) => {
    if (recent.has(at)) recent.insert(row, at, sum, minimum, maximum, count);
    else insertOld(row, at, sum, minimum, maximum, count);
    const { newestMinute, changedMinute, changedSince } = columns;
    if (newestMinute[row] === noMinute) generation++;
    if (at > newestMinute[row]!) newestMinute[row] = at;
    if (changedSince[row] !== evaluation || at < changedMinute[row]!) changedMinute[row] = at;
    changedSince[row] = evaluation;
  };

  const arrive: Insert = (row, at, sum, minimum, maximum, count) => {
    columns.underWay[row]!--;
    insert(row, at, sum, minimum, maximum, count);
  };

  const prune = (now: number) => {
    const oldest = Math.floor((now - retention) / minute);
    for (const series of index.all()) {
      const { row } = series;
      series.dropBefore(oldest);
      if (!series.hasNoHistory() || recent.has(columns.newestMinute[row]!)) continue;
      if (columns.newestMinute[row] !== noMinute) generation++;
      columns.newestMinute[row] = noMinute;
      if (series.watchedBy === 0 && columns.underWay[row] === 0) remove(series);
    }
  };

  const holdNow = () => recent.moveTo(Math.floor(clock.now() / minute), insertOld);

  const settle = () => {
    const now = clock.now();
    holdNow();
    arrivals.settle(now, arrive);
    if (now >= nextPruning) {
      prune(now);
      nextPruning = now + hour;
    }
  };

  const rowOf = (datum: Datum): number => {
    const row = index.publishedRow(datum);
    return row >= 0 ? row : add({ namespace: datum.namespace, name: datum.name, dimensions: datum.dimensions }).row;
  };

  const accept: Insert = (row, at, sum, minimum, maximum, count) => {
    if (!Number.isFinite(sum) || !(count > 0)) return;
    const wait = columns.delay[row]!;
    const visible = (at + 1) * minute + (typeof wait === "number" ? wait : wait()) * second;
    if (visible <= clock.now()) {
      holdNow();
      insert(row, at, sum, minimum, maximum, count);
    } else {
      arrivals.add(visible, row, at, sum, minimum, maximum, count);
      columns.underWay[row]!++;
    }
  };

  const publish = (datum: Datum) => {
    const row = rowOf(datum);
    if (datum.unit && datum.unit !== columns.unit[row]) columns.unit[row] = datum.unit;
    const at = Math.floor(datum.timestamp / minute);
    const { value } = datum;
    if (typeof value === "number") accept(row, at, value, value, value, 1);
    else accept(row, at, value.sum, value.minimum, value.maximum, value.sampleCount);
  };

  return {
    publish,
    settle,
    find: index.find,
    require: (key) => index.find(key) ?? add(key),
    list: (namespace) =>
      [...index.all()].filter(
        ({ key, row }) => columns.newestMinute[row] !== noMinute && (namespace === undefined || key.namespace === namespace),
      ),
    generation: () => generation,
    unitOf: (row) => columns.unit[row]!,
    newestMinute: (row) => columns.newestMinute[row]!,
    changedFrom: (row) => (columns.changedSince[row] === evaluation ? columns.changedMinute[row]! : Number.POSITIVE_INFINITY),
    read(row, { statistic, unit }, firstMinute, minutesPerPoint, count, out, at = 0) {
      const { kind } = statistic;
      if (unit !== undefined && unit !== columns.unit[row]) {
        out.fill(Number.NaN, at, at + count);
      } else if (
        minutesPerPoint === 1 &&
        recent.has(firstMinute) &&
        recent.has(firstMinute + count - 1) &&
        kind !== StatisticKind.Percentile
      ) {
        // What alarms read every minute: without a look at the series itself.
        for (let i = 0; i < count; i++) out[at + i] = recent.value(row, firstMinute + i, kind);
      } else {
        columns.series[row]!.read(statistic, firstMinute, minutesPerPoint, count, out, at);
      }
    },
    evaluated: () => void evaluation++,
  };
}
