import type { Shape } from "../../core/cloud";
import { flinkError, newToken, type FlinkAccount } from "./account";
import type { Application, ApplicationVersion, Snapshot } from "./application";

const versionsKept = 200;
/** "Snapshots per application: 1,000." */
export const snapshotLimit = 1_000;

/** Every change makes a new version and a new token. Returns the version it replaces. */
export function replaceVersion(
  account: FlinkAccount,
  application: Application,
  { configuration, runtime, role }: Pick<ApplicationVersion, "configuration" | "runtime" | "role">,
): ApplicationVersion {
  const now = account.cloud.clock.now();
  const before = application.version;
  before.status = application.status;
  application.versions.push(before);
  if (application.versions.length > versionsKept) application.versions.shift();
  application.version = { id: before.id + 1, createdAt: now, status: application.status, configuration, runtime, role };
  application.conditionalToken = newToken(account, application, ++application.ids);
  application.updatedAt = now;
  application.updatedFrom = before.id;
  return before;
}

/** "You must provide the CurrentApplicationVersionId or the ConditionalToken" (UpdateApplication), and it must be the current one. */
export function requireCurrent(application: Application, input: Shape): void {
  const { CurrentApplicationVersionId: id, ConditionalToken: token } = input;
  if (id === undefined && token === undefined) {
    throw flinkError("InvalidArgumentException", "Either CurrentApplicationVersionId or ConditionalToken must be provided.");
  }
  if (token !== undefined && token !== application.conditionalToken) {
    throw flinkError(
      "ConcurrentModificationException",
      `ConditionalToken is not the current one of application ${application.arn}.`,
    );
  }
  if (id !== undefined && id !== application.version.id) {
    throw flinkError(
      "ConcurrentModificationException",
      `CurrentApplicationVersionId ${id} is not the current version ${application.version.id} of application ${application.arn}.`,
    );
  }
}

export const snapshotsEnabled = (application: Application): boolean =>
  application.version.configuration.ApplicationSnapshotConfigurationDescription.SnapshotsEnabled;

export function addSnapshot(account: FlinkAccount, application: Application, name: string, status: Snapshot["status"]): Snapshot {
  const { snapshots, version } = application;
  const snapshot: Snapshot = {
    name,
    status,
    versionId: version.id,
    createdAt: account.cloud.clock.now(),
    runtime: version.runtime,
  };
  snapshots.push(snapshot);
  if (snapshots.length > snapshotLimit) snapshots.shift();
  return snapshot;
}

/** The service takes one before every update and stop while snapshots are enabled. A real job's is being created then. */
export function takeAutomaticSnapshot(account: FlinkAccount, application: Application): Snapshot | undefined {
  if (!snapshotsEnabled(application)) return undefined;
  const status = account.settings.runner ? "CREATING" : "READY";
  return addSnapshot(account, application, `system-${++application.ids}`, status);
}

export function requireNoSnapshotUnderWay(application: Application, operation: string): void {
  const busy = application.snapshots.find((s) => s.status === "CREATING");
  if (!busy) return;
  throw flinkError(
    "ResourceInUseException",
    `Cannot perform ${operation} on application ${application.arn} while snapshot ${busy.name} is being created.`,
  );
}
