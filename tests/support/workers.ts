import { fork } from "node:child_process";
import * as os from "node:os";
import * as path from "node:path";

const register = path.join(__dirname, "..", "..", "sandbox", "register.js");
const execArgv = [
  ...["-r", register, "--disable-warning=ExperimentalWarning"],
  // As npm start runs: see CONTRIBUTING.
  ...["--max-semi-space-size=64", "--no-allocation-site-pretenuring"],
  // Each core has a process already.
  "--single-threaded-gc",
];

/**
 * Hands batches to processes that run `file`, and every result to `done`. There is a process for each core, or one where mocha itself
 * runs in a process for each.
 */
export async function inWorkers<Batch extends object, Result>(
  file: string,
  batches: readonly Batch[],
  done: (result: Result) => void,
): Promise<void> {
  const waiting = [...batches];
  const cores = process.env["MOCHA_WORKER_ID"] === undefined ? os.availableParallelism() : 1;
  await Promise.all(Array.from({ length: Math.min(cores, batches.length) }, () => work(file, waiting, done)));
}

function work<Batch extends object, Result>(file: string, waiting: Batch[], done: (result: Result) => void): Promise<void> {
  const child = fork(file, { execArgv });
  return new Promise((resolve, reject) => {
    const next = () => {
      const batch = waiting.shift();
      if (batch) child.send(batch);
      else child.disconnect();
    };
    child.on("message", (result) => {
      done(result as Result);
      next();
    });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`a worker of ${file} exited with ${code}`))));
    next();
  });
}

/** Batches of `size`, each with a seed of its own. */
export function batchesOf(runs: number, seed: number, size: number): { seed: number; count: number }[] {
  const count = Math.ceil(runs / size);
  return Array.from({ length: count }, (_, i) => ({ seed: seed + i, count: Math.min(size, runs - i * size) }));
}
