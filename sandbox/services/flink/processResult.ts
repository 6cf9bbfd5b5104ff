/** How one minute of an application went. */
export interface ProcessResult {
  /** KPUs that processed, averaged over the minute: 0 in a restart. */
  servingKpus: number;
  /** KPUs at the parallelism that runs, or ran last. */
  kpus: number;
  /** KPUs billed, averaged over the minute, without the orchestration KPU. */
  billedKpus: number;
  /** Records that the serving KPUs could process in this minute. */
  capacity: number;
  processed: number;
  /** Unread records at the minute's end. */
  backlog: number;
  /** Age of the oldest unread record at the minute's end, ms; the metric of that name is missing while the job is stopped. */
  lagMilliseconds: number;
  /** ms of the minute in which the job ran. */
  ranMs: number;
}

/** A minute of an application that isn't there. */
export const nothingProcessed: Readonly<ProcessResult> = {
  servingKpus: 0,
  kpus: 0,
  billedKpus: 0,
  capacity: 0,
  processed: 0,
  backlog: 0,
  lagMilliseconds: 0,
  ranMs: 0,
};

/** How much of what it could have done the job did: the model of its CPU. */
export function busyPercent({ processed, capacity }: ProcessResult): number {
  return capacity > 0 ? Math.min(100, (100 * processed) / capacity) : 0;
}
