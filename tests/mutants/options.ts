import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { parts, quickFiles, root } from "./targets";

/** What one run of the judge mutates, and how. */
export interface Options {
  files: readonly string[];
  /** The whole of every part is mutated: the parts' floors hold, and reasons for files that don't exist are stale. */
  all: boolean;
  /** Results of the last run are kept for files that didn't change, and whose tests didn't. */
  incremental: boolean;
  /** Writes docs/mutants.md. */
  write: boolean;
  concurrency: number;
}

export const usage = `npm run test:mutants -- [options]
  (none)             every file that decides
  --files FILE ...   these alone, e.g. --files scaler/decide/turns.ts scaler/decide/plan.ts
  --changed          those that differ from main
  --quick            those that decide most; .ci/run does this
  --incremental      keeps the last run's results where neither the file nor a test of it has changed
  --write            writes docs/mutants.md; only when every file is mutated
  --concurrency N    processes, default 2`;

/** The options, or what is wrong with them. */
export function parseOptions(args: string[]): Options | string {
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        files: { type: "string", multiple: true },
        changed: { type: "boolean" },
        quick: { type: "boolean" },
        incremental: { type: "boolean" },
        write: { type: "boolean" },
        concurrency: { type: "string" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    return `${(error as Error).message}\n\n${usage}`;
  }
  const { values, positionals } = parsed;
  if (values.help) return usage;
  const known = parts.flatMap(({ files }) => files);
  const named = [...(values.files ?? []), ...positionals];
  const unknown = named.filter((file) => !known.includes(file));
  if (unknown.length > 0) return `not a file that is mutated: ${unknown.join(", ")}; allowed are ${known.join(", ")}`;
  if ([named.length > 0, values.changed, values.quick].filter(Boolean).length > 1)
    return `--files, --changed and --quick exclude each other\n\n${usage}`;
  const concurrency = Number(values.concurrency ?? 2);
  if (!Number.isInteger(concurrency) || concurrency < 1) return `--concurrency is ${values.concurrency}; allowed is 1 or more`;
  const all = named.length === 0 && !values.changed && !values.quick;
  if (values.write && !all) return "--write needs every file: leave --files, --changed and --quick out";
  const files = values.quick ? quickFiles : values.changed ? changed(known) : named.length > 0 ? named : known;
  return { files, all, incremental: values.incremental ?? false, write: values.write ?? false, concurrency };
}

function changed(known: readonly string[]): string[] {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  const differing = git("diff", "--name-only", git("merge-base", "main", "HEAD")).split("\n");
  const untracked = git("ls-files", "--others", "--exclude-standard").split("\n");
  return known.filter((file) => differing.includes(file) || untracked.includes(file));
}
