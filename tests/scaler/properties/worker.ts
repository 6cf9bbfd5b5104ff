import { mutants } from "../../mutants/mutants";
import { loadScaler } from "../../support/loadScaler";
import type { Handle } from "../../support/scalerWorld";
import { play } from "./play";
import type { Broken } from "./rules";
import { hostileScenarios } from "./hostileScenario";
import { scenarios } from "./scenario";

/** What a worker is asked: scenarios 0 to count - 1 of a seed, with the scaler as it is or as a mutant. */
export interface Batch {
  seed: number;
  count: number;
  /** Scenarios of what nobody meant to happen. */
  hostile?: boolean;
  mutant?: string;
}

/** Number `index` of the seed broke these rules. */
export interface Failure {
  seed: number;
  index: number;
  hostile?: boolean;
  broken: Broken[];
}

export interface BatchResult {
  batch: Batch;
  played: number;
  failures: Failure[];
}

/** A mutant is caught by its first failure; the scaler itself is played to the end. */
export async function playBatch(batch: Batch): Promise<BatchResult> {
  const { seed, count, mutant, hostile } = batch;
  const { edits, breaks } = mutants.find(({ name }) => name === mutant) ?? {};
  const handle: Handle | undefined = edits && loadScaler(edits);
  const failures: Failure[] = [];
  let played = 0;
  for (const [index, scenario] of (hostile ? hostileScenarios : scenarios)(seed, count).entries()) {
    const broken = await play(scenario, handle);
    played++;
    const counts = broken.length > 0 && (breaks === undefined || broken.some(({ rule }) => rule === breaks));
    if (counts) failures.push({ seed, index, hostile, broken: broken.slice(0, 20) });
    if (handle && failures.length > 0) break;
  }
  return { batch, played, failures };
}

if (require.main === module) {
  process.on("message", (batch: Batch) => {
    void playBatch(batch).then((result) => process.send?.(result));
  });
}
