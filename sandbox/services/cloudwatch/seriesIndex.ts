import { dimensionsId, type MetricKey, type Series } from "./series";

/** Series by what identifies their metric. */
export interface SeriesIndex {
  find(key: MetricKey): Series | undefined;
  add(series: Series): void;
  remove(series: Series): void;
  /** In the order in which they were added. */
  all(): Iterable<Series>;
}

type Dimensions = MetricKey["dimensions"];

/** The metrics that have the same dimensions, by namespace and name. */
interface Family {
  dimensions: Dimensions;
  namespaces: Map<string, Map<string, Series>>;
}

/** Above this many families of one first value, the dimensions as a string find faster than comparing them. */
const fewFamilies = 8;

/**
 * Every datum asks for its series. Who publishes has several metrics of the same dimensions: their family is looked for once, by the
 * value of the first dimension, which differs between pipelines. So a sandbox with a hundred pipelines finds as fast as one with one.
 */
export function seriesIndex(): SeriesIndex {
  const series = new Set<Series>();
  const byValue = new Map<string, Family[]>();
  const byDimensions = new Map<string, Family>();
  let asked: Dimensions | undefined;
  let answered: Family | undefined;

  const familyOf = (dimensions: Dimensions): Family | undefined => {
    const families = byValue.get(firstValue(dimensions));
    if (!families) return undefined;
    if (families.length > fewFamilies) return byDimensions.get(dimensionsId(dimensions));
    for (const family of families) if (sameDimensions(family.dimensions, dimensions)) return family;
    return undefined;
  };

  const addFamily = (dimensions: Dimensions): Family => {
    const family: Family = { dimensions, namespaces: new Map() };
    byDimensions.set(dimensionsId(dimensions), family);
    getOrAdd(byValue, firstValue(dimensions), () => []).push(family);
    asked = undefined;
    return family;
  };

  const removeFamily = (family: Family) => {
    const value = firstValue(family.dimensions);
    const rest = byValue.get(value)!.filter((other) => other !== family);
    if (rest.length > 0) byValue.set(value, rest);
    else byValue.delete(value);
    byDimensions.delete(dimensionsId(family.dimensions));
    asked = undefined;
  };

  return {
    find({ namespace, name, dimensions }) {
      if (dimensions !== asked) {
        answered = familyOf(dimensions);
        asked = dimensions;
      }
      return answered?.namespaces.get(namespace)?.get(name);
    },
    add(one) {
      const { namespace, name, dimensions } = one.key;
      series.add(one);
      const { namespaces } = familyOf(dimensions) ?? addFamily(dimensions);
      getOrAdd(namespaces, namespace, () => new Map<string, Series>()).set(name, one);
    },
    remove(one) {
      const { namespace, name, dimensions } = one.key;
      series.delete(one);
      const family = familyOf(dimensions)!;
      const names = family.namespaces.get(namespace)!;
      names.delete(name);
      if (names.size === 0) family.namespaces.delete(namespace);
      if (family.namespaces.size === 0) removeFamily(family);
    },
    all: () => series,
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
