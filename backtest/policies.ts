import type { StackFiles } from "../sandbox/deploy/stackFiles";
import { baselines } from "./baselines";
import { backtest } from "./model/backtest";
import { playStack, type StackBacktest } from "./playStack";
import { stackWorkloads, type Circumstances } from "./stackWorkload";

/** The stack's own policies. */
export const ownPolicy = "sluice";
export const policyNames: readonly string[] = [ownPolicy, ...baselines.map(({ name }) => name)];

/**
 * Plays the trace through each policy that is named, for each of the stack's pipelines.
 * @param progress what is played, and which share of it is done, 0 to 1.
 */
export async function playPolicies(
  files: StackFiles,
  circumstances: Circumstances,
  names: readonly string[],
  progress: (policy: string, share: number) => void = () => undefined,
): Promise<StackBacktest[]> {
  const minutes = circumstances.trace.rates.length;
  const played: StackBacktest[] = [];
  for (const name of names) {
    progress(name, 0);
    if (name === ownPolicy) {
      played.push(...(await playStack(files, circumstances, (passed) => progress(name, passed / minutes))));
      continue;
    }
    const policy = baselines.find((baseline) => baseline.name === name)!;
    for (const { pipeline, workload } of stackWorkloads(files, circumstances)) {
      const result = backtest(workload, policy);
      const report = { ...(pipeline !== "" && { pipeline }), ...result.report };
      played.push({ ...result, pipeline, report, words: [] });
    }
  }
  return played;
}
