import { percentOf, type FileScore } from "./verdict";
import type { Part } from "./targets";

const head = `# Mutants

\`npm run test:mutants\` changes the code in one place at a time ([Stryker](https://stryker-mutator.io)) and runs the tests that reach it. A mutant that
no test notices has survived: a test is missing, or the mutant is equivalent to the code. What the type checker refuses is no mutant.
This page is written by \`npm run test:mutants -- --write\`.
`;

const percent = (value: number) => `${value.toFixed(1)} %`;
const code = (text: string) => `\`${text.replaceAll("`", "'").replaceAll("|", "\\|")}\``;

/** docs/mutants.md: scores by file, and every survivor with its reason. */
export function pageOf(scores: readonly FileScore[], parts: readonly Part[]): string {
  return [head, ...parts.map((part) => partOf(part, scores)), survivorsOf(scores)].join("\n");
}

function partOf({ name, files }: Part, scores: readonly FileScore[]): string {
  const own = scores.filter(({ file }) => files.includes(file));
  const row = (title: string, of: FileScore[]) =>
    `| ${title} | ${of.reduce((sum, { killed }) => sum + killed, 0)} | ${of.flatMap(({ survivors }) => survivors).length} | ${percent(percentOf(of, false))} |`;
  return [
    `## ${name}\n`,
    "| file | killed | survived | score |",
    "| --- | --- | --- | --- |",
    ...own.filter(({ killed, survivors }) => killed + survivors.length > 0).map((score) => row(score.file, [score])),
    row("all", own),
    "",
  ].join("\n");
}

function survivorsOf(scores: readonly FileScore[]): string {
  const rows = scores.flatMap(({ file, survivors }) =>
    survivors.map(
      ({ in: line, from, to, why }) => `| ${file} | ${code(line)} | ${code(from)} → ${code(to)} | ${why ?? "unexplained"} |`,
    ),
  );
  return ["## Survivors\n", "| file | in | mutation | why it stays |", "| --- | --- | --- | --- |", ...rows, ""].join("\n");
}
