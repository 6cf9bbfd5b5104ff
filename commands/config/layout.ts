import { lines, wrapped } from "../wrapped";

/** Columns of a key's name, and of the name of a sentence. */
export const keyColumns = 28;
export const nameColumns = 14;

/** On terminals with fewer columns names stand above what they are the names of. */
export const isNarrow = (width: number) => width < 72;

export const dimensions = ["stream", "application"] as const;
export const titles = { stream: "The stream's shards", application: "The application's KPUs" };

/** A text behind its name. */
export function row(name: string, columns: number, text: string, width: number): string[] {
  if (isNarrow(width)) return [`  ${name}`, ...wrapped("    ", text, width)];
  return wrapped(`  ${name.padEnd(columns - 2)}`, text, width);
}

/** Texts beside each other behind their name. */
export function beside(name: string, columns: number, texts: readonly string[], width: number): string[] {
  const room = Math.floor((width - columns) / texts.length) - 2;
  const cells = texts.map((text) => lines(text, room));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, i) => {
    const parts = cells.map((cell) => (cell[i] ?? "").padEnd(room));
    return `  ${(i === 0 ? name : "").padEnd(columns - 2)}${parts.join("  ")}`.trimEnd();
  });
}

/** A value on one line, with room to wrap it. */
export function shown(value: unknown): string {
  if (value === undefined) return "none";
  if (typeof value === "string" && !/[\n\r]/.test(value)) return value || "none";
  if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string")) return value.join(", ");
  const text = JSON.stringify(value, null, 1)
    .replace(/\n\s*/g, " ")
    .replace(/"(\w+)":/g, "$1:");
  return text === "[]" || text === "{}" ? "none" : text;
}
