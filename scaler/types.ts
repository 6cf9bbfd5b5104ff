/** What the scaler stores and answers. Plain data only: these shapes travel through SSM and through the serialised Lambda. */

/** A capacity: shards of a stream or KPUs of an application (the orchestration KPU not counted). */
export type Capacity = number;

/** `act` changes the services; `observe` decides, logs and publishes, and changes nothing. */
export type Mode = "act" | "observe";

interface CommonConfig {
  /** Name of the stream or of the application. */
  name: string;
  /** Dimensions of one pipeline take turns: at most one change is begun per pipeline and run. */
  pipeline: string;
  min: Capacity;
  max: Capacity;
  mode: Mode;
  /** What the program created it with: answered by the API until the first minute run has looked. Default: `min`. */
  initial?: Capacity;
}

export interface StreamConfig extends CommonConfig {
  kind: "stream";
  /** UpdateShardCount calls that AWS allows in a rolling 24 hours. Default 10 (raised by AWS on request). */
  updatesPerDay: number;
}

export interface FlinkConfig extends CommonConfig {
  kind: "flink";
  parallelismPerKpu: number;
  /** Flink's maxParallelism: parallelism can't exceed it without dropping state. */
  maxParallelism: number;
  /** The Kinesis connector is older than 5.1.0 (FLINK-37627): after a reshard wait until its parents are drained. */
  drainAfterReshard: boolean;
  /** Interval between checkpoints in seconds, used with `drainAfterReshard`. */
  checkpointIntervalSeconds: number;
  /** Where the lag (milliseconds, the Maximum counts) is read when it decides about a turn. Without it the lag is unknown. */
  lag?: LagMetric;
  /** Beyond this lag the application may rescale between two calls of a stream's split-and-merge plan. */
  lagLimitSeconds?: number;
  /** The program created it: the minute run starts it when it has never run. */
  start?: boolean;
}

/** A CloudWatch metric in milliseconds; -1 means "not reported yet". */
export interface LagMetric {
  namespace: string;
  metricName: string;
  dimensions: Record<string, string>;
}

/** The `config` parameter: Pulumi writes it, the scaler reads it. */
export type DimensionConfig = StreamConfig | FlinkConfig;

/** The `desired` parameter: written by PATCH alone. `at` is the request's time, ms since the epoch. */
export interface DesiredRecord {
  desired: Capacity;
  at: number;
}

export type ScalingStatus = "Pending" | "InProgress" | "Successful" | "Failed";

/** Body of GET and PATCH answers (aws-auto-scaling-custom-resource contract). Capacities are doubles. */
export interface DimensionAnswer {
  actualCapacity: number;
  desiredCapacity: number;
  scalableTargetDimensionId: string;
  scalingStatus: ScalingStatus;
  version: string;
  resourceName: string;
  dimensionName: string;
  failureReason?: string;
}

/** Service calls that change capacity. */
export type ChangeCall = "UpdateShardCount" | "SplitShard" | "MergeShards" | "UpdateApplication";

/** A change of ours. Stored before it is called, so that a crash between any two calls loses nothing. */
export interface Change {
  call: ChangeCall;
  from: Capacity;
  to: Capacity;
  /** Time of the run that began it, ms. */
  at: number;
  /** The service accepted it. False: about to be called, or the answer never came; what happened is read off the service. */
  sent: boolean;
  /** The stream was seen UPDATING since: it began, whatever the answer was. */
  begun?: boolean;
  /** Managed Flink's operation, once known. */
  operationId?: string;
  /** The application's version before the update. */
  version?: number;
}

/** What the minute run put in the place of an accepted desired: it gave up, or adopted what another hand had set. */
export interface Settled {
  desired: Capacity;
  /** The `desired` parameter that it answers (desiredKey): a newer PATCH has another key and wins. */
  of: string;
  at: number;
  reason: string;
  failed: boolean;
}

/** After a failed update the same or more (in its direction) is refused without a call until `until`. */
export interface Backoff {
  to: Capacity;
  /** 10, 20, 40, at most 60. */
  minutes: number;
  until: number;
  reason: string;
}

/** Attempts to start an application that has never run: its version as last seen, how many, and when the next one may be made. */
export interface Start {
  version: number;
  at: number;
  count: number;
  next: number;
  /** Why the last one failed; undefined until that is known. */
  reason?: string;
}

/** The `state` parameter: written by the minute run alone, only when it changes. Times are ms since the epoch. */
export interface DimensionState {
  /** Capacity seen when the service last was at rest. */
  actual?: Capacity;
  /** The `desired` parameter (desiredKey) that a run has looked at last. */
  seen?: string;
  settled?: Settled;
  change?: Change;
  /** Since when actual has differed from desired. */
  pendingSince?: number;
  /** Why the desired of this key can't begin, and since when. */
  blocked?: { of: string; since: number; reason: string };
  /** Calls that began nothing, since when, and when the next one may be made. */
  attempts?: { since: number; count: number; next: number };
  /** UpdateShardCount calls of the last 24 h, ours and others': [minute since the epoch, shards before]. */
  updates?: [number, number][];
  /** UpdateShardCount was refused for the daily limit. */
  refusedAt?: number;
  /** The second road is under way: SplitShard and MergeShards from `from` equal shards towards `to` equal ones. */
  plan?: { from: Capacity; to: Capacity; since: number };
  backoff?: { out?: Backoff; in?: Backoff };
  /** After an update that failed the application isn't restarted before, whatever is asked for. */
  restUntil?: number;
  /** When what another hand had lowered was put back. */
  putBackAt?: number;
  /** When the stream was first seen at rest after a reshard. */
  reshardedAt?: number;
  /** Since when the service has been busy with something that isn't ours, or may not be. */
  foreignSince?: number;
  /** Since when the service couldn't be looked at. */
  unseenSince?: number;
  /** The stream or application is deleted or being deleted: why nothing works. */
  gone?: string;
  /** When the application that has run was created, ms: who stopped that one meant it; one that is made anew has never run. */
  ran?: number;
  start?: Start;
  /** In observe mode: the capacity that was told last as what act mode would go to; undefined where it is what is there. */
  noted?: Capacity;
  /** A run is about to begin a change of this pipeline (kept in the pipeline's first dimension). */
  turn?: { id: string; at: number };
}

/** Words for the decision log. */
export type Action =
  | "accept"
  | "keep"
  | "refuse"
  | "begin"
  | "start"
  | "wait"
  | "blocked"
  | "done"
  | "adopt"
  | "bound"
  | "putBack"
  | "giveUp"
  | "failed"
  | "gone"
  | "observe";
