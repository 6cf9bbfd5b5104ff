import type { PipelineSettings } from "../pipelineArgs";
import { kpuKind, shardKind } from "../scaling/dimensionKind";
import { updateMinutes } from "../stream/updateMinutes";
import { dimensionWords } from "./dimensionWords";
import { duration, times } from "./figures";
import { applicationThroughputWords, streamThroughputWords } from "./signalWords";

/** What follows from a pipeline's configuration, in sentences by name. */
export interface ScalingWords {
  /** Of the stream's shards. */
  stream: Record<string, string>;
  /** Of the application's KPUs. */
  application: Record<string, string>;
}

export function pipelineWords({ mode, suspended, stream, application }: PipelineSettings): ScalingWords {
  const around = { mode, suspended: suspended === true };
  const { minShards, maxShards, updatesPerDay } = stream;
  const { minKpus, maxKpus, restartSeconds } = application;
  return {
    stream: dimensionWords(
      { kind: shardKind, bounds: { min: minShards, max: maxShards }, scaling: stream.scaling },
      streamThroughputWords(),
      { ...around, initial: stream.existing ? undefined : stream.shards, change: updateWords(maxShards, updatesPerDay) },
    ),
    application: dimensionWords(
      { kind: kpuKind, bounds: { min: minKpus, max: maxKpus }, scaling: application.scaling },
      applicationThroughputWords(application),
      {
        ...around,
        initial: application.existing ? undefined : application.kpus,
        change: `it stops the job for ${duration(restartSeconds)}`,
      },
    ),
  };
}

/** What UpdateShardCount takes, and how often it may be called. */
function updateWords(maxShards: number, updatesPerDay: number): string {
  const most = updateMinutes(maxShards, maxShards);
  return (
    `one UpdateShardCount at most doubles or halves, takes up to ${times(most, "minute")} and may begin ${times(updatesPerDay, "time")} ` +
    "in 24 hours; then shards are split and merged one at a time"
  );
}
