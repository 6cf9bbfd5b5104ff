import { fork } from "node:child_process";
import * as os from "node:os";

/** Hands batches to processes that run `file`, one for each core, and every result to `done`. */
export async function inWorkers<Batch extends object, Result>(
  file: string,
  execArgv: string[],
  batches: readonly Batch[],
  done: (result: Result) => void,
): Promise<void> {
  const waiting = [...batches];
  const workers = Math.min(os.availableParallelism(), batches.length);
  await Promise.all(Array.from({ length: workers }, () => work(file, execArgv, waiting, done)));
}

function work<Batch extends object, Result>(
  file: string,
  execArgv: string[],
  waiting: Batch[],
  done: (result: Result) => void,
): Promise<void> {
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
