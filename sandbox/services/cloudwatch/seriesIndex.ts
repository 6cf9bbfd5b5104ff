import { seriesId, type MetricKey, type Series } from "./series";

/** Series by what identifies their metric. */
export interface SeriesIndex {
  find(key: MetricKey): Series | undefined;
  add(series: Series): void;
  remove(series: Series): void;
  /** In the order in which they were added. */
  all(): Iterable<Series>;
}

type Dimensions = Readonly<Record<string, string>>;

/** Above this many series of one name and first dimension, the identity as a string finds faster than comparing dimensions. */
const fewNamesakes = 8;

/**
 * Every datum asks for its series: it is found by namespace, name and the value of its first dimension, which differs between
 * pipelines, so that it takes as long in a sandbox with a hundred pipelines as in one with a single one.
 */
export function seriesIndex(): SeriesIndex {
  const byId = new Map<string, Series>();
  const byName = new Map<string, Map<string, Map<string, Series[]>>>();

  const namesakes = ({ namespace, name, dimensions }: MetricKey) => byName.get(namespace)?.get(name)?.get(firstValue(dimensions));

  return {
    find(key) {
      const same = namesakes(key);
      if (!same) return undefined;
      if (same.length > fewNamesakes) return byId.get(seriesId(key));
      for (const series of same) if (sameDimensions(series.key.dimensions, key.dimensions)) return series;
      return undefined;
    },
    add(series) {
      const { namespace, name, dimensions } = series.key;
      byId.set(series.id, series);
      const names = getOrAdd(byName, namespace, () => new Map<string, Map<string, Series[]>>());
      const values = getOrAdd(names, name, () => new Map<string, Series[]>());
      getOrAdd(values, firstValue(dimensions), () => []).push(series);
    },
    remove(series) {
      const { namespace, name, dimensions } = series.key;
      byId.delete(series.id);
      const rest = namesakes(series.key)!.filter((other) => other !== series);
      const values = byName.get(namespace)!.get(name)!;
      if (rest.length > 0) values.set(firstValue(dimensions), rest);
      else values.delete(firstValue(dimensions));
    },
    all: () => byId.values(),
  };
}

/** Value of the dimension whose name comes first; "" without dimensions. */
function firstValue(dimensions: Dimensions): string {
  let first: string | undefined;
  for (const name in dimensions) if (first === undefined || name < first) first = name;
  return first === undefined ? "" : dimensions[first]!;
}

function sameDimensions(a: Dimensions, b: Dimensions): boolean {
  let count = 0;
  for (const name in a) {
    if (a[name] !== b[name]) return false;
    count++;
  }
  for (const _ in b) count--;
  return count === 0;
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
