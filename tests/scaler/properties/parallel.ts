import { fork } from "node:child_process";
import * as os from "node:os";
import * as path from "node:path";
import type { Batch, BatchResult, Failure } from "./worker";

export interface Played {
  played: number;
  failures: Failure[];
  results: BatchResult[];
}

/** Plays batches in worker processes, one for each core, and gives what broke a rule. */
export async function playAll(batches: readonly Batch[], progress?: (all: Played, last: BatchResult) => void): Promise<Played> {
  const waiting = [...batches];
  const all: Played = { played: 0, failures: [], results: [] };
  const done = (result: BatchResult) => {
    all.played += result.played;
    all.failures.push(...result.failures);
    all.results.push(result);
    progress?.(all, result);
  };
  const workers = Math.min(os.availableParallelism(), batches.length);
  await Promise.all(Array.from({ length: workers }, () => work(waiting, done)));
  all.failures.sort((a, b) => a.seed - b.seed || a.index - b.index);
  return all;
}

function work(waiting: Batch[], done: (result: BatchResult) => void): Promise<void> {
  const child = fork(path.join(__dirname, "worker.ts"), { execArgv: ["-r", "ts-node/register/transpile-only"] });
  return new Promise((resolve, reject) => {
    const next = () => {
      const batch = waiting.shift();
      if (batch) child.send(batch);
      else child.disconnect();
    };
    child.on("message", (result) => {
      done(result as BatchResult);
      next();
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`a worker of the property tests exited with ${code}`)),
    );
    next();
  });
}

/** Batches of `size` scenarios, each with a seed of its own. */
export function batchesOf(runs: number, seed: number, size: number): Batch[] {
  const count = Math.ceil(runs / size);
  return Array.from({ length: count }, (_, i) => ({ seed: seed + i, count: Math.min(size, runs - i * size) }));
}
