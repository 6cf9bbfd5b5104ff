import * as path from "node:path";
import { inWorkers } from "../support/workers";
import type { LoopBatch, LoopFailure, LoopResult } from "./worker";

/** Plays batches of episodes in worker processes, one for each core, and gives what broke a rule. */
export async function playEpisodesAll(
  batches: readonly LoopBatch[],
  progress?: (played: number, failures: readonly LoopFailure[]) => void,
): Promise<{ played: number; failures: LoopFailure[]; results: LoopResult[] }> {
  const all = { played: 0, failures: [] as LoopFailure[], results: [] as LoopResult[] };
  await inWorkers<LoopBatch, LoopResult>(path.join(__dirname, "worker.ts"), batches, (result) => {
    all.played += result.batch.count;
    all.failures.push(...result.failures);
    all.results.push(result);
    progress?.(all.played, result.failures);
  });
  return all;
}
