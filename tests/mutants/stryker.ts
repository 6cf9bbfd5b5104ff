import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Options } from "./options";
import { judgingTests, judgingTitles, root } from "./targets";

const cache = path.join(root, ".cache", "mutation");
const reportFile = path.join(cache, "report.json");

/** One mutant and what became of it. `at`: where it begins, line and column from 1. */
export interface Mutant {
  file: string;
  at: { line: number; column: number };
  /** The line that it begins in, without indentation. */
  in: string;
  /** The text that it replaces, and what with; white space made single. */
  from: string;
  to: string;
  /** The file's text with the mutation. */
  mutated(): string;
  outcome: "killed" | "survived";
}

interface Report {
  files: Record<string, { source: string; mutants: ReportedMutant[] }>;
}

interface Position {
  line: number;
  column: number;
}

interface ReportedMutant {
  status: string;
  replacement: string;
  location: { start: Position; end: Position };
}

/** Mutates the files, runs the tests that reach each mutant, and gives the mutants. @throws when Stryker itself fails. */
export async function mutate({ files, incremental, concurrency }: Options): Promise<Mutant[]> {
  const configuration = path.join(cache, "stryker.json");
  fs.rmSync(reportFile, { force: true });
  fs.writeFileSync(configuration, JSON.stringify({ ...settings(files, concurrency), force: !incremental }, null, 2));
  const stryker = path.join(cache, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [stryker, "run", configuration], { cwd: root, stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0 || !fs.existsSync(reportFile)) throw new Error(`Stryker ended with ${code} and no report`);
  const report = JSON.parse(fs.readFileSync(reportFile, "utf8")) as Report;
  return files.flatMap((file) => mutantsOf(file, report));
}

function settings(files: readonly string[], concurrency: number): object {
  return {
    testRunner: "mocha",
    plugins: ["@stryker-mutator/mocha-runner"],
    mutate: files,
    mochaOptions: { "no-config": true, require: ["./sandbox/register.js"], spec: judgingTests(files), grep: judgingTitles },
    coverageAnalysis: "perTest",
    concurrency,
    // A loop without an end is a killed mutant; a busy machine is none.
    timeoutMS: 10_000,
    tempDirName: ".cache/mutation/sandboxes",
    // A link to a folder ends the copying.
    ignorePatterns: [".cache", "docs/images"],
    disableTypeChecks: false,
    incremental: true,
    incrementalFile: ".cache/mutation/incremental.json",
    reporters: ["json", "progress-append-only"],
    jsonReporter: { fileName: reportFile },
    allowConsoleColors: false,
  };
}

function mutantsOf(file: string, { files }: Report): Mutant[] {
  const { source, mutants } = files[file] ?? { source: "", mutants: [] };
  const lines = source.split("\n");
  const starts = lines.reduce((all, line) => [...all, all[all.length - 1]! + line.length + 1], [0]);
  const offset = ({ line, column }: Position) => starts[line - 1]! + column - 1;
  return mutants.map(({ status, replacement, location: { start, end } }) => ({
    file,
    at: start,
    in: (lines[start.line - 1] ?? "").trim(),
    from: single(source.slice(offset(start), offset(end))),
    to: single(replacement),
    mutated: () => source.slice(0, offset(start)) + replacement + source.slice(offset(end)),
    outcome: outcomeOf(status),
  }));
}

const single = (text: string) => text.replace(/\s+/g, " ").trim();

/** Timeout: the mutant never ended; RuntimeError: it broke while the tests were loaded. Both are noticed. @throws on what says nothing about the tests. */
function outcomeOf(status: string): Mutant["outcome"] {
  if (["Killed", "Timeout", "RuntimeError"].includes(status)) return "killed";
  if (status === "Survived" || status === "NoCoverage") return "survived";
  throw new Error(`a mutant ended as ${status}: neither killed nor survived`);
}
