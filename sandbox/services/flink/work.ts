import type { FlinkAccount } from "./account";
import { parallelismOf, type Application, type ApplicationVersion, type Snapshot } from "./application";
import type { JobRunner, JobStart } from "./jobRunner";
import { takeAutomaticSnapshot } from "./versions";

/** The job of a version at a parallelism, restored as the version's run configuration says, or from `snapshot`. */
export function jobOf(
  application: Application,
  { configuration, role }: Pick<ApplicationVersion, "configuration" | "role">,
  parallelism = parallelismOf(configuration).parallelism,
  snapshot = restoredFrom(application, configuration.RunConfigurationDescription?.ApplicationRestoreConfigurationDescription),
): JobStart {
  const { CheckpointingEnabled, CheckpointInterval } =
    configuration.FlinkApplicationConfigurationDescription.CheckpointConfigurationDescription;
  return {
    parallelism,
    role,
    properties: configuration.EnvironmentPropertyDescriptions.PropertyGroupDescriptions,
    checkpointing: { enabled: CheckpointingEnabled, intervalMs: CheckpointInterval },
    snapshot,
    allowNonRestoredState:
      configuration.RunConfigurationDescription?.FlinkRunConfigurationDescription?.AllowNonRestoredState ?? false,
  };
}

function restoredFrom(
  application: Application,
  restore: { ApplicationRestoreType: string; SnapshotName?: string } | undefined,
): string | undefined {
  if (restore?.ApplicationRestoreType === "SKIP_RESTORE_FROM_SNAPSHOT") return undefined;
  if (restore?.ApplicationRestoreType === "RESTORE_FROM_CUSTOM_SNAPSHOT") return restore.SnapshotName;
  return application.snapshots.findLast(({ status }) => status === "READY")?.name;
}

/** Ends the job, with its snapshot where there is to be one. */
export async function endJob(runner: JobRunner, application: Application, snapshot: Snapshot | undefined): Promise<void> {
  try {
    await runner.stop(application.name, snapshot?.name);
  } catch (error) {
    if (snapshot) snapshot.status = "FAILED";
    throw error;
  }
  if (snapshot) snapshot.status = "READY";
}

/** The same job again from its snapshot, at another parallelism. */
export const restartJob =
  (account: FlinkAccount, application: Application, parallelism: number) =>
  async (runner: JobRunner): Promise<void> => {
    await endJob(runner, application, takeAutomaticSnapshot(account, application));
    await runner.start(application.name, jobOf(application, application.version, parallelism));
  };
