import { lines, wrapped } from "../wrapped";
import type { Differences, PipelineDifferences } from "./differences";
import { beside, dimensions, isNarrow, keyColumns, nameColumns, shown, titles } from "./layout";

/** What differs, the one stack's and the other's side by side; on a narrow terminal below each other. */
export function printDifferences({ stacks, regions, pipelines, alone }: Differences, width: number): string {
  const missing = stacks.flatMap((stack, i) => (alone[i]?.length ? [`Only in ${stack}: ${alone[i].join(", ")}`] : []));
  const different = pipelines.filter(({ keys, scaling }) => keys.length + scaling.length > 0);
  if (!regions && different.length + missing.length === 0) return `Stacks ${stacks.join(" and ")} don't differ.`;
  const pair = (name: string, columns: number, cells: readonly string[]) =>
    isNarrow(width) ? below(name, stacks, cells, width) : beside(name, columns, cells, width);
  return [
    ...lines(`Stacks ${stacks.join(" and ")}: what differs`, width),
    "",
    ...missing.flatMap((line) => [...lines(line, width), ""]),
    ...(isNarrow(width) ? [] : beside("", keyColumns, stacks, width)),
    ...(regions ? pair("aws:region", keyColumns, regions) : []),
    ...different.flatMap((one) => pipelineRows(one, pair)),
  ].join("\n");
}

type Rows = (name: string, columns: number, cells: readonly string[]) => string[];

function pipelineRows({ name, keys, scaling }: PipelineDifferences, pair: Rows): string[] {
  return [
    ...(name === undefined ? [] : ["", `Pipeline ${name}`]),
    ...keys.flatMap(({ key, values }) => pair(key, keyColumns, values.map(shown))),
    ...dimensions.flatMap((dimension) => {
      const own = scaling.filter((line) => line.dimension === dimension);
      const rows = own.flatMap(({ name: line, words }) => pair(line, nameColumns, words.map(shown)));
      return rows.length === 0 ? [] : ["", titles[dimension], ...rows];
    }),
  ];
}

function below(name: string, stacks: readonly string[], cells: readonly string[], width: number): string[] {
  const columns = Math.max(...stacks.map(({ length }) => length)) + 2;
  return [`  ${name}`, ...cells.flatMap((cell, i) => wrapped(`    ${(stacks[i] ?? "").padEnd(columns)}`, cell, width))];
}
