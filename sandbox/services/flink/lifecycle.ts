import type { Operation, Shape } from "../../core/cloud";
import {
  applicationArn,
  carryOut,
  endOperation,
  enter,
  findApplication,
  flinkError,
  log,
  newToken,
  requireStatus,
  startOperation,
  type FlinkAccount,
} from "./account";
import { defaultMaxParallelism, parallelismOf, type Application, type ApplicationOperation } from "./application";
import { emptyBacklog } from "./backlog";
import { emptyLedger } from "./billing";
import { checkParallelism, describeConfiguration, describeVpc } from "./configuration";
import { applicationDetail, findSnapshot, loggingOptionShapes, maintenanceShape } from "./describe";
import type { JobRunner } from "./jobRunner";
import { scheduleMaintenance } from "./maintenance";
import { beginRollback, beginUpdate, runDescription, updateApplication } from "./update";
import { requireCurrent, takeAutomaticSnapshot } from "./versions";
import { jobOf, endJob } from "./work";

/** Operations that create, start, change, stop and delete applications. */
export function lifecycleOperations(account: FlinkAccount): Record<string, Operation> {
  return {
    CreateApplication: (input) => createApplication(account, input),
    StartApplication: (input) => startApplication(account, input),
    UpdateApplication: (input) => updateApplication(account, input),
    StopApplication: (input) => stopApplication(account, input),
    DeleteApplication: (input) => deleteApplication(account, input),
    RollbackApplication: (input) => rollbackApplication(account, input),
    AddApplicationCloudWatchLoggingOption: (input) => addLoggingOption(account, input),
    DeleteApplicationCloudWatchLoggingOption: (input) => deleteLoggingOption(account, input),
    AddApplicationVpcConfiguration: (input) => addVpc(account, input),
    DeleteApplicationVpcConfiguration: (input) => deleteVpc(account, input),
    UpdateApplicationMaintenanceConfiguration: (input) => updateMaintenance(account, input),
  };
}

function createApplication(account: FlinkAccount, input: Shape): Shape {
  const { cloud, settings, applications } = account;
  const name: string = input.ApplicationName;
  if (applications.has(name)) {
    throw flinkError("ResourceInUseException", `Application ${name} under account ${cloud.account} already exists.`);
  }
  if (applications.size >= settings.applicationLimit) {
    throw flinkError("LimitExceededException", `The limit of ${settings.applicationLimit} applications is reached.`);
  }
  if (!input.RuntimeEnvironment.startsWith("FLINK-")) {
    throw flinkError("UnsupportedOperationException", `RuntimeEnvironment ${input.RuntimeEnvironment} is not supported here.`);
  }
  if ((input.Tags ?? []).length > 50) throw flinkError("TooManyTagsException", "An application can have 50 tags at most.");
  const configuration = describeConfiguration(input.ApplicationConfiguration ?? {});
  checkParallelism(configuration, settings.kpuLimit);
  const application = newApplication(account, input, configuration);
  applications.set(name, application);
  account.deleted.delete(name);
  scheduleMaintenance(account, application);
  return { ApplicationDetail: applicationDetail(application) };
}

function newApplication(account: FlinkAccount, input: Shape, configuration: Shape): Application {
  const { cloud } = account;
  const now = cloud.clock.now();
  const name: string = input.ApplicationName;
  const before = account.deleted.get(name);
  const options: Shape[] = input.CloudWatchLoggingOptions ?? [];
  return {
    name,
    arn: applicationArn(cloud, name),
    description: input.ApplicationDescription ?? "",
    mode: input.ApplicationMode ?? "STREAMING",
    createdAt: now,
    updatedAt: now,
    status: "READY",
    conditionalToken: newToken(account, { name }, 0),
    version: {
      id: 1,
      createdAt: now,
      status: "READY",
      configuration,
      runtime: input.RuntimeEnvironment,
      role: input.ServiceExecutionRole,
    },
    versions: [],
    currentParallelism: parallelismOf(configuration).parallelism,
    loggingOptions: options.map((option, i) => ({ id: `${i + 1}.1`, logStreamArn: option.LogStreamARN })),
    tags: new Map((input.Tags ?? []).map((tag: Shape) => [tag.Key, tag.Value ?? ""])),
    // us-east-1 has 03:00 to 11:00 UTC; each region has a window of its own.
    maintenanceWindowStart: "03:00",
    operations: [],
    snapshots: [],
    ids: options.length,
    backlog: emptyBacklog(),
    everStarted: false,
    starts: 0,
    served: [{ from: now, kpus: 0, billedKpus: 0 }],
    job: { restarts: 0, failedCheckpoints: 0, gcCount: 0, gcTimeMs: 0 },
    faults: { updates: [] },
    autoscaling: { highPoints: 0, lowPoints: 0 },
    ledger: before?.ledger ?? emptyLedger(now),
    workload: before?.workload,
  };
}

function startApplication(account: FlinkAccount, input: Shape): Shape {
  const application = findApplication(account, input);
  requireStatus(application, "StartApplication", ["READY"]);
  const restore = input.RunConfiguration?.ApplicationRestoreConfiguration;
  if (restore?.ApplicationRestoreType === "RESTORE_FROM_CUSTOM_SNAPSHOT") findSnapshot(application, restore.SnapshotName);
  const { version } = application;
  const { RunConfigurationDescription: _before, ...configuration } = version.configuration;
  version.configuration = { RunConfigurationDescription: runDescription(input.RunConfiguration ?? {}), ...configuration };
  const { parallelism } = parallelismOf(version.configuration);
  if (restore?.ApplicationRestoreType === "SKIP_RESTORE_FROM_SNAPSHOT") application.maxParallelism = undefined;
  const operation = startOperation(account, application, "StartApplication");
  application.everStarted = true;
  application.currentParallelism = parallelism;
  enter(account, application, "STARTING");
  log(account, application, "StartStarted", `StartApplication of ${application.name} started`, { operationId: operation.id });
  const fails = application.starts++ < account.settings.failingStarts;
  const work = (runner: JobRunner) => runner.start(application.name, jobOf(application, version));
  carryOut(account, application, { seconds: account.settings.startSeconds, operation, work }, (refused) => {
    const most = application.maxParallelism ?? application.workload?.maxParallelism;
    const tooMany =
      most !== undefined && parallelism > most && `The job's parallelism ${parallelism} exceeds its maxParallelism ${most}.`;
    const error = refused ?? ((fails && "The job failed to start: its main method threw an exception.") || tooMany);
    if (error) {
      operation.error = error;
      endOperation(account, operation, "FAILED");
      enter(account, application, "READY");
      log(account, application, "StartFailed", `StartApplication of ${application.name} failed: ${operation.error}`);
      return;
    }
    application.maxParallelism = most ?? defaultMaxParallelism(parallelism);
    enter(account, application, "RUNNING");
    endOperation(account, operation, "SUCCESSFUL");
    log(account, application, "StartCompleted", `${application.name} is running`);
  });
  return { OperationId: operation.id };
}

function stopApplication(account: FlinkAccount, input: Shape): Shape {
  const application = findApplication(account, input);
  const force = input.Force === true;
  // "The application must be in the STARTING, UPDATING, STOPPING, AUTOSCALING, or RUNNING status" to be stopped by force.
  requireStatus(
    application,
    "StopApplication",
    force ? ["STARTING", "UPDATING", "STOPPING", "AUTOSCALING", "RUNNING"] : ["RUNNING"],
  );
  if (application.pending) {
    application.pending.cancel();
    endOperation(account, application.pending.operation, "CANCELLED");
    application.pending = undefined;
  }
  const snapshot = force ? undefined : takeAutomaticSnapshot(account, application);
  const operation = startOperation(account, application, "StopApplication");
  enter(account, application, force ? "FORCE_STOPPING" : "STOPPING");
  const seconds = force ? account.settings.forceStopSeconds : account.settings.stopSeconds;
  const work = (runner: JobRunner) => endJob(runner, application, snapshot);
  carryOut(account, application, { seconds, operation, work }, (error) => {
    if (error !== undefined) return failStop(account, application, operation, error);
    application.jobFailedAt = undefined;
    enter(account, application, "READY");
    endOperation(account, operation, "SUCCESSFUL");
    log(account, application, "StopCompleted", `${application.name} is stopped`);
  });
  return { OperationId: operation.id };
}

/** A job whose savepoint failed runs on. */
function failStop(account: FlinkAccount, application: Application, operation: ApplicationOperation, error: string): void {
  operation.error = error;
  endOperation(account, operation, "FAILED");
  enter(account, application, "RUNNING");
  log(account, application, "StopFailed", `StopApplication of ${application.name} failed: ${error}`);
}

function deleteApplication(account: FlinkAccount, input: Shape): Shape {
  const application = findApplication(account, input);
  const given = input.CreateTimestamp instanceof Date ? input.CreateTimestamp.getTime() : input.CreateTimestamp * 1_000;
  // The wire carries seconds with milliseconds as a fraction; clients may round them off.
  if (Math.abs(given - application.createdAt) >= 1_000) {
    throw flinkError("InvalidArgumentException", `CreateTimestamp is not that of application ${application.arn}.`);
  }
  requireStatus(application, "DeleteApplication", ["READY", "RUNNING"]);
  enter(account, application, "DELETING");
  const work = (runner: JobRunner) => runner.stop(application.name);
  carryOut(account, application, { seconds: account.settings.deleteSeconds, work }, () => {
    account.applications.delete(application.name);
    account.deleted.set(application.name, application);
  });
  return {};
}

function rollbackApplication(account: FlinkAccount, input: Shape): Shape {
  const application = findApplication(account, input);
  requireStatus(application, "RollbackApplication", ["UPDATING", "AUTOSCALING", "RUNNING"]);
  requireCurrent(application, input);
  const target = application.versions.find((v) => v.id === application.updatedFrom);
  if (!target)
    throw flinkError("InvalidRequestException", `Application ${application.arn} has no previous version to roll back to.`);
  if (application.snapshots.length === 0) {
    throw flinkError("InvalidRequestException", `Application ${application.arn} has no snapshots to restore from.`);
  }
  if (application.pending) {
    application.pending.cancel();
    endOperation(account, application.pending.operation, "CANCELLED");
    application.pending = undefined;
  }
  const { parallelism } = parallelismOf(target.configuration);
  const operation = beginRollback(account, application, target, { parallelism, stopped: true });
  return { ApplicationDetail: applicationDetail(application), OperationId: operation.id };
}

/** A change of what is not configuration: a new version of the same, with a restart like any other update. */
function sameConfiguration(account: FlinkAccount, application: Application, name: string, configuration?: Shape) {
  const { version } = application;
  return beginUpdate(account, application, name, { ...version, configuration: configuration ?? version.configuration });
}

function addLoggingOption(account: FlinkAccount, input: Shape): Shape {
  const application = findApplication(account, input);
  requireCurrent(application, input);
  if (application.loggingOptions.length > 0) {
    throw flinkError("InvalidArgumentException", `Application ${application.arn} has a CloudWatch logging option already.`);
  }
  const operation = sameConfiguration(account, application, "AddApplicationCloudWatchLoggingOption");
  application.loggingOptions.push({ id: `${++application.ids}.1`, logStreamArn: input.CloudWatchLoggingOption.LogStreamARN });
  return loggingAnswer(application, operation.id);
}

function deleteLoggingOption(account: FlinkAccount, input: Shape): Shape {
  const application = findApplication(account, input);
  requireCurrent(application, input);
  const at = application.loggingOptions.findIndex((option) => option.id === input.CloudWatchLoggingOptionId);
  if (at < 0) throw flinkError("ResourceNotFoundException", `Logging option ${input.CloudWatchLoggingOptionId} not found.`);
  const operation = sameConfiguration(account, application, "DeleteApplicationCloudWatchLoggingOption");
  application.loggingOptions.splice(at, 1);
  return loggingAnswer(application, operation.id);
}

const loggingAnswer = (application: Application, operationId: string): Shape => ({
  ApplicationARN: application.arn,
  ApplicationVersionId: application.version.id,
  CloudWatchLoggingOptionDescriptions: loggingOptionShapes(application),
  OperationId: operationId,
});

function addVpc(account: FlinkAccount, input: Shape): Shape {
  const application = findApplication(account, input);
  requireCurrent(application, input);
  const { configuration } = application.version;
  if (configuration.VpcConfigurationDescriptions.length > 0) {
    throw flinkError("InvalidArgumentException", `Application ${application.arn} has a VPC configuration already.`);
  }
  const vpc = describeVpc(input.VpcConfiguration, 0);
  const operation = sameConfiguration(account, application, "AddApplicationVpcConfiguration", {
    ...configuration,
    VpcConfigurationDescriptions: [vpc],
  });
  return { ...versionAnswer(application, operation.id), VpcConfigurationDescription: vpc };
}

function deleteVpc(account: FlinkAccount, input: Shape): Shape {
  const application = findApplication(account, input);
  requireCurrent(application, input);
  const { configuration } = application.version;
  const left = configuration.VpcConfigurationDescriptions.filter(
    (vpc: Shape) => vpc.VpcConfigurationId !== input.VpcConfigurationId,
  );
  if (left.length === configuration.VpcConfigurationDescriptions.length) {
    throw flinkError("ResourceNotFoundException", `VPC configuration ${input.VpcConfigurationId} not found.`);
  }
  const operation = sameConfiguration(account, application, "DeleteApplicationVpcConfiguration", {
    ...configuration,
    VpcConfigurationDescriptions: left,
  });
  return versionAnswer(application, operation.id);
}

const versionAnswer = (application: Application, operationId: string): Shape => ({
  ApplicationARN: application.arn,
  ApplicationVersionId: application.version.id,
  OperationId: operationId,
});

function updateMaintenance(account: FlinkAccount, input: Shape): Shape {
  const application = findApplication(account, input);
  requireStatus(application, "UpdateApplicationMaintenanceConfiguration", ["READY", "RUNNING"]);
  application.maintenanceWindowStart =
    input.ApplicationMaintenanceConfigurationUpdate.ApplicationMaintenanceWindowStartTimeUpdate;
  return { ApplicationARN: application.arn, ApplicationMaintenanceConfigurationDescription: maintenanceShape(application) };
}
