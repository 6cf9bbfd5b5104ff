import * as fs from "node:fs";
import { inputError, isInputError } from "../sandbox/inputError";
import { linesOf, type Line } from "./lines";
import type { BadLine } from "./record";

/** A record has 1 MiB, its partition key of up to 256 bytes included, unless its stream takes more. */
const longestLine = 1_048_576 - 256;
const chunkBytes = 65_536;
const reported = 20;

/** The lines of a file, or of a pipe, as they are read. @throws InputError "TraceError": `file: reason`. */
export async function* fileLines(file: string): AsyncGenerator<Line[], void> {
  try {
    yield* linesOf(fs.createReadStream(file, { highWaterMark: chunkBytes }), longestLine);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!code || isInputError(error)) throw error;
    throw inputError("TraceError", `${file}: ${reasons[code] ?? (error as Error).message}`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EISDIR: "is a folder",
  EACCES: "permission denied",
};

/** Lines that can't be read, while they are counted. */
export interface BadLines {
  count: number;
  bad: BadLine;
}

/** @param tell is given the first of them as `file:line: reason`. */
export function countBadLines(file: string, tell: (text: string) => void): BadLines {
  const lines: BadLines = {
    count: 0,
    bad: (line, reason) => {
      if (++lines.count <= reported) tell(`${file}:${line}: ${reason}`);
      if (lines.count === reported + 1) tell(`${file}: further bad lines are only counted`);
    },
  };
  return lines;
}

/** @throws InputError "TraceError" at once. */
export function refuseBadLine(file: string): BadLine {
  return (line, reason) => {
    throw inputError("TraceError", `${file}:${line}: ${reason}`);
  };
}

/**
 * Reads a file to its end, for its problems alone.
 * @param read gives what the file has.
 * @throws InputError "TraceError" with `file:line: reason` of the first of them.
 */
export async function checkFile(file: string, read: (bad: BadLine) => AsyncIterable<unknown>): Promise<void> {
  if (fs.existsSync(file) && !fs.statSync(file).isFile() && !fs.statSync(file).isDirectory()) {
    throw inputError("TraceError", `${file}: can be read only once, so not be checked beforehand; say --bad-lines count`);
  }
  const problems: string[] = [];
  let count = 0;
  for await (const _ of read((line, reason) => {
    if (++count <= reported) problems.push(`${file}:${line}: ${reason}`);
  }));
  if (count > reported) problems.push(`${file}: ${count - reported} more`);
  if (count > 0) throw inputError("TraceError", problems.join("\n"));
}
