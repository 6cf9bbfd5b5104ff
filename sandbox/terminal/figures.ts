/** Figures for people. */

/** 950, 1.5 k, 23 k, 1.25 M: three digits at most. */
export function count(value: number): string {
  for (const [unit, size] of units) {
    if (Math.abs(value) >= size * 0.9995) return `${digits(value / size)} ${unit}`;
  }
  return digits(value);
}

const units: readonly (readonly [string, number])[] = [
  ["G", 1e9],
  ["M", 1e6],
  ["k", 1e3],
];

function digits(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(value) < 0.05 ? "0" : String(Math.abs(rounded) >= 100 ? Math.round(rounded) : rounded);
}

export const percentage = (value: number): string => `${value < 10 && value > 0 ? value.toFixed(1) : Math.round(value)} %`;

export const usd = (value: number): string => `$${value.toFixed(2)}`;

/** 45 s, 12 min, 3 h 20 min, 7 days. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  if (minutes % 1440 === 0) return minutes === 1440 ? "24 h" : `${minutes / 1440} days`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ""}`;
}

/** 2025-01-06 09:30, UTC. */
export const clockTime = (time: number): string => new Date(time).toISOString().slice(0, 16).replace("T", " ");

/** "8", or "8→12" while more is asked for than there; in observe mode "8 (12 observed)", for it doesn't come. */
export function capacity(actual: number, desired: number | undefined, observed = false): string {
  if (desired === undefined || desired === actual) return String(actual);
  return observed ? `${actual} (${desired} observed)` : `${actual}→${desired}`;
}
