/** Numbers as a reader wants them: "9,000", "12.5", "0.013". */
export function figure(value: number): string {
  const digits = value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 };
  return value.toLocaleString("en-US", digits);
}

/** "90 minutes", "45 s". */
export function duration(seconds: number): string {
  return seconds < 60 || seconds % 60 !== 0 ? `${figure(seconds)} s` : times(seconds / 60, "minute");
}

/** A value with its unit, which may be empty: "75 %". */
export function quantity(value: number, unit: string): string {
  return `${figure(value)} ${unit}`.trim();
}

/** "1 minute", "2 minutes". */
export function times(count: number, what: string): string {
  return `${figure(count)} ${what}${count === 1 ? "" : "s"}`;
}

/** A capacity with its unit: "1 shard", "8 KPUs". @param unit in the plural. */
export function capacityWords(capacity: number, unit: string): string {
  return `${figure(capacity)} ${capacity === 1 ? unit.slice(0, -1) : unit}`;
}
