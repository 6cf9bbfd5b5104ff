import { lines, wrapped } from "../wrapped";
import type { Differences } from "./differences";
import type { EffectiveKey, EffectiveStack } from "./effectiveStack";

/** Columns of a key's name, and of the name of a sentence. */
const keyColumns = 28;
const nameColumns = 14;
/** Columns below which names stand above what they are the names of. */
const narrow = 72;

const titles = { stream: "The stream's shards", application: "The application's KPUs" };

/** All keys by their sections, and then what follows from them. */
export function printStack({ stack, region, sections, scaling, notes }: EffectiveStack, width: number): string {
  return [
    `Stack ${stack}, region ${region}`,
    ...sections.flatMap(({ title, keys }) => ["", ...lines(title, width), ...keys.flatMap((key) => keyRow(key, width))]),
    "",
    ...lines("What follows (the stack's output `scaling`)", width),
    ...(["stream", "application"] as const).flatMap((dimension) => [
      "",
      titles[dimension],
      ...Object.entries(scaling[dimension]).flatMap(([name, words]) => row(name, nameColumns, words, width)),
    ]),
    ...notes.flatMap((note) => ["", ...lines(note, width)]),
  ].join("\n");
}

function keyRow({ key, value, from, fallback }: EffectiveKey, width: number): string[] {
  const instead = from === "default" ? "" : ` (default ${shown(fallback)})`;
  const text = width < narrow ? `${shown(value)}, ${from}` : `${shown(value).padEnd(18)}  ${from}`;
  return row(key, keyColumns, text + instead, width);
}

/** What differs, the one stack's and the other's side by side; on a narrow terminal below each other. */
export function printDifferences({ stacks, keys, scaling }: Differences, width: number): string {
  if (keys.length + scaling.length === 0) return `Stacks ${stacks.join(" and ")} don't differ.`;
  const pair = (name: string, columns: number, cells: readonly string[]) =>
    width < narrow ? below(name, stacks, cells, width) : beside(name, columns, cells, width);
  return [
    ...lines(`Stacks ${stacks.join(" and ")}: what differs`, width),
    "",
    ...(width < narrow ? [] : beside("", keyColumns, stacks, width)),
    ...keys.flatMap(({ key, values }) => pair(key, keyColumns, values.map(shown))),
    ...(["stream", "application"] as const).flatMap((dimension) => {
      const own = scaling.filter((line) => line.dimension === dimension);
      if (own.length === 0) return [];
      const rows = own.map(({ name, words }) => pair(name, nameColumns, words.map(shown)));
      return ["", titles[dimension], ...rows.flat()];
    }),
  ].join("\n");
}

function row(name: string, columns: number, text: string, width: number): string[] {
  if (width < narrow) return [`  ${name}`, ...wrapped("    ", text, width)];
  return wrapped(`  ${name.padEnd(columns - 2)}`, text, width);
}

function beside(name: string, columns: number, cells: readonly string[], width: number): string[] {
  const room = Math.floor((width - columns) / cells.length) - 2;
  const columnsOfLines = cells.map((cell) => lines(cell, room));
  const height = Math.max(...columnsOfLines.map(({ length }) => length));
  return Array.from({ length: height }, (_, i) => {
    const texts = columnsOfLines.map((column) => (column[i] ?? "").padEnd(room));
    return `  ${(i === 0 ? name : "").padEnd(columns - 2)}${texts.join("  ")}`.trimEnd();
  });
}

function below(name: string, stacks: readonly string[], cells: readonly string[], width: number): string[] {
  const columns = Math.max(...stacks.map(({ length }) => length)) + 2;
  return [`  ${name}`, ...cells.flatMap((cell, i) => wrapped(`    ${(stacks[i] ?? "").padEnd(columns)}`, cell, width))];
}

/** A value on one line, with room to wrap it. */
function shown(value: unknown): string {
  if (value === undefined) return "none";
  if (typeof value === "string" && !/[\n\r]/.test(value)) return value || "none";
  const text = JSON.stringify(value, null, 1)
    .replace(/\n\s*/g, " ")
    .replace(/"(\w+)":/g, "$1:");
  return text === "[]" || text === "{}" ? "none" : text;
}
