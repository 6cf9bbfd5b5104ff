import type { Workload } from "./workload";

/** A stream's minutes, by index: what CloudWatch has of them, and the shards. Counts of records. */
export interface StreamMinutes {
  /** First attempts. No metric shows them. */
  offered: Float64Array;
  /** IncomingRecords. */
  accepted: Float64Array;
  /** WriteProvisionedThroughputExceeded: first and second attempts that were refused. */
  refused: Float64Array;
  /** Refused twice. No metric shows them. */
  lost: Float64Array;
  /** Open shards, averaged over the minute. */
  shards: Float64Array;
}

/** An application's minutes, by index. Counts of records. */
export interface ApplicationMinutes {
  arrived: Float64Array;
  processed: Float64Array;
  /** Share of what the KPUs that ran could have done, 0 to 1: CPU and busy time. NaN while the job is stopped. */
  busy: Float64Array;
  /** Unread records at the minute's end. */
  backlog: Float64Array;
  /** Age of the oldest unread record at the minute's end, seconds. The metric is missing where `busy` is NaN. */
  lagSeconds: Float64Array;
  /** KPUs that the application has; in a restart those that it had. */
  kpus: Float64Array;
}

/** What a policy can know when it decides, at the end of `tick`. One object serves a whole run. */
export interface View {
  /** The minute that has just run; its metrics aren't there yet. */
  tick: number;
  /** The last minute whose metrics are there: `tick` - 1. What is later in the arrays is not to be read. */
  minute: number;
  /** Shards or KPUs that are there now, as a Describe call tells. */
  count: number;
  /** UPDATING. */
  updating: boolean;
}

export interface StreamView extends View {
  minutes: StreamMinutes;
}

export interface ApplicationView extends View {
  minutes: ApplicationMinutes;
}

/** A policy of one dimension; it may keep a state of its own, so each run makes a new one. */
export interface DimensionPolicy<V extends View> {
  /** Where the run starts; undefined: at 70 % utilisation. */
  initial?: number;
  /**
   * At the end of each tick: how many shards or KPUs to ask for; undefined or what is there: nothing. What it asks for begins in
   * the next tick, if AWS doesn't refuse it, and serves as soon as AWS is done.
   */
  decide(view: V): number | undefined;
}

export interface StreamPolicy extends DimensionPolicy<StreamView> {
  /**
   * How the count changes. `update`: UpdateShardCount. `splits`: that, and where it refuses single splits and merges. `free`: no call
   * is needed, and what it asks for serves the next tick.
   */
  by?: "update" | "splits" | "free";
  /** On-demand is paid by what goes through. */
  onDemand?: "standard" | "advantage";
}

export interface ApplicationPolicy extends DimensionPolicy<ApplicationView> {
  /** `free`: no restart, and what it asks for serves the next tick. */
  by?: "update" | "free";
}

/** A dimension that is missing is left alone and has no limit. */
export interface Policy {
  name: string;
  stream?(workload: Workload): StreamPolicy;
  application?(workload: Workload): ApplicationPolicy;
}
