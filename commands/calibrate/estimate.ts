/** A minute in which the application ran. */
export interface LoadedMinute {
  /** Records that it read. */
  records: number;
  kpus: number;
  /** How much of its KPUs' time it used, 0 to 1. */
  load: number;
}

export interface Estimate {
  recordsPerKpuPerMinute: number;
  /** Bounds that hold the figure in 19 of 20 cases, if minutes differ by chance alone. */
  low: number;
  high: number;
  minutes: number;
  /** Highest load of the minutes: at a low one what is left is a guess. */
  highestLoad: number;
}

/** Below this a minute says little: what a job costs without records counts too much. */
const leastLoad = 0.1;
/** Fewer minutes than this tell nothing of how they differ. */
export const leastMinutes = 5;

/**
 * Records that a KPU processes in a minute at full load: the sum of records a KPU over the sum of loads, so that busy minutes count most,
 * with the error of such a ratio. Undefined: too few minutes were loaded.
 */
export function estimate(minutes: readonly LoadedMinute[]): Estimate | undefined {
  const usable = minutes.filter(({ records, kpus, load }) => records > 0 && kpus > 0 && load >= leastLoad);
  if (usable.length < leastMinutes) return undefined;
  const points = usable.map(({ records, kpus, load }) => ({ x: load, y: records / kpus }));
  const [x, y] = [sum(points.map((point) => point.x)), sum(points.map((point) => point.y))];
  const ratio = y / x;
  const spread = sum(points.map((point) => (point.y - ratio * point.x) ** 2)) / (points.length - 1);
  const margin = (quantile(points.length - 1) * Math.sqrt(spread * points.length)) / x;
  return {
    recordsPerKpuPerMinute: ratio,
    low: Math.max(0, ratio - margin),
    high: ratio + margin,
    minutes: points.length,
    highestLoad: Math.max(...points.map(({ x }) => x)),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Student's t, 97.5 %: its expansion in 1/degrees, within 1 % from four degrees on (Abramowitz and Stegun 26.7.5). */
function quantile(degrees: number): number {
  const z = 1.959964;
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + g1 / degrees + g2 / degrees ** 2 + g3 / degrees ** 3;
}
