import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { inputError } from "../inputError";

/**
 * The text of a regular file, or of a pipe (`--trace <(zcat day.csv.gz)`), of at most `limit` bytes.
 * @throws InputError "TraceError": `file: reason`.
 */
export function readTextFile(file: string, limit: number): string {
  const bytes = readBytes(file, limit);
  if (bytes.includes(0)) throw inputError("TraceError", `${file}: not a text file (it contains NUL bytes); expected a CSV file`);
  return bytes.toString("utf8");
}

function readBytes(file: string, limit: number): Buffer {
  const tooLarge = () => inputError("TraceError", `${file}: larger than ${limit} bytes, the most that is read; split the trace`);
  let handle: number | undefined;
  try {
    handle = openSync(file, "r");
    const stat = fstatSync(handle);
    if (stat.isDirectory()) throw inputError("TraceError", `${file}: is a folder; expected a CSV file`);
    if (stat.isFile()) {
      if (stat.size > limit) throw tooLarge();
      return readFileSync(handle);
    }
    const chunks: Buffer[] = [];
    let total = 0;
    for (;;) {
      const chunk = Buffer.alloc(65_536);
      const length = readSync(handle, chunk);
      if (length === 0) return Buffer.concat(chunks);
      total += length;
      if (total > limit) throw tooLarge();
      chunks.push(chunk.subarray(0, length));
    }
  } catch (error) {
    if (!(error instanceof Error) || "exitCode" in error) throw error;
    const code = "code" in error ? String(error.code) : "";
    throw inputError("TraceError", `${file}: ${reasons[code] ?? error.message}`);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file; give the path of a CSV file with --trace",
  EACCES: "permission denied",
};
