import type { Operation, Shape } from "../../core/cloud";
import { findApplication, flinkError, type FlinkAccount } from "./account";
import type { Application, ApplicationOperation, ApplicationVersion, Snapshot } from "./application";

/** Operations that only look. */
export function describeOperations(account: FlinkAccount): Record<string, Operation> {
  const find = (input: Shape) => findApplication(account, input);
  return {
    DescribeApplication: (input) => ({ ApplicationDetail: applicationDetail(find(input)) }),
    ListApplications: (input) => listApplications(account, input),
    DescribeApplicationVersion: (input) => describeVersion(find(input), input.ApplicationVersionId),
    ListApplicationVersions: (input) => listVersions(find(input), input),
    DescribeApplicationOperation: (input) => describeOperation(find(input), input.OperationId),
    ListApplicationOperations: (input) => listOperations(find(input), input),
    DescribeApplicationSnapshot: (input) => ({ SnapshotDetails: snapshotShape(findSnapshot(find(input), input.SnapshotName)) }),
    ListApplicationSnapshots: (input) => {
      const { items, ...next } = page(find(input).snapshots.toReversed(), input, 50);
      return { SnapshotSummaries: items.map(snapshotShape), ...next };
    },
    ListTagsForResource: (input) => ({ Tags: [...find(input).tags].map(([Key, Value]) => ({ Key, Value })) }),
  };
}

export function applicationDetail(application: Application): Shape {
  return {
    LastUpdateTimestamp: new Date(application.updatedAt),
    ConditionalToken: application.conditionalToken,
    ...versionDetail(application, application.version, application.status),
    ...(application.updatedFrom !== undefined && { ApplicationVersionUpdatedFrom: application.updatedFrom }),
    ...(application.rolledBackFrom !== undefined && { ApplicationVersionRolledBackFrom: application.rolledBackFrom }),
    ...(application.rolledBackTo !== undefined && { ApplicationVersionRolledBackTo: application.rolledBackTo }),
  };
}

function versionDetail(application: Application, version: ApplicationVersion, status: string): Shape {
  return {
    ApplicationARN: application.arn,
    ApplicationDescription: application.description,
    ApplicationName: application.name,
    RuntimeEnvironment: version.runtime,
    ServiceExecutionRole: version.role,
    ApplicationStatus: status,
    ApplicationVersionId: version.id,
    CreateTimestamp: new Date(application.createdAt),
    ApplicationConfigurationDescription: withCurrentParallelism(version.configuration, application.currentParallelism),
    CloudWatchLoggingOptionDescriptions: loggingOptionShapes(application),
    ApplicationMaintenanceConfigurationDescription: maintenanceShape(application),
    ApplicationVersionCreateTimestamp: new Date(version.createdAt),
    ApplicationMode: application.mode,
  };
}

function withCurrentParallelism(configuration: Shape, current: number): Shape {
  const flink = configuration.FlinkApplicationConfigurationDescription;
  return {
    ...configuration,
    FlinkApplicationConfigurationDescription: {
      ...flink,
      ParallelismConfigurationDescription: { CurrentParallelism: current, ...flink.ParallelismConfigurationDescription },
    },
  };
}

export const loggingOptionShapes = (application: Application): Shape[] =>
  application.loggingOptions.map(({ id, logStreamArn }) => ({ CloudWatchLoggingOptionId: id, LogStreamARN: logStreamArn }));

/** The window is eight hours long. */
export function maintenanceShape(application: Application): Shape {
  const [hours, minutes] = application.maintenanceWindowStart.split(":");
  return {
    ApplicationMaintenanceWindowStartTime: application.maintenanceWindowStart,
    ApplicationMaintenanceWindowEndTime: `${String((Number(hours) + 8) % 24).padStart(2, "0")}:${minutes}`,
  };
}

/** Pages newest first or in the given order; a token is the index to go on from. */
function page<Item>(items: readonly Item[], input: Shape, defaultLimit: number): { items: readonly Item[]; NextToken?: string } {
  const start = input.NextToken === undefined ? 0 : Number(input.NextToken);
  if (!Number.isInteger(start) || start < 0) throw flinkError("InvalidArgumentException", "NextToken is not valid.");
  const end = start + (input.Limit ?? defaultLimit);
  return { items: items.slice(start, end), ...(end < items.length && { NextToken: String(end) }) };
}

function listApplications(account: FlinkAccount, input: Shape): Shape {
  const sorted = [...account.applications.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, ...next } = page(sorted, input, 50);
  return {
    ApplicationSummaries: items.map((a) => ({
      ApplicationName: a.name,
      ApplicationARN: a.arn,
      ApplicationStatus: a.status,
      ApplicationVersionId: a.version.id,
      RuntimeEnvironment: a.version.runtime,
      ApplicationMode: a.mode,
    })),
    ...next,
  };
}

function describeVersion(application: Application, id: number): Shape {
  const { version } = application;
  if (version.id === id) return { ApplicationVersionDetail: applicationDetail(application) };
  const older = application.versions.find((v) => v.id === id);
  if (!older) throw flinkError("ResourceNotFoundException", `Version ${id} of application ${application.arn} not found.`);
  return { ApplicationVersionDetail: versionDetail(application, older, older.status) };
}

function listVersions(application: Application, input: Shape): Shape {
  const all = [{ ...application.version, status: application.status }, ...application.versions.toReversed()];
  const { items, ...next } = page(all, input, 50);
  return {
    ApplicationVersionSummaries: items.map((v) => ({ ApplicationVersionId: v.id, ApplicationStatus: v.status })),
    ...next,
  };
}

function operationShape(operation: ApplicationOperation): Shape {
  return {
    Operation: operation.name,
    StartTime: new Date(operation.startedAt),
    ...(operation.endedAt !== undefined && { EndTime: new Date(operation.endedAt) }),
    OperationStatus: operation.status,
  };
}

function describeOperation(application: Application, id: string): Shape {
  const operation = application.operations.find((o) => o.id === id);
  if (!operation) throw flinkError("ResourceNotFoundException", `Operation ${id} of application ${application.arn} not found.`);
  const { versionFrom, versionTo, rollbackOperationId, error } = operation;
  return {
    ApplicationOperationInfoDetails: {
      ...operationShape(operation),
      ...(versionFrom !== undefined && {
        ApplicationVersionChangeDetails: { ApplicationVersionUpdatedFrom: versionFrom, ApplicationVersionUpdatedTo: versionTo },
      }),
      ...(error !== undefined && {
        OperationFailureDetails: {
          ...(rollbackOperationId !== undefined && { RollbackOperationId: rollbackOperationId }),
          ErrorInfo: { ErrorString: error.slice(0, 512) },
        },
      }),
    },
  };
}

function listOperations(application: Application, input: Shape): Shape {
  const wanted = application.operations
    .filter((o) => input.Operation === undefined || o.name === input.Operation)
    .filter((o) => input.OperationStatus === undefined || o.status === input.OperationStatus)
    .reverse();
  const { items, ...next } = page(wanted, input, 50);
  return { ApplicationOperationInfoList: items.map((o) => ({ OperationId: o.id, ...operationShape(o) })), ...next };
}

export function findSnapshot(application: Application, name: string): Snapshot {
  const snapshot = application.snapshots.find((s) => s.name === name);
  if (snapshot) return snapshot;
  throw flinkError("ResourceNotFoundException", `Snapshot ${name} of application ${application.arn} not found.`);
}

const snapshotShape = (snapshot: Snapshot): Shape => ({
  SnapshotName: snapshot.name,
  SnapshotStatus: snapshot.status,
  ApplicationVersionId: snapshot.versionId,
  SnapshotCreationTimestamp: new Date(snapshot.createdAt),
  RuntimeEnvironment: snapshot.runtime,
});
