import type { Aws } from "./clients";
import { errorText, isNotFound } from "./errors";
import type { ApplicationStatus, Change, FlinkSight, OperationSight } from "../types";

/** Statuses in which an update of ours has ended, if there was one. */
const restStatuses = ["RUNNING", "READY", "ROLLED_BACK"];

/** Looks at an application, and at its update's operation where one of ours may have ended. */
export async function describeApplication(aws: Aws, name: string, change: Change | undefined): Promise<FlinkSight> {
  try {
    const { ApplicationDetail: detail } = await aws.call("kinesisanalytics", "DescribeApplication", { ApplicationName: name });
    const parallelism =
      detail?.ApplicationConfigurationDescription?.FlinkApplicationConfigurationDescription?.ParallelismConfigurationDescription;
    const parallelismPerKpu = parallelism?.ParallelismPerKPU ?? 1;
    const sight: FlinkSight = {
      kind: "flink",
      status: (detail?.ApplicationStatus ?? "MISSING") as ApplicationStatus,
      kpus: Math.ceil((parallelism?.CurrentParallelism ?? parallelism?.Parallelism ?? 1) / parallelismPerKpu),
      parallelismPerKpu,
      version: detail?.ApplicationVersionId ?? 0,
      created: Number(detail?.CreateTimestamp ?? 0),
      token: detail?.ConditionalToken ?? "",
    };
    if (change && restStatuses.includes(sight.status)) sight.operation = await describeOperation(aws, name, change, sight);
    return sight;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return { kind: "flink", status: "MISSING", kpus: 0, parallelismPerKpu: 1, version: 0, created: 0, token: "" };
  }
}

async function describeOperation(aws: Aws, name: string, change: Change, sight: FlinkSight): Promise<OperationSight> {
  try {
    const operationId = change.operationId ?? (await findOperation(aws, name, change, sight));
    if (operationId === undefined) return { status: "NONE" };
    const answer = await aws.call("kinesisanalytics", "DescribeApplicationOperation", {
      ApplicationName: name,
      OperationId: operationId,
    });
    const details = answer.ApplicationOperationInfoDetails;
    return { status: details?.OperationStatus ?? "UNKNOWN", error: details?.OperationFailureDetails?.ErrorInfo?.ErrorString };
  } catch (error) {
    return { status: "UNKNOWN", error: errorText(error) };
  }
}

/** The update whose answer never came: the newest one since, if the application's version moved at all. */
async function findOperation(aws: Aws, name: string, change: Change, sight: FlinkSight): Promise<string | undefined> {
  if (!change.sent && sight.version === change.version) return undefined;
  const { ApplicationOperationInfoList: operations } = await aws.call("kinesisanalytics", "ListApplicationOperations", {
    ApplicationName: name,
    Operation: "UpdateApplication",
    Limit: 10,
  });
  const since = (operations ?? [])
    .filter(({ StartTime, OperationId }) => OperationId && Number(StartTime) >= change.at - 60_000)
    .sort((a, b) => Number(b.StartTime) - Number(a.StartTime));
  return since[0]?.OperationId;
}

/**
 * Changes the parallelism, keeps Managed Flink's own autoscaling off and its system rollback on: the Pulumi provider has no
 * property for the latter, and without it an update that fails leaves the application stopped ("System rollbacks"). The token refuses
 * the update if anything changed since the look. Gives the operation's id.
 */
export async function updateParallelism(aws: Aws, name: string, token: string, parallelism: number): Promise<string | undefined> {
  const { OperationId } = await aws.call("kinesisanalytics", "UpdateApplication", {
    ApplicationName: name,
    ConditionalToken: token,
    ApplicationConfigurationUpdate: {
      ApplicationSystemRollbackConfigurationUpdate: { RollbackEnabledUpdate: true },
      FlinkApplicationConfigurationUpdate: {
        ParallelismConfigurationUpdate: {
          ConfigurationTypeUpdate: "CUSTOM",
          ParallelismUpdate: parallelism,
          AutoScalingEnabledUpdate: false,
        },
      },
    },
  });
  return OperationId;
}
