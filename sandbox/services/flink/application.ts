import type { Shape } from "../../core/cloud";
import type { Backlog } from "./backlog";

export const applicationStatuses = [
  "DELETING",
  "STARTING",
  "STOPPING",
  "READY",
  "RUNNING",
  "UPDATING",
  "AUTOSCALING",
  "FORCE_STOPPING",
  "ROLLING_BACK",
  "MAINTENANCE",
  "ROLLED_BACK",
] as const;
export type ApplicationStatus = (typeof applicationStatuses)[number];

/** One entry of ListApplicationOperations. */
export interface ApplicationOperation {
  id: string;
  name: string;
  status: "IN_PROGRESS" | "CANCELLED" | "SUCCESSFUL" | "FAILED";
  startedAt: number;
  endedAt?: number;
  versionFrom?: number;
  versionTo?: number;
  rollbackOperationId?: string;
  error?: string;
}

export interface Snapshot {
  name: string;
  status: "CREATING" | "READY" | "DELETING" | "FAILED";
  versionId: number;
  createdAt: number;
  runtime: string;
}

/** A configuration that was in force; a new update makes a new one, none is changed in place. */
export interface ApplicationVersion {
  id: number;
  createdAt: number;
  /** Status when the version was replaced; the current version has the application's. */
  status: ApplicationStatus;
  configuration: Shape;
  runtime: string;
  role: string;
}

/** What serves from a time on: KPUs that process, KPUs that are billed (the orchestration KPU not counted). */
export interface Service {
  from: number;
  kpus: number;
  billedKpus: number;
}

/** What the workload needs to know of an application beside its AWS configuration. */
export interface FlinkWorkload {
  /** Records that one KPU processes in a minute. */
  recordsPerKpuPerMinute: number;
  /** Stream that the application reads; its metrics carry this name. */
  streamName?: string;
  /** Seconds that a restart stops the job. Default: the model's option. */
  restartSeconds?: number;
  /** Flink's maxParallelism. Default: as Flink derives it from the parallelism of the first start, at least 128. */
  maxParallelism?: number;
  /** Hours after which the stream drops unread records. Default 24. */
  retentionHours?: number;
  /** Name of the enhanced fan-out consumer, if the application is one. */
  consumerName?: string;
  /** Records out per record in (modelled). Default 1. */
  outputRatio?: number;
}

export interface Ledger {
  at: number;
  kpuMs: number;
  billedMs: number;
  peakKpus: number;
  rescales: number;
  updates: number;
  failedUpdates: number;
  rejectedUpdates: number;
  processedRecords: number;
  expiredRecords: number;
}

export interface Application {
  name: string;
  arn: string;
  description: string;
  mode: string;
  createdAt: number;
  updatedAt: number;
  status: ApplicationStatus;
  conditionalToken: string;
  version: ApplicationVersion;
  /** Older versions, newest last; the oldest are dropped. */
  versions: ApplicationVersion[];
  updatedFrom?: number;
  rolledBackFrom?: number;
  rolledBackTo?: number;
  /** Parallelism that runs, or ran last: CurrentParallelism. */
  currentParallelism: number;
  /** Fixed when state is first made; undefined before the first start. */
  maxParallelism?: number;
  loggingOptions: { id: string; logStreamArn: string }[];
  tags: Map<string, string>;
  maintenanceWindowStart: string;
  operations: ApplicationOperation[];
  snapshots: Snapshot[];
  /** Ids given so far: operations, snapshots, logging options. */
  ids: number;
  /** The change that is under way; cancelled by a forced stop. */
  pending?: { operation?: ApplicationOperation; cancel: () => void };
  workload?: FlinkWorkload;
  backlog: Backlog;
  /** The application was started at least once: what arrives from then on is to be read. */
  everStarted: boolean;
  /** StartApplication calls that began. */
  starts: number;
  /** What served when; kept for the minutes that are still to be accounted. */
  served: Service[];
  /** The job failed and is not running although the application's status is RUNNING. */
  jobFailedAt?: number;
  job: JobFigures;
  faults: { updates: { rollback: boolean; error: string }[] };
  autoscaling: { highPoints: number; lowPoints: number };
  ledger: Ledger;
}

/** Figures of the running job that its metrics report. */
export interface JobFigures {
  runningSince?: number;
  restarts: number;
  failedCheckpoints: number;
  gcCount: number;
  gcTimeMs: number;
}

export interface Parallelism {
  parallelism: number;
  perKpu: number;
}

export function parallelismOf(configuration: Shape): Parallelism {
  const described = configuration.FlinkApplicationConfigurationDescription.ParallelismConfigurationDescription;
  return { parallelism: described.Parallelism, perKpu: described.ParallelismPerKPU };
}

/** "Allocated KPUs = Parallelism / ParallelismPerKPU", rounded up. */
export function kpusFor({ parallelism, perKpu }: Parallelism): number {
  return Math.ceil(parallelism / perKpu);
}

/** KPUs of the configuration in force at the parallelism that runs. */
export function currentKpus(application: Application): number {
  const { perKpu } = parallelismOf(application.version.configuration);
  return kpusFor({ parallelism: application.currentParallelism, perKpu });
}

/** Flink's default (FLINK-13707): min(max(next power of two of 1.5 * parallelism, 128), 32768). */
export function defaultMaxParallelism(parallelism: number): number {
  const power = 2 ** Math.ceil(Math.log2(parallelism + Math.floor(parallelism / 2)));
  return Math.min(Math.max(power, 128), 32_768);
}
