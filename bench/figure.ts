/** One measured figure, as `npm run bench -- --json` prints it. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** In words, e.g. "at least 1"; empty where the figure has no goal. */
  goal: string;
  holds: boolean;
}

export function atMost(name: string, value: number, unit: string, limit: number): Figure {
  return { name, value: rounded(value), unit, goal: `at most ${limit}`, holds: value <= limit };
}

export function atLeast(name: string, value: number, unit: string, limit: number): Figure {
  return { name, value: rounded(value), unit, goal: `at least ${limit}`, holds: value >= limit };
}

export function plainFigure(name: string, value: number, unit: string): Figure {
  return { name, value: rounded(value), unit, goal: "", holds: true };
}

/** The middle one of an odd number of values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Three significant digits; whole numbers from 100 on. */
function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
