import type {
  Action,
  Capacity,
  ChangeCall,
  DesiredRecord,
  DimensionConfig,
  DimensionState,
  FlinkConfig,
  StreamConfig,
} from "../types";

export type StreamStatus = "CREATING" | "DELETING" | "ACTIVE" | "UPDATING" | "MISSING";

export type ApplicationStatus =
  | "READY"
  | "STARTING"
  | "RUNNING"
  | "UPDATING"
  | "AUTOSCALING"
  | "STOPPING"
  | "FORCE_STOPPING"
  | "ROLLING_BACK"
  | "ROLLED_BACK"
  | "MAINTENANCE"
  | "DELETING"
  | "MISSING";

/** What was seen of a stream. MISSING: ResourceNotFoundException. */
export interface StreamSight {
  status: StreamStatus;
  /** Open shards. */
  shards: Capacity;
  onDemand: boolean;
}

/** What was seen of an application. */
export interface FlinkSight {
  status: ApplicationStatus;
  /** ceil(parallelism / parallelismPerKpu), the orchestration KPU not counted. */
  kpus: Capacity;
  parallelismPerKpu: number;
  version: number;
  /** When it was created, ms. */
  created: number;
  token: string;
  /** The operation of an update of ours that may have ended; at the first look, the newest update's, whoever's it is. */
  operation?: OperationSight;
}

/** NONE: the application has no such operation. UNKNOWN: the service couldn't say. */
export interface OperationSight {
  status: "IN_PROGRESS" | "CANCELLED" | "SUCCESSFUL" | "FAILED" | "NONE" | "UNKNOWN";
  error?: string;
  /** When it ended, ms. Only at the first look. */
  ended?: number;
}

/** What a dimension's parameters hold. */
export interface StoredValues {
  id: string;
  /** What PATCH accepted last. */
  record?: DesiredRecord;
  /** Identity of the `desired` parameter's value (desiredKey). */
  key: string;
  state: DimensionState;
}

/** How a dimension stands at a time, by its parameters alone. Its state is without what has passed. */
export interface Standing extends StoredValues {
  now: number;
  /** `record`, where no run looked at it in time: it counts no more. */
  overdue?: DesiredRecord;
  /** What was asked for last, or the minute run's answer to it. Undefined: nothing that counts. */
  asked?: Capacity;
  /** `asked`, or else what was last there, within the bounds. Undefined: nothing has ever been seen. */
  desired?: Capacity;
}

export interface StreamLook extends Standing {
  kind: "stream";
  config: StreamConfig;
  sight: StreamSight;
}

export interface FlinkLook extends Standing {
  kind: "flink";
  config: FlinkConfig;
  sight: FlinkSight;
}

/** The service couldn't be looked at: throttled, denied, timed out. */
export interface UnseenLook extends Standing {
  kind: "unseen";
  config: DimensionConfig;
  error: string;
}

/** Everything the decision about one dimension reads. */
export type Look = StreamLook | FlinkLook | UnseenLook;

/** What a dimension would begin if it gets the pipeline's turn. */
export interface Wish {
  call: "UpdateShardCount" | "plan" | "UpdateApplication";
  from: Capacity;
  to: Capacity;
  direction: "out" | "in";
}

export interface Note {
  action: Action;
  /** One sentence for people. */
  reason: string;
}

/** What was decided about one dimension. A value: who decides more gives another one. */
export interface Verdict {
  look: Look;
  /** What is to be stored. */
  state: DimensionState;
  /** Unknown while it can't be seen, and where it isn't there. */
  actual?: Capacity;
  /** The look's, or what this run put in its place. */
  desired?: Capacity;
  /** Why nothing of this pipeline may begin while this dimension is as it is. */
  busy?: string;
  /** Why this dimension can't begin although it should. */
  obstacle?: string;
  wish?: Wish;
  /** The call that was accepted in this run, and the capacity that it goes to. */
  began?: { call: ChangeCall; target: Capacity };
  /** In observe mode: the change that is told in this run, and whether act mode would begin it. */
  would?: { call: ChangeCall; from: Capacity; target: Capacity; begins: boolean };
  notes: Note[];
  failedUpdates: number;
}

/** A service at rest: its capacity is known. */
export interface AtRest extends Verdict {
  actual: Capacity;
}

/** At rest, and what is desired is known too. */
export interface Resolved extends AtRest {
  desired: Capacity;
}

/** The newest lag and the minute it is of. */
export interface Lag {
  milliseconds: number;
  at: number;
}
