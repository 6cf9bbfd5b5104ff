/** One minute of the run, as terminal, page and reports see it. Records are counts of the minute. */
export interface MinuteRecord {
  /** Start of the minute, ms since the epoch. */
  time: number;
  /** Mean records/s that producers wanted to send for the first time. */
  demand: number;
  /** First attempts. */
  offered: number;
  /** Second attempts: what waited since the minute before; they go before the first attempts. */
  retried: number;
  accepted: number;
  /** First attempts that were refused. */
  throttled: number;
  /** Records refused twice, or in the hands of a producer that died. */
  lost: number;
  /** Records that wait for their second attempt at the end of the minute. */
  waiting: number;
  /** The stream, unless the run has none. */
  stream?: {
    /** Open shards that served. */
    shards: number;
    /** Shards asked for. */
    desired?: number;
    /** In observe mode: nothing comes of it. */
    observed?: boolean;
    /** First and second attempts, in percent of what the shards take. */
    utilisation: number;
  };
  /** The application, unless the run has none. */
  flink?: {
    /** KPUs, the orchestration KPU not counted. */
    kpus: number;
    /** KPUs that are billed, the orchestration KPU not counted: the larger of old and new during a restart. */
    billedKpus: number;
    /** KPUs asked for. */
    desired?: number;
    /** In observe mode: nothing comes of it. */
    observed?: boolean;
    /** What the stream accepted, in percent of what the KPUs process. */
    utilisation: number;
    /** Age of the oldest unread record at the minute's end, in seconds. */
    lagSeconds: number;
    /** Unread records. */
    backlog: number;
  };
}
