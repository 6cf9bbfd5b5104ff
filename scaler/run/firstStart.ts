import { errorName, errorText, isThrottled } from "../aws/errors";
import { startApplication, startsOf } from "../aws/flink";
import type { FlinkSight, Verdict } from "../decide/types";
import { isoTime, noted, shortened } from "../decide/words";
import type { Start } from "../types";
import type { Member, Run } from "./types";

const minute = 60_000;
/** Minutes from the first, second, ... failing start to the next one. */
const startPauses = [2, 10, 20, 40, 60] as const;
/** Statuses that tell that an application runs. UPDATING doesn't: a stopped one goes READY, UPDATING, READY. */
const runningStatuses = ["RUNNING", "AUTOSCALING"];

/**
 * Starts an application that the program has created and that has never run. Creating and starting are two things: a first start that
 * fails would keep the rest of the stack from being made, and the Pulumi provider starts an application with its creation or never. It
 * belongs to the deployment, so it is done in every mode. An application that can't be started is the operator's to know.
 */
export async function firstStart(run: Run, member: Member): Promise<Member> {
  const { verdict, errors } = member;
  const { look, state } = verdict;
  if (look.kind !== "flink" || !look.config.start) return member;
  const { name } = look.config;
  const { sight } = look;
  if (runningStatuses.includes(sight.status)) return { ...member, verdict: hasRun(verdict, sight) };
  if (sight.status !== "READY" || state.ran === sight.created || state.change) return member;
  const unexplained = state.start?.reason === undefined ? state.start : undefined;
  const starts = await startsOf(run.aws, name, unexplained?.at).catch(errorText);
  if (typeof starts === "string") {
    errors.push(`whether application ${name} has ever run can't be seen: ${starts}`);
    return member;
  }
  if (starts.is === "ran") return { ...member, verdict: hasRun(verdict, sight) };
  if (starts.is === "starting") return member;
  const start = unexplained ? { ...unexplained, version: sight.version, reason: shortened(starts.reason) } : state.start;
  const told = unexplained && start ? { ...member, verdict: hasFailed(verdict, start) } : member;
  if (!start || start.version !== sight.version || run.now >= start.next)
    return attempt(run, told, name, nextStart(start, sight, run.now));
  errors.push(words(name, start));
  return told;
}

async function attempt(run: Run, member: Member, name: string, start: Start): Promise<Member> {
  const { verdict, errors } = member;
  const which = start.count > 1 ? `, attempt ${start.count}` : "";
  try {
    await startApplication(run.aws, name);
    const started = { ...verdict, state: { ...verdict.state, start } };
    return { ...member, verdict: noted(started, "start", `application ${name} has never run: StartApplication${which}`) };
  } catch (error) {
    // Another run, or another hand, is at it; or the service has no time. The next run looks.
    if (errorName(error) === "ResourceInUseException" || isThrottled(error)) return member;
    const failed = { ...start, reason: shortened(errorText(error)) };
    errors.push(words(name, failed));
    return { ...member, verdict: hasFailed(verdict, failed) };
  }
}

function words(name: string, { reason, next }: Start): string {
  return `application ${name} could not be started: ${reason}; tried again at ${isoTime(next)}, or when pulumi up has changed it`;
}

function hasRun(verdict: Verdict, { created }: FlinkSight): Verdict {
  const { start: _start, ...state } = verdict.state;
  return { ...verdict, state: { ...state, ran: created } };
}

function hasFailed(verdict: Verdict, start: Start): Verdict {
  return { ...verdict, state: { ...verdict.state, start }, failedUpdates: verdict.failedUpdates + 1 };
}

function nextStart(before: Start | undefined, { version }: FlinkSight, now: number): Start {
  const count = before?.version === version ? before.count + 1 : 1;
  const pause = startPauses[Math.min(count, startPauses.length) - 1] ?? 60;
  return { version, at: now, count, next: now + pause * minute };
}
