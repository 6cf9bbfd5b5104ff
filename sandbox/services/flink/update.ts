import type { Shape } from "../../core/cloud";
import { carryOut, endOperation, enter, findApplication, log, requireStatus, startOperation, type FlinkAccount } from "./account";
import {
  currentKpus,
  kpusFor,
  parallelismOf,
  type Application,
  type ApplicationOperation,
  type ApplicationVersion,
} from "./application";
import { checkParallelism, updatedConfiguration } from "./configuration";
import type { JobRunner } from "./jobRunner";
import { applicationDetail } from "./describe";
import { jobOf, endJob } from "./work";
import { replaceVersion, requireCurrent, requireNoSnapshotUnderWay, takeAutomaticSnapshot } from "./versions";

export function restartSeconds(account: FlinkAccount, application: Application): number {
  return application.workload?.restartSeconds ?? account.settings.restartSeconds;
}

export function updateApplication(account: FlinkAccount, input: Shape): Shape {
  const application = findApplication(account, input);
  requireStatus(application, "UpdateApplication", ["RUNNING", "READY"]);
  requireCurrent(application, input);
  const configuration = updatedConfiguration(application.version.configuration, input.ApplicationConfigurationUpdate);
  checkParallelism(configuration, account.settings.kpuLimit);
  const restore = input.RunConfigurationUpdate?.ApplicationRestoreConfiguration;
  const operation = beginUpdate(account, application, "UpdateApplication", {
    configuration: {
      ...configuration,
      ...(input.RunConfigurationUpdate && { RunConfigurationDescription: runDescription(input.RunConfigurationUpdate) }),
    },
    runtime: input.RuntimeEnvironmentUpdate ?? application.version.runtime,
    role: input.ServiceExecutionRoleUpdate ?? application.version.role,
    dropsState: restore?.ApplicationRestoreType === "SKIP_RESTORE_FROM_SNAPSHOT",
  });
  for (const { CloudWatchLoggingOptionId: id, LogStreamARNUpdate: arn } of input.CloudWatchLoggingOptionUpdates ?? []) {
    const option = application.loggingOptions.find((o) => o.id === id);
    if (option && arn !== undefined) option.logStreamArn = arn;
  }
  return { ApplicationDetail: applicationDetail(application), OperationId: operation.id };
}

/** AllowNonRestoredState "resets to false if omitted". */
export const runDescription = (run: Shape): Shape => ({
  ApplicationRestoreConfigurationDescription: run.ApplicationRestoreConfiguration ?? {
    ApplicationRestoreType: "RESTORE_FROM_LATEST_SNAPSHOT",
  },
  FlinkRunConfigurationDescription: { AllowNonRestoredState: run.FlinkRunConfiguration?.AllowNonRestoredState ?? false },
});

export interface Change extends Pick<ApplicationVersion, "configuration" | "runtime" | "role"> {
  /** The job starts without state, so its maxParallelism is chosen anew. */
  dropsState?: boolean;
}

/** RUNNING -> UPDATING -> RUNNING with a restart of the job, or READY -> UPDATING -> READY. */
export function beginUpdate(account: FlinkAccount, application: Application, name: string, change: Change): ApplicationOperation {
  requireStatus(application, name, ["RUNNING", "READY"]);
  requireNoSnapshotUnderWay(application, name);
  const wasRunning = application.status === "RUNNING";
  const kpusBefore = currentKpus(application);
  const parallelismBefore = application.currentParallelism;
  const snapshot = wasRunning ? takeAutomaticSnapshot(account, application) : undefined;
  const before = replaceVersion(account, application, change);
  const operation = startOperation(account, application, name);
  Object.assign(operation, { versionFrom: before.id, versionTo: application.version.id });
  const parallelism = parallelismAfter(application, before);
  const kpus = kpusFor({ ...parallelismOf(change.configuration), parallelism });
  const seconds = wasRunning ? restartSeconds(account, application) : account.settings.updateStoppedSeconds;
  enter(account, application, "UPDATING", wasRunning ? Math.max(kpusBefore, kpus) : 0);
  log(
    account,
    application,
    "UpdateStarted",
    `${name} of ${application.name} started: ${kpusBefore} -> ${kpus} KPUs, ${seconds} s`,
    {
      operationId: operation.id,
      from: kpusBefore,
      to: kpus,
      seconds,
    },
  );
  const expected = wasRunning ? failure(account, application, parallelism, change.dropsState) : undefined;
  let stopped = false;
  const work = async (runner: JobRunner) => {
    if (!wasRunning) return;
    await endJob(runner, application, snapshot);
    stopped = true;
    const job = jobOf(application, application.version, parallelism);
    await runner.start(application.name, expected ? { ...job, snapshot: "ordered-to-fail" } : job);
  };
  carryOut(account, application, { seconds, operation, work }, (refused) => {
    const error = refused === undefined ? expected : { rollback: expected?.rollback ?? true, error: refused };
    if (error) return failUpdate(account, application, operation, before, { parallelism: parallelismBefore, stopped }, error);
    if (change.dropsState) application.maxParallelism = undefined;
    application.currentParallelism = parallelism;
    completeUpdate(account, application, operation, wasRunning, kpusBefore, kpus);
  });
  return operation;
}

/** The parallelism that runs after an update: autoscaling's stays unless the update sets one or switches it off. */
function parallelismAfter(application: Application, before: ApplicationVersion): number {
  const described = (v: ApplicationVersion) =>
    v.configuration.FlinkApplicationConfigurationDescription.ParallelismConfigurationDescription;
  const now = described(application.version);
  const old = described(before);
  const kept = now.AutoScalingEnabled && now.Parallelism === old.Parallelism && now.ParallelismPerKPU === old.ParallelismPerKPU;
  return kept ? Math.max(application.currentParallelism, now.Parallelism) : now.Parallelism;
}

/** Why the model's job won't start with this parallelism, or a fault that a test ordered. */
function failure(
  { settings }: FlinkAccount,
  application: Application,
  parallelism: number,
  dropsState = false,
): { error: string; rollback: boolean } | undefined {
  const ordered = application.faults.updates.shift();
  if (ordered) return ordered;
  const most = application.maxParallelism;
  if (settings.runner || dropsState || most === undefined || parallelism <= most) return undefined;
  return {
    error: `Vertex's parallelism (${parallelism}) is higher than the max parallelism (${most}). Cannot restore from the snapshot.`,
    rollback: true,
  };
}

function completeUpdate(
  account: FlinkAccount,
  application: Application,
  operation: ApplicationOperation,
  wasRunning: boolean,
  from: number,
  to: number,
): void {
  const { ledger } = application;
  ledger.updates++;
  if (wasRunning && from !== to) ledger.rescales++;
  application.jobFailedAt = undefined;
  enter(account, application, wasRunning ? "RUNNING" : "READY");
  endOperation(account, operation, "SUCCESSFUL");
  log(account, application, "UpdateCompleted", `${operation.name} of ${application.name} completed: ${to} KPUs`, {
    operationId: operation.id,
    from,
    to,
  });
}

/**
 * With system rollback the previous version is restored; "if the automatic rollback also fails", or without it, the application is
 * READY, that is stopped ("Enable system rollbacks for your Managed Service for Apache Flink application").
 */
function failUpdate(
  account: FlinkAccount,
  application: Application,
  operation: ApplicationOperation,
  before: ApplicationVersion,
  ran: { parallelism: number; stopped: boolean },
  { error, rollback }: { error: string; rollback: boolean },
): void {
  application.ledger.failedUpdates++;
  application.jobFailedAt = undefined;
  operation.error = error;
  endOperation(account, operation, "FAILED");
  const enabled = application.version.configuration.ApplicationSystemRollbackConfigurationDescription.RollbackEnabled;
  const detail = { operationId: operation.id, error, rollback: enabled };
  if (!enabled) {
    // A job whose savepoint failed runs on.
    void account.settings.runner?.stop(application.name);
    enter(account, application, "READY");
    log(account, application, "UpdateFailed", `${operation.name} of ${application.name} failed; it is stopped: ${error}`, detail);
    return;
  }
  log(account, application, "UpdateFailed", `${operation.name} of ${application.name} failed; rolling back: ${error}`, detail);
  const restored = beginRollback(account, application, before, ran, rollback);
  operation.rollbackOperationId = restored.id;
}

/**
 * ROLLING_BACK, then RUNNING on a new version with the old configuration (that it is a new version is undocumented).
 * @param ran with which parallelism, and whether that job was stopped: one whose savepoint failed runs on.
 */
export function beginRollback(
  account: FlinkAccount,
  application: Application,
  target: ApplicationVersion,
  { parallelism, stopped }: { parallelism: number; stopped: boolean },
  works = true,
): ApplicationOperation {
  const failed = application.version;
  const operation = startOperation(account, application, "RollbackApplication");
  const kpus = kpusFor({ ...parallelismOf(target.configuration), parallelism });
  application.rolledBackFrom = failed.id;
  application.rolledBackTo = target.id;
  enter(account, application, "ROLLING_BACK", Math.max(currentKpus(application), kpus));
  const work = async (runner: JobRunner) => {
    if (!stopped) return;
    await runner.stop(application.name);
    await runner.start(application.name, jobOf(application, target, parallelism));
  };
  carryOut(account, application, { seconds: restartSeconds(account, application), operation, work }, (error) => {
    if (!works || error !== undefined) {
      operation.error = error ?? "The previous version could not be restored.";
      endOperation(account, operation, "FAILED");
      enter(account, application, "READY");
      log(account, application, "RollbackFailed", `The rollback of ${application.name} failed; it is stopped.`);
      return;
    }
    const { configuration, runtime, role } = target;
    replaceVersion(account, application, { configuration, runtime, role });
    failed.status = "ROLLED_BACK";
    Object.assign(operation, { versionFrom: failed.id, versionTo: application.version.id });
    application.currentParallelism = parallelism;
    application.jobFailedAt = undefined;
    enter(account, application, "RUNNING");
    endOperation(account, operation, "SUCCESSFUL");
    log(account, application, "RollbackCompleted", `${application.name} runs version ${target.id} again: ${kpus} KPUs`, {
      to: kpus,
    });
  });
  return operation;
}
