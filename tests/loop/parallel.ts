import * as path from "node:path";
import { inWorkers } from "../support/workers";
import type { LoopBatch, LoopFailure, LoopResult } from "./worker";

// As npm start runs: see CONTRIBUTING.
const execArgv = ["--max-semi-space-size=64", "--no-allocation-site-pretenuring", "--disable-warning=ExperimentalWarning"];

/** Plays batches of episodes in worker processes, one for each core, and gives what broke a rule. */
export async function playEpisodesAll(
  batches: readonly LoopBatch[],
  progress?: (played: number, failures: readonly LoopFailure[]) => void,
): Promise<{ played: number; failures: LoopFailure[]; results: LoopResult[] }> {
  const all = { played: 0, failures: [] as LoopFailure[], results: [] as LoopResult[] };
  const register = path.join(__dirname, "..", "..", "sandbox", "register.js");
  await inWorkers<LoopBatch, LoopResult>(path.join(__dirname, "worker.ts"), [...execArgv, "-r", register], batches, (result) => {
    all.played += result.batch.count;
    all.failures.push(...result.failures);
    all.results.push(result);
    progress?.(all.played, result.failures);
  });
  return all;
}
