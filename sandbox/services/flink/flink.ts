import type { Cloud, Operation, Service, Shape } from "../../core/cloud";
import { Phase, second } from "../../core/clock";
import { injectedFaults, type InjectedFaults } from "../kinesis/injectedFaults";
import { modelledInputs, validateInput } from "../kinesis/memberValidation";
import { requestRate } from "../kinesis/requestRate";
import { enter, findApplication, flinkError, log, type FlinkAccount } from "./account";
import { currentKpus, type Application, type ApplicationStatus, type FlinkWorkload } from "./application";
import { billingOf, resetBilling, type ApplicationBilling } from "./billing";
import { describeOperations } from "./describe";
import { inputs } from "./inputs";
import { lifecycleOperations } from "./lifecycle";
import { maintain } from "./maintenance";
import { flinkSettings, type FlinkOptions } from "./options";
import { processMinute } from "./processing";
import { nothingProcessed, type ProcessResult } from "./processResult";
import { flinkRequirements } from "./requirements";
import { snapshotOperations } from "./snapshots";
import { taggingOperations } from "./tagging";

export type { ApplicationStatus, FlinkWorkload } from "./application";
export type { ApplicationBilling } from "./billing";
export type { FlinkOptions, FlinkRead } from "./options";
export type { ProcessResult } from "./processResult";

/**
 * The service and what the workload, the report and tests need beside its operations. Methods throw ResourceNotFoundException;
 * an application that was deleted processes nothing, and has its bill.
 */
export interface Flink extends Service {
  readonly name: "kinesisanalytics";
  /** What one KPU processes, and which stream the application reads. Call it before `process`; calling again changes what is given. */
  configure(applicationName: string, workload: FlinkWorkload): void;
  /**
   * The minute [minuteStart, minuteStart + 60 s) with what the stream took in it. Call it in Phase.Traffic of the minute's end, after the
   * stream's `offer` and before changes complete. Publishes the application's metrics, and the stream's GetRecords.* through
   * the option `readStream`. `bytes`: default 500 a record.
   */
  process(applicationName: string, minuteStart: number, records: number, bytes?: number): ProcessResult;
  billing(applicationName: string): ApplicationBilling;
  resetBilling(applicationName: string): void;
  /** Jobs run for real: nothing of them is modelled. */
  readonly isReal: boolean;
  /** For the progress line and the page; undefined if there is no such application. */
  look(applicationName: string): ApplicationLook | undefined;
  /** The next `times` calls of the operation are refused with this error code. */
  failNext: InjectedFaults["failNext"];
  /** The next update that restarts the job is accepted and fails. `rollback` false: a system rollback fails too. */
  failNextUpdate(applicationName: string, options?: { rollback?: boolean; error?: string }): void;
  /** The job fails and, after `seconds`, runs again; without them it stays down until `resume`. Status stays RUNNING. */
  stop(applicationName: string, seconds?: number): void;
  resume(applicationName: string): void;
  /** MAINTENANCE for `seconds` (the option's default); false if the application isn't RUNNING. */
  maintain(applicationName: string, seconds?: number): boolean;
  /** Puts the application into any status, for tests of who reads it. Nothing completes by itself then. */
  setStatus(applicationName: string, status: ApplicationStatus): void;
}

interface ApplicationLook {
  status: ApplicationStatus;
  /** RUNNING with a job that failed and processes nothing. */
  jobDown: boolean;
  kpus: number;
  parallelism: number;
  backlog: number;
}

/** Amazon Managed Service for Apache Flink in virtual time: one account, one region. */
export function createFlink(cloud: Cloud, options: FlinkOptions = {}): Flink {
  const account: FlinkAccount = { cloud, settings: flinkSettings(options), applications: new Map(), deleted: new Map() };
  const faults = injectedFaults("kinesisanalytics");
  const table: Record<string, Operation> = {
    ...lifecycleOperations(account),
    ...describeOperations(account),
    ...snapshotOperations(account),
    ...taggingOperations(account),
  };
  const find = (name: string) => findApplication(account, { ApplicationName: name });
  const findEver = (name: string) => account.deleted.get(name) ?? find(name);
  return {
    name: "kinesisanalytics",
    operations: guarded(account, table, faults),
    inputs: modelledInputs(inputs),
    requirements: (operation, input) => flinkRequirements(account, operation, input),
    configure: (name, workload) => configure(find(name), workload),
    process: (name, minuteStart, records, bytes = 500 * records) =>
      account.deleted.has(name) ? nothingProcessed : processMinute(account, find(name), minuteStart, records, bytes),
    isReal: options.runner !== undefined,
    billing: (name) => billingOf(account, findEver(name)),
    resetBilling: (name) => resetBilling(account, findEver(name)),
    look: (name) => {
      const application = account.applications.get(name);
      if (!application) return undefined;
      const { status, currentParallelism, backlog } = application;
      const jobDown = application.jobFailedAt !== undefined;
      return { status, jobDown, kpus: currentKpus(application), parallelism: currentParallelism, backlog: backlog.total() };
    },
    failNext: faults.failNext,
    failNextUpdate: (name, { rollback = true, error = "The job failed to start." } = {}) => {
      find(name).faults.updates.push({ rollback, error });
    },
    stop: (name, seconds) => stopJob(account, find(name), seconds),
    resume: (name) => resumeJob(account, find(name)),
    maintain: (name, seconds = account.settings.maintenanceSeconds) => maintain(account, find(name), seconds),
    setStatus: (name, status) => {
      const application = find(name);
      application.pending?.cancel();
      application.pending = undefined;
      enter(account, application, status);
    },
  };
}

function configure(application: Application, workload: FlinkWorkload): void {
  if (!(workload.recordsPerKpuPerMinute > 0)) {
    throw new Error(`recordsPerKpuPerMinute must be a number above 0, got ${workload.recordsPerKpuPerMinute}.`);
  }
  application.workload = { ...application.workload, ...workload };
  if (workload.maxParallelism !== undefined && application.everStarted) application.maxParallelism = workload.maxParallelism;
}

function stopJob(account: FlinkAccount, application: Application, seconds?: number): void {
  const { clock } = account.cloud;
  if (application.status !== "RUNNING" || application.jobFailedAt !== undefined) return;
  application.jobFailedAt = clock.now();
  application.job.failedCheckpoints++;
  enter(account, application, "RUNNING");
  log(account, application, "JobFailed", `The job of ${application.name} failed`, { seconds });
  const failedAt = application.jobFailedAt;
  if (seconds === undefined) return;
  clock.at(clock.now() + seconds * second, Phase.Complete, () => {
    if (application.jobFailedAt === failedAt) resumeJob(account, application);
  });
}

function resumeJob(account: FlinkAccount, application: Application): void {
  if (application.status !== "RUNNING" || application.jobFailedAt === undefined) return;
  application.jobFailedAt = undefined;
  application.job.restarts++;
  enter(account, application, "RUNNING");
  log(account, application, "JobRestarted", `The job of ${application.name} runs again`);
}

/** Every call: injected fault, constraints of the model, request rate, then the operation. */
function guarded(account: FlinkAccount, table: Record<string, Operation>, faults: InjectedFaults): Record<string, Operation> {
  const { cloud, settings } = account;
  const rate = requestRate(() => cloud.clock.rateTime(), settings.rateWindowSeconds);
  const guard = (operation: string, input: Shape) => {
    faults.check(operation);
    validateInput("kinesisanalytics", input, inputs[operation]!);
    const tps = settings.rates[operation];
    if (tps === undefined || rate.admit(operation, tps)) return;
    throw flinkError("ThrottlingException", "Rate exceeded");
  };
  const wrap =
    (operation: string, run: Operation): Operation =>
    (input, caller) => {
      try {
        guard(operation, input);
        return run(input, caller);
      } catch (error) {
        const application = account.applications.get(input?.ApplicationName);
        if (operation === "UpdateApplication" && application) application.ledger.rejectedUpdates++;
        throw error;
      }
    };
  return Object.fromEntries(Object.entries(table).map(([operation, run]) => [operation, wrap(operation, run)]));
}
