import { seriesId, type MetricKey, type Series } from "./series";

/** Series by what identifies their metric. */
export interface SeriesIndex {
  find(key: MetricKey): Series | undefined;
  /** Row of the series of a metric of which a datum is published; -1: there is none. */
  publishedRow(key: MetricKey): number;
  add(series: Series): void;
  remove(series: Series): void;
  /** In the order in which they were added. */
  all(): Iterable<Series>;
}

const none = -1;

/**
 * Every datum asks for its series, and what is published in a minute comes in nearly the same order as the minute before. So it is
 * kept which row came after each, and that one is looked at first: a look at neighbours in a few arrays, where a search in a table
 * would, with a hundred pipelines, find nothing in the processor's caches.
 */
export function seriesIndex(): SeriesIndex {
  const byId = new Map<string, Series>();
  /** By row. */
  const keys: { name: string[]; namespace: string[]; dimensions: MetricKey["dimensions"][] } = {
    name: [],
    namespace: [],
    dimensions: [],
  };
  const rowAfter: number[] = [];
  /** The datum before: its row, and its dimensions as they were given. */
  let rowBefore = none;
  let dimensionsBefore: MetricKey["dimensions"] | undefined;

  const find = (key: MetricKey) => byId.get(seriesId(key));

  const isOf = (row: number, { namespace, name, dimensions }: MetricKey): boolean => {
    if (keys.name[row] !== name || keys.namespace[row] !== namespace) return false;
    const own = keys.dimensions[row]!;
    return (dimensions === dimensionsBefore && own === keys.dimensions[rowBefore]) || sameDimensions(own, dimensions);
  };

  return {
    find,
    publishedRow(key) {
      let row = rowBefore === none ? none : rowAfter[rowBefore]!;
      if (row === none || !isOf(row, key)) {
        row = find(key)?.row ?? none;
        if (rowBefore !== none) rowAfter[rowBefore] = row;
      }
      rowBefore = row;
      dimensionsBefore = key.dimensions;
      return row;
    },
    add(series) {
      const { key, id, row } = series;
      byId.set(id, series);
      keys.name[row] = key.name;
      keys.namespace[row] = key.namespace;
      keys.dimensions[row] = key.dimensions;
      rowAfter[row] = none;
    },
    remove({ id, row }) {
      byId.delete(id);
      keys.name[row] = "";
      if (rowBefore === row) rowBefore = none;
    },
    all: () => byId.values(),
  };
}

function sameDimensions(a: MetricKey["dimensions"], b: MetricKey["dimensions"]): boolean {
  let count = 0;
  for (const name in a) {
    if (a[name] !== b[name]) return false;
    count++;
  }
  for (const _ in b) count--;
  return count === 0;
}
