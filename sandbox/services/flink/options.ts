import type { JobRunner } from "./jobRunner";

/** How the model of Managed Service for Apache Flink behaves. */
export interface FlinkOptions {
  /** Seconds that a restart (update, rollback, autoscaling) stops the job, unless set per application. Default 60. */
  restartSeconds?: number;
  /** The first starts that end FAILED, as those of a job whose code is wrong. Default 0. */
  failingStarts?: number;
  /** Seconds StartApplication takes. Default 60; 0: RUNNING at once. */
  startSeconds?: number;
  /** Seconds StopApplication takes, snapshot included. Default 30. */
  stopSeconds?: number;
  /** Seconds StopApplication with Force takes. Default 10. */
  forceStopSeconds?: number;
  /** Seconds an update of a stopped application takes. Default 5. */
  updateStoppedSeconds?: number;
  /** Seconds CreateApplicationSnapshot and DeleteApplicationSnapshot take. Default 10. */
  snapshotSeconds?: number;
  /** Default 10. */
  deleteSeconds?: number;
  /** Seconds of a maintenance ("10 to 30 seconds"). Default 30. */
  maintenanceSeconds?: number;
  /** Days between maintenances, each at the start of the application's window. Default 0: none. */
  maintenanceEveryDays?: number;
  /** KPUs per application. Default 64. */
  kpuLimit?: number;
  /** Applications per account and region. Default 100. */
  applicationLimit?: number;
  /** Calls per second by operation; none is documented. Default: none is limited. */
  rates?: Readonly<Record<string, number>>;
  /** See requestRate. Default 50. */
  rateWindowSeconds?: number;
  /** Where a consumer's reads are published: pass the Kinesis model's `read`. Without it there are no GetRecords metrics. */
  readStream?: (streamName: string, minuteStart: number, read: FlinkRead) => void;
  /** Runs the jobs for real; the seconds above don't count then. Default: nobody, jobs are modelled. */
  runner?: JobRunner;
}

export interface FlinkRead {
  records: number;
  bytes: number;
  iteratorAgeMilliseconds: number;
  consumerName?: string;
}

type Given = "readStream" | "runner";
export type FlinkSettings = Required<Omit<FlinkOptions, Given>> & Pick<FlinkOptions, Given>;

export function flinkSettings(options: FlinkOptions): FlinkSettings {
  return {
    restartSeconds: 60,
    failingStarts: 0,
    startSeconds: 60,
    stopSeconds: 30,
    forceStopSeconds: 10,
    updateStoppedSeconds: 5,
    snapshotSeconds: 10,
    deleteSeconds: 10,
    maintenanceSeconds: 30,
    maintenanceEveryDays: 0,
    kpuLimit: 64,
    applicationLimit: 100,
    rates: {},
    rateWindowSeconds: 50,
    ...options,
  };
}
