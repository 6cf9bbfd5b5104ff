import type { StackShape } from "./episode";
import { playEpisodes } from "./loop";
import type { BrokenLoop } from "./rules";

/** What a worker is asked: episodes 0 to count - 1 of a seed, in one stack that lives through all of them. */
export interface LoopBatch {
  seed: number;
  count: number;
  stack: StackShape["stack"];
  /** Name of the mistake that is made in the stack. */
  mutant?: string;
}

/** Episode `index` of the seed broke these rules. */
export interface LoopFailure {
  seed: number;
  index: number;
  stack: StackShape["stack"];
  broken: BrokenLoop[];
}

export interface LoopResult {
  batch: LoopBatch;
  failures: LoopFailure[];
}

async function playBatch(batch: LoopBatch): Promise<LoopResult> {
  const { seed, count, stack, mutant } = batch;
  const played = await playEpisodes({ seed, count, stack, mutant });
  const failures = played.flatMap((broken, index) =>
    broken.length > 0 ? { seed, index, stack, broken: broken.slice(0, 20) } : [],
  );
  return { batch, failures };
}

if (require.main === module) {
  process.on("message", (batch: LoopBatch) => {
    void playBatch(batch).then((result) => process.send?.(result));
  });
}
