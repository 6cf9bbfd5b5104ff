/**
 * Who runs the applications' jobs for real. Without one the service is a model: changes take the time that its options say, and what a
 * job does is computed. Names are applications' and snapshots'; what is asked of one application is done in that order.
 */
export interface JobRunner {
  /** Resolves when all tasks of the job run. Rejects with what Flink says; no job runs then. */
  start(application: string, job: JobStart): Promise<void>;
  /**
   * Ends the job, after a savepoint of that name where one is given. Rejects when that can't be taken: the job runs on. Nothing to do
   * where no job runs.
   */
  stop(application: string, snapshot?: string): Promise<void>;
  /** A savepoint of the job that runs on. */
  snapshot(application: string, name: string): Promise<void>;
  forget(application: string, snapshot: string): Promise<void>;
  /** What the job showed last, and what it did since the last call; undefined: it has shown nothing so far. */
  measured(application: string): JobMinute | undefined;
}

export interface JobStart {
  parallelism: number;
  /** ARN of the role that the job acts as. */
  role: string;
  /** Runtime properties: PropertyGroupDescriptions. */
  properties: readonly { PropertyGroupId: string; PropertyMap: Record<string, string> }[];
  checkpointing: { enabled: boolean; intervalMs: number };
  /** To restore from. */
  snapshot?: string;
  allowNonRestoredState: boolean;
}

/** Figures of a running job, in Flink's own units. */
export interface JobMinute {
  /** False: it failed, and Flink tries to start it again. */
  runs: boolean;
  /** Records that the sources handed on since the last time. */
  read: number;
  /** millisBehindLatest of the shard that is furthest behind, in the stream's time; undefined: none was read so far. */
  lagMilliseconds?: number;
  /** Cores that its process used. */
  cpuCores: number;
  heapPercent: number;
  threads: number;
  oldGenerationCollections: number;
  oldGenerationMs: number;
  restarts: number;
  checkpoints: { lastBytes: number; lastMs: number; failed: number };
  /** Lowest of all tasks, ms since the epoch; undefined: there is none yet. */
  inputWatermark?: number;
  outputWatermark?: number;
  /** In the order of the job's graph. */
  tasks: readonly TaskMinute[];
}

export interface TaskMinute {
  name: string;
  /** Records since the last time. */
  recordsIn: number;
  recordsOut: number;
  lateRecords: number;
  subtasks: readonly TaskTimes[];
}

/** ms per second. */
export interface TaskTimes {
  busy: number;
  backPressured: number;
  idle: number;
}
