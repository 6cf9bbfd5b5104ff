import { day, hour, minute, second, type Clock } from "../../core/clock";
import type { Datum } from "../../core/peers";
import type { Random } from "../../core/random";
import { createArrivals, type Arrivals, type Insert } from "./arrivals";
import { Series, seriesId, type MetricKey } from "./series";
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
}

export function createMetricStore(clock: Clock, random: Random, delay: Delay, retention = defaultRetention): MetricStore {
  const index = seriesIndex();
  const arrivals = createArrivals();
  let generation = 0;
  let nextPruning = 0;

  const add = (key: MetricKey): Series => {
    const id = seriesId(key);
    const own = random.fork(id);
    const series = new Series(key, id, delay(key, own), own);
    index.add(series);
    return series;
  };

  const require = (key: MetricKey) => index.find(key) ?? add(key);

  const insert: Insert = (series, at, sum, minimum, maximum, count) => {
    if (series.isEmpty()) generation++;
    series.insert(at, sum, minimum, maximum, count);
  };

  const accept: Arrivals["add"] = (visible, series, at, sum, minimum, maximum, count) => {
    if (!Number.isFinite(sum) || !(count > 0)) return;
    if (visible <= clock.now()) insert(series, at, sum, minimum, maximum, count);
    else arrivals.add(visible, series, at, sum, minimum, maximum, count);
  };

  const prune = (now: number) => {
    const oldest = Math.floor((now - retention) / minute);
    for (const series of index.all()) {
      if (series.isEmpty()) continue;
      series.dropBefore(oldest);
      if (!series.isEmpty()) continue;
      generation++;
      series.newestMinute = Number.NEGATIVE_INFINITY;
      if (series.watchers.size === 0) index.remove(series);
    }
  };

  const settle = () => {
    const now = clock.now();
    arrivals.settle(now, insert);
    if (now >= nextPruning) {
      prune(now);
      nextPruning = now + hour;
    }
  };

  const publish = (datum: Datum) => {
    const series = index.find(datum) ?? add({ namespace: datum.namespace, name: datum.name, dimensions: datum.dimensions });
    if (datum.unit && datum.unit !== series.unit) series.unit = datum.unit;
    const at = Math.floor(datum.timestamp / minute);
    const wait = typeof series.delay === "number" ? series.delay : series.delay(series.random);
    const visible = (at + 1) * minute + wait * second;
    const { value } = datum;
    if (typeof value === "number") accept(visible, series, at, value, value, value, 1);
    else accept(visible, series, at, value.sum, value.minimum, value.maximum, value.sampleCount);
  };

  return {
    publish,
    settle,
    find: index.find,
    require,
    list: (namespace) =>
      [...index.all()].filter((series) => !series.isEmpty() && (namespace === undefined || series.key.namespace === namespace)),
    generation: () => generation,
  };
}
