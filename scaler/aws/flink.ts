import type { ApplicationOperationInfo } from "@aws-sdk/client-kinesis-analytics-v2";
import type { ApplicationStatus, FlinkSight, OperationSight } from "../decide/types";
import type { Change } from "../types";
import type { Aws } from "./clients";
import { errorText, isNotFound } from "./errors";

/** Statuses in which an update of ours has ended, if there was one. */
const restStatuses = ["RUNNING", "READY", "ROLLED_BACK"];

/**
 * Looks at an application, and at its update's operation where one of ours may have ended.
 * @param first nothing is remembered of it: how its newest update ended is looked up.
 */
export async function describeApplication(
  aws: Aws,
  name: string,
  change: Change | undefined,
  first = false,
): Promise<FlinkSight> {
  try {
    const { ApplicationDetail: detail } = await aws.call("kinesisanalytics", "DescribeApplication", { ApplicationName: name });
    const parallelism =
      detail?.ApplicationConfigurationDescription?.FlinkApplicationConfigurationDescription?.ParallelismConfigurationDescription;
    const parallelismPerKpu = parallelism?.ParallelismPerKPU ?? 1;
    const sight: FlinkSight = {
      status: (detail?.ApplicationStatus ?? "MISSING") as ApplicationStatus,
      kpus: Math.ceil((parallelism?.CurrentParallelism ?? parallelism?.Parallelism ?? 1) / parallelismPerKpu),
      parallelismPerKpu,
      version: detail?.ApplicationVersionId ?? 0,
      created: Number(detail?.CreateTimestamp ?? 0),
      token: detail?.ConditionalToken ?? "",
    };
    if (!restStatuses.includes(sight.status)) return sight;
    if (change) sight.operation = await describeOperation(aws, name, change, sight);
    else if (first) sight.operation = await newestUpdate(aws, name);
    return sight;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return { status: "MISSING", kpus: 0, parallelismPerKpu: 1, version: 0, created: 0, token: "" };
  }
}

async function describeOperation(aws: Aws, name: string, change: Change, sight: FlinkSight): Promise<OperationSight> {
  try {
    const operationId = change.operationId ?? (await findOperation(aws, name, change, sight));
    return operationId === undefined ? { status: "NONE" } : await operationOf(aws, name, operationId);
  } catch (error) {
    return { status: "UNKNOWN", error: errorText(error) };
  }
}

async function newestUpdate(aws: Aws, name: string): Promise<OperationSight> {
  try {
    const newest = newestSince(await updates(aws, name), 0);
    if (!newest) return { status: "NONE" };
    return { status: newest.OperationStatus ?? "UNKNOWN", ended: newest.EndTime && Number(newest.EndTime) };
  } catch (error) {
    return { status: "UNKNOWN", error: `whether the last update of ${name} failed can't be seen: ${errorText(error)}` };
  }
}

async function operationOf(aws: Aws, name: string, operationId: string): Promise<OperationSight> {
  const input = { ApplicationName: name, OperationId: operationId };
  const { ApplicationOperationInfoDetails: details } = await aws.call("kinesisanalytics", "DescribeApplicationOperation", input);
  return { status: details?.OperationStatus ?? "UNKNOWN", error: details?.OperationFailureDetails?.ErrorInfo?.ErrorString };
}

/**
 * The update whose answer never came, if the application's version moved at all: the first one since, for the call's token refuses it
 * after another one; by two clocks it may have begun up to a minute before.
 */
async function findOperation(aws: Aws, name: string, change: Change, sight: FlinkSight): Promise<string | undefined> {
  if (!change.sent && sight.version === change.version) return undefined;
  const all = await updates(aws, name);
  return (newestFirst(all, change.at).at(-1) ?? newestSince(all, change.at))?.OperationId;
}

function updates(aws: Aws, name: string): Promise<ApplicationOperationInfo[]> {
  return operations(aws, name, "UpdateApplication", 10);
}

async function operations(aws: Aws, name: string, Operation: string, Limit: number): Promise<ApplicationOperationInfo[]> {
  const input = { ApplicationName: name, Operation, Limit };
  return (await aws.call("kinesisanalytics", "ListApplicationOperations", input)).ApplicationOperationInfoList ?? [];
}

/** Two clocks: what the service says began up to a minute before counts too. */
function newestSince(all: readonly ApplicationOperationInfo[], time: number): ApplicationOperationInfo | undefined {
  return newestFirst(all, time - 60_000)[0];
}

function newestFirst(all: readonly ApplicationOperationInfo[], since: number): ApplicationOperationInfo[] {
  return all
    .filter(({ StartTime, OperationId }) => OperationId && Number(StartTime) >= since)
    .sort((a, b) => Number(b.StartTime) - Number(a.StartTime));
}

/** What the service remembers of an application's starts. */
export interface Starts {
  is: "ran" | "starting" | "never";
  /** Why the last one failed. */
  reason: string;
}

/** @param failedSince looks up why the newest start since this time, ms, failed. */
export async function startsOf(aws: Aws, name: string, failedSince: number | undefined): Promise<Starts> {
  const starts = await operations(aws, name, "StartApplication", 50);
  const having = (status: string) => starts.filter(({ OperationStatus }) => OperationStatus === status);
  const is = having("SUCCESSFUL").length > 0 ? "ran" : having("IN_PROGRESS").length > 0 ? "starting" : "never";
  const failed =
    failedSince === undefined || is !== "never" ? undefined : newestSince(having("FAILED"), failedSince)?.OperationId;
  const { error } = failed ? await operationOf(aws, name, failed) : { error: undefined };
  return { is, reason: error ?? "its log says why" };
}

export async function startApplication(aws: Aws, name: string): Promise<void> {
  await aws.call("kinesisanalytics", "StartApplication", { ApplicationName: name, RunConfiguration: {} });
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
