import type { Operation, Shape } from "../../core/cloud";
import { Phase, second } from "../../core/clock";
import { timestampMs } from "../kinesis/memberValidation";
import { findApplication, flinkError, requireStatus, type FlinkAccount } from "./account";
import { findSnapshot } from "./describe";
import type { JobRunner } from "./jobRunner";
import { addSnapshot, requireNoSnapshotUnderWay, snapshotLimit, snapshotsEnabled } from "./versions";

export function snapshotOperations(account: FlinkAccount): Record<string, Operation> {
  return {
    CreateApplicationSnapshot: (input) => createSnapshot(account, input),
    DeleteApplicationSnapshot: (input) => deleteSnapshot(account, input),
  };
}

/** Only of a running application, one at a time; updates are refused while it is being taken. */
function createSnapshot(account: FlinkAccount, input: Shape): Shape {
  const application = findApplication(account, input);
  const name: string = input.SnapshotName;
  requireStatus(application, "CreateApplicationSnapshot", ["RUNNING"]);
  if (!snapshotsEnabled(application)) {
    throw flinkError("InvalidApplicationConfigurationException", `Snapshots are not enabled for application ${application.arn}.`);
  }
  requireNoSnapshotUnderWay(application, "CreateApplicationSnapshot");
  if (application.snapshots.some((s) => s.name === name)) {
    throw flinkError("InvalidArgumentException", `Snapshot ${name} of application ${application.arn} already exists.`);
  }
  if (application.snapshots.length >= snapshotLimit) {
    throw flinkError(
      "LimitExceededException",
      `Application ${application.arn} has ${snapshotLimit} snapshots, the most it can have.`,
    );
  }
  const snapshot = addSnapshot(account, application, name, "CREATING");
  const work = (runner: JobRunner) => runner.snapshot(application.name, name);
  later(account, work, (error) => {
    snapshot.status = error === undefined ? "READY" : "FAILED";
  });
  return {};
}

function deleteSnapshot(account: FlinkAccount, input: Shape): Shape {
  const application = findApplication(account, input);
  const snapshot = findSnapshot(application, input.SnapshotName);
  // Clients may round the milliseconds off.
  if (Math.abs(timestampMs(input.SnapshotCreationTimestamp) - snapshot.createdAt) >= second) {
    throw flinkError(
      "InvalidArgumentException",
      `SnapshotCreationTimestamp is not that of snapshot ${snapshot.name} of application ${application.arn}.`,
    );
  }
  if (snapshot.status !== "READY") {
    throw flinkError("ResourceInUseException", `Snapshot ${snapshot.name} is in state ${snapshot.status}.`);
  }
  snapshot.status = "DELETING";
  const work = (runner: JobRunner) => runner.forget(application.name, snapshot.name);
  later(account, work, () => {
    const at = application.snapshots.indexOf(snapshot);
    if (at >= 0) application.snapshots.splice(at, 1);
  });
  return {};
}

function later(account: FlinkAccount, work: (runner: JobRunner) => Promise<void>, task: (error?: string) => void): void {
  const { clock } = account.cloud;
  const { snapshotSeconds, runner } = account.settings;
  const now = (error?: string) => void clock.at(clock.now(), Phase.Complete, () => task(error));
  if (runner)
    work(runner).then(
      () => now(),
      (error: Error) => now(error.message),
    );
  else if (snapshotSeconds <= 0) task();
  else clock.at(clock.now() + snapshotSeconds * second, Phase.Complete, () => task());
}
