import type { Context } from "../aws/context";
import { errorText } from "../aws/errors";
import { tellError } from "../aws/log";
import { isBroken, readAll } from "../aws/parameters";
import type { Stored } from "../aws/parameters";
import { runPipeline } from "./pipeline";
import type { Run } from "./types";
import { pacedWrites, secondPassed, writesOfRun } from "./writes";

/** Dimensions begun at once; the next ones don't wait for slow ones. DescribeStreamSummary allows 20 calls a second; DescribeApplication's limit isn't documented. */
const dimensionsAtOnce = 20;
const pauseMilliseconds = 1_000;

/** The minute run over all pipelines. What goes wrong in one stays there. */
export async function reconcile({ aws, ...event }: Context): Promise<void> {
  const entries = await readAll(aws, event.prefix, event.now);
  const healthy = entries.filter((entry): entry is Stored => !isBroken(entry));
  const broken = entries.filter(isBroken);
  const batches = inBatches(rotated(pipelinesOf(healthy), event.now));
  const run: Run = { aws: batches.length > 1 ? pacedWrites(aws) : aws, writes: writesOfRun(), broken, ...event };
  for (const { id, problem } of broken) tellError(run, id, problem);
  const started: Promise<void>[] = [];
  for (const [i, batch] of batches.entries()) {
    if (i > 0) {
      await run.aws.pause(pauseMilliseconds);
      secondPassed(run.writes);
    }
    started.push(...batch.map((pipeline) => guarded(run, pipeline)));
  }
  await Promise.all(started);
}

async function guarded(run: Run, pipeline: Stored[]): Promise<void> {
  try {
    await runPipeline(run, pipeline);
  } catch (error) {
    for (const { id } of pipeline) tellError(run, id, errorText(error));
  }
}

/** Dimensions by pipeline. The first of each holds the pipeline's turn: a stream if there is one, then by id. */
export function pipelinesOf(entries: readonly Stored[]): Stored[][] {
  const byName = new Map<string, Stored[]>();
  for (const entry of entries) byName.set(entry.config.pipeline, [...(byName.get(entry.config.pipeline) ?? []), entry]);
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => members.sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1)));
}

function order({ config }: Stored): number {
  return config.kind === "stream" ? 0 : 1;
}

/** Part of all pipelines that a run begins after the one before: each is soon among the first, however many there are. */
const goldenRatio = 0.618_034;

/** Others are first each minute, so that a rate limit never starves the same ones. */
function rotated<T>(items: T[], now: number): T[] {
  const start = Math.floor(items.length * ((Math.floor(now / 60_000) * goldenRatio) % 1));
  return [...items.slice(start), ...items.slice(0, start)];
}

function inBatches(pipelines: Stored[][]): Stored[][][] {
  const batches: Stored[][][] = [];
  let size = Infinity;
  for (const pipeline of pipelines) {
    if (size + pipeline.length > dimensionsAtOnce) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(pipeline);
    size += pipeline.length;
  }
  return batches;
}
