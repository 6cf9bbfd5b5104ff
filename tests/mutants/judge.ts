/** npm run test:mutants: see options.ts. Ends like mocha, with "N passing" and "N failing". */
import * as fs from "node:fs";
import * as path from "node:path";
import { typeChecker } from "./caughtByTypes";
import { reasons } from "./equivalent";
import { parseOptions, usage } from "./options";
import { pageOf } from "./page";
import { mutate } from "./stryker";
import { parts, root } from "./targets";
import { checksOf, percentOf, scoresOf, type Check, type FileScore } from "./verdict";

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (typeof options === "string") {
    console.error(options);
    return options === usage ? 0 : 2;
  }
  if (options.files.length === 0) {
    console.log("nothing that is mutated has changed\n\n  1 passing");
    return 0;
  }
  const mutants = await mutate(options);
  const refused = typeChecker(parts.flatMap(({ files }) => files));
  const scores = scoresOf(options.files, mutants, reasons, ({ file, mutated }) => refused(file, mutated()));
  printScores(scores);
  printSurvivors(scores);
  if (options.write) fs.writeFileSync(path.join(root, "docs", "mutants.md"), pageOf(scores, parts));
  return summed(checksOf(scores, parts, reasons, options.all));
}

function printScores(scores: readonly FileScore[]): void {
  console.log("\nfile                              killed  survived  equivalent  mistyped   score");
  for (const score of scores) {
    const { file, killed, mistyped, survivors } = score;
    const explained = survivors.filter(({ why }) => why !== undefined).length;
    const cells = [killed, survivors.length, explained, mistyped].map((count, i) => String(count).padStart([8, 10, 12, 10][i]!));
    console.log(`${file.padEnd(32)}${cells.join("")}${percentOf([score], false).toFixed(1).padStart(8)}`);
  }
  console.log(`all: ${percentOf(scores, false).toFixed(2)} %, equivalent mutants apart ${percentOf(scores, true).toFixed(2)} %`);
}

/** Survivors without a reason, in the form in which equivalent.ts takes them. */
function printSurvivors(scores: readonly FileScore[]): void {
  for (const { file, survivors } of scores) {
    for (const { at, in: line, from, to } of survivors.filter(({ why }) => why === undefined)) {
      console.log(`\nsurvived: ${file}:${at.line}:${at.column}`);
      console.log(`  { in: ${JSON.stringify(line)}, from: ${JSON.stringify(from)}, to: ${JSON.stringify(to)} },`);
    }
  }
}

function summed(checks: readonly Check[]): number {
  const failing = checks.filter(({ holds }) => !holds);
  console.log("");
  for (const { what } of failing) console.log(`FAILED: ${what}`);
  console.log(`\n  ${checks.length - failing.length} passing`);
  if (failing.length > 0) console.log(`  ${failing.length} failing`);
  return failing.length === 0 ? 0 : 1;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(`FAILED: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);
