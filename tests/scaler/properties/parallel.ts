import * as path from "node:path";
import { inWorkers } from "../../support/workers";
import type { Batch, BatchResult, Failure } from "./worker";

export interface Played {
  played: number;
  failures: Failure[];
  results: BatchResult[];
}

/** Plays batches in worker processes, one for each core, and gives what broke a rule. */
export async function playAll(batches: readonly Batch[], progress?: (all: Played, last: BatchResult) => void): Promise<Played> {
  const all: Played = { played: 0, failures: [], results: [] };
  const done = (result: BatchResult) => {
    all.played += result.played;
    all.failures.push(...result.failures);
    all.results.push(result);
    progress?.(all, result);
  };
  await inWorkers(path.join(__dirname, "worker.ts"), batches, done);
  all.failures.sort((a, b) => a.seed - b.seed || a.index - b.index);
  return all;
}
