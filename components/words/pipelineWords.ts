import type { PipelineNames } from "../names";
import type { PipelineSettings } from "../pipelineArgs";
import { scaledKpus } from "../scaling/kpuScalingArgs";
import { scaledShards } from "../scaling/shardScalingArgs";
import { updateMinutes } from "../stream/updateMinutes";
import { dimensionWords } from "./dimensionWords";
import { duration, times } from "./figures";

/** What follows from a pipeline's configuration, in sentences by name. */
export interface ScalingWords {
  /** Of the stream's shards. */
  stream: Record<string, string>;
  /** Of the application's KPUs. */
  application: Record<string, string>;
}

export function pipelineWords({ stream, application }: PipelineSettings): ScalingWords {
  const { restartSeconds } = application;
  return {
    stream: dimensionWords(scaledShards({ ...stream, names }), {
      mode: stream.mode,
      initial: stream.existing ? undefined : stream.shards,
      change: updateWords(stream.maxShards, stream.updatesPerDay),
    }),
    application: dimensionWords(scaledKpus({ ...application, names }), {
      mode: application.mode,
      initial: application.existing ? undefined : application.kpus,
      change: `it stops the job for ${duration(restartSeconds)}`,
    }),
  };
}

/** Sentences name no metric. */
const names: PipelineNames = {
  ...{ scalerName: "", streamName: "", applicationName: "", streamDimension: "", applicationDimension: "" },
};

/** What UpdateShardCount takes, and how often it may be called. */
function updateWords(maxShards: number, updatesPerDay: number): string {
  const most = updateMinutes(maxShards, maxShards);
  return (
    `one UpdateShardCount at most doubles or halves, takes up to ${times(most, "minute")} and may begin ${times(updatesPerDay, "time")} ` +
    "in 24 hours; then shards are split and merged one at a time"
  );
}
