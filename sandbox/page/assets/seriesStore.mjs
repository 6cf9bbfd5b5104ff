/** @typedef {import("../messages").SeriesData} SeriesData */

/**
 * What the browser has of each widget's series. The server sends a series once and then the points that are new.
 */
export function createSeriesStore() {
  /** @type {Map<number, { series: SeriesData[], note: string }>} */
  const widgets = new Map();
  return {
    clear: () => widgets.clear(),
    /** @param {number} index */
    of: (index) => widgets.get(index) ?? { series: [], note: "" },
    /**
     * @param {import("../messages").DataChange} change
     * @returns {number[]} the widgets that changed
     */
    apply(change) {
      const changed = Object.entries(change.widgets).map(([key, data]) => {
        const before = widgets.get(Number(key)) ?? { series: [], note: "" };
        const series = data.series ?? before.series.map((one, i) => extend(one, data.tails?.[i]));
        widgets.set(Number(key), { series, note: data.note ?? before.note });
        return Number(key);
      });
      return changed;
    },
  };
}

/**
 * @param {SeriesData} series
 * @param {import("../messages").SeriesTail | undefined} tail
 * @returns {SeriesData}
 */
function extend(series, tail) {
  if (!tail) return series;
  const shift = (tail.start - series.start) / (series.period * 1000);
  // In place: a day's points of all widgets are a quarter of a million.
  const { values } = series;
  if (shift > 0) values.splice(0, shift);
  values.length = tail.at;
  for (const value of tail.values) values.push(value);
  return { ...series, start: tail.start };
}

/**
 * The newest value that is there.
 * @param {(number | null)[]} values
 */
export function latest(values) {
  for (let i = values.length - 1; i >= 0; i--) {
    const value = values[i];
    if (value !== null && value !== undefined) return value;
  }
  return undefined;
}
