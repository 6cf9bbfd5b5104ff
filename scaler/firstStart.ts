import type { Member, Run } from "./begin";
import { errorName, errorText, isThrottled } from "./errors";
import { shortened } from "./giveUp";
import { isoTime } from "./time";
import type { DimensionState, FlinkSight } from "./types";

const minute = 60_000;
/** Minutes from the first, second, ... failing start to the next one. */
const startPauses = [2, 10, 20, 40, 60] as const;
/** Statuses that tell that an application runs. UPDATING doesn't: a stopped one goes READY, UPDATING, READY. */
const runningStatuses = ["RUNNING", "AUTOSCALING"];

/**
 * Starts an application that the program has created and that has never run. Creating and starting are two things: a first start that
 * fails would keep the rest of the stack from being made, and the Pulumi provider starts an application with its creation or never. It
 * belongs to the deployment, so it is done in every mode. Gives what the operator must know while it can't be started.
 */
export async function firstStart(run: Run, { look, verdict }: Member): Promise<string | undefined> {
  const { config, sight } = look;
  if (config.kind !== "flink" || !config.start || sight.kind !== "flink") return undefined;
  const { state } = verdict;
  if (runningStatuses.includes(sight.status)) hasRun(state, sight);
  if (sight.status !== "READY" || state.ran === sight.created || state.change) return undefined;
  const { name } = config;
  const unexplained = state.start !== undefined && state.start.reason === undefined;
  const seen = await lookAtStarts(run, name, unexplained).catch(errorText);
  if (typeof seen === "string") return `whether application ${name} has ever run can't be seen: ${seen}`;
  if (seen.ran) hasRun(state, sight);
  if (seen.ran || seen.starting) return undefined;
  if (state.start && seen.reason !== undefined) {
    state.start = { ...state.start, version: sight.version, reason: shortened(seen.reason) };
    verdict.failedUpdates++;
  }
  const { start } = state;
  if (start && start.version === sight.version && run.now < start.next) return words(name, start);
  return attempt(run, verdict, name, nextStart(start, sight, run.now));
}

async function attempt(run: Run, verdict: Member["verdict"], name: string, start: Start): Promise<string | undefined> {
  const which = start.count > 1 ? `, attempt ${start.count}` : "";
  try {
    await run.aws.call("kinesisanalytics", "StartApplication", { ApplicationName: name, RunConfiguration: {} });
    verdict.notes.push({ action: "start", reason: `application ${name} has never run: StartApplication${which}` });
    verdict.state.start = start;
    return undefined;
  } catch (error) {
    // Another run, or another hand, is at it; or the service has no time. The next run looks.
    if (errorName(error) === "ResourceInUseException" || isThrottled(error)) return undefined;
    verdict.state.start = { ...start, reason: shortened(errorText(error)) };
    verdict.failedUpdates++;
    return words(name, verdict.state.start);
  }
}

function words(name: string, { reason, next }: Start): string {
  return `application ${name} could not be started: ${reason}; tried again at ${isoTime(next)}, or when pulumi up has changed it`;
}

type Start = NonNullable<DimensionState["start"]>;

function hasRun(state: DimensionState, { created }: FlinkSight): void {
  state.ran = created;
  delete state.start;
}

function nextStart(before: Start | undefined, { version }: FlinkSight, now: number): Start {
  const count = before?.version === version ? before.count + 1 : 1;
  const pause = startPauses[Math.min(count, startPauses.length) - 1] ?? 60;
  return { version, at: now, count, next: now + pause * minute };
}

/** What the service remembers of starts: one that succeeded, one under way, or, where it is asked, why the last one failed. */
async function lookAtStarts(run: Run, name: string, askWhy: boolean) {
  const { ApplicationOperationInfoList: starts = [] } = await run.aws.call("kinesisanalytics", "ListApplicationOperations", {
    ApplicationName: name,
    Operation: "StartApplication",
    Limit: 50,
  });
  const ran = starts.some(({ OperationStatus }) => OperationStatus === "SUCCESSFUL");
  const starting = starts.some(({ OperationStatus }) => OperationStatus === "IN_PROGRESS");
  if (ran || starting || !askWhy) return { ran, starting };
  // Their order isn't documented.
  const [last] = starts.sort((a, b) => Number(b.StartTime) - Number(a.StartTime));
  return { ran, starting, reason: (last && (await failureOfStart(run, name, last.OperationId))) ?? "its log says why" };
}

async function failureOfStart(run: Run, name: string, operationId: string | undefined): Promise<string | undefined> {
  const { ApplicationOperationInfoDetails: details } = await run.aws.call("kinesisanalytics", "DescribeApplicationOperation", {
    ApplicationName: name,
    OperationId: operationId,
  });
  return details?.OperationFailureDetails?.ErrorInfo?.ErrorString;
}
