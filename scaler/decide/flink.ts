import type { Capacity, Change, DimensionState, FlinkConfig } from "../types";
import { refusedFor, withoutBackoff } from "./backoff";
import { afterAttempt, afterFailure, resting } from "./giveUp";
import { atRest, gone, wishing, working } from "./rest";
import type { FlinkLook, FlinkSight, OperationSight, Resolved, Verdict, Wish } from "./types";
import { isoTime, noted } from "./words";

const minute = 60_000;

/** Statuses: "ApplicationDetail", Managed Service for Apache Flink API Reference. */
export function decideFlink(look: FlinkLook): Verdict {
  const { change } = look.state;
  const { status, kpus } = look.sight;
  const application = `application ${look.config.name}`;
  switch (status) {
    case "MISSING":
      return gone(look, `${application} does not exist: it was deleted, or the name is wrong. Run pulumi up, or correct it`);
    case "DELETING":
      return gone(look, `${application} is being deleted`);
    case "UPDATING":
      return change
        ? working(look, kpus, `${changeWords(change)} is in progress: ${application} is UPDATING`, true)
        : working(look, kpus, `${application} is UPDATING by another hand: nothing is begun meanwhile`, false);
    case "ROLLING_BACK":
      return working(look, kpus, `${application} is ROLLING_BACK: its last update failed`, change !== undefined);
    case "AUTOSCALING": {
      const reason = `${application} is AUTOSCALING: Managed Flink's own autoscaling is on and fights this one; turn it off`;
      return working(look, kpus, reason, false);
    }
    case "MAINTENANCE":
      return working(look, kpus, `${application} is in MAINTENANCE by AWS: nothing is forced`, false);
    case "STARTING":
    case "STOPPING":
    case "FORCE_STOPPING":
      return working(look, kpus, `${application} is ${status}: nothing is forced`, false);
    case "RUNNING":
    case "READY":
    case "ROLLED_BACK":
      return change ? afterChange(look, change) : withoutChange(look);
    default:
      return working(look, kpus, `${application} is ${String(status)}, a status unknown here: nothing is forced`, false);
  }
}

function changeWords(change: Change): string {
  return `UpdateApplication from ${change.from} to ${change.to} KPUs, begun at ${isoTime(change.at)},`;
}

/** At the first look nothing is remembered: the newest update's operation tells whether the application has just been restarted in vain. */
function withoutChange(look: FlinkLook): Verdict {
  const { config, sight, now } = look;
  const { status, ended = now } = sight.operation ?? {};
  if (status === "IN_PROGRESS") {
    const reason = `application ${config.name} is being updated, by its operation's status: nothing is begun meanwhile`;
    return working(look, sight.kpus, reason, false);
  }
  const rest = atRest(look, sight.kpus);
  const mayHaveFailed = status === "FAILED" || status === "CANCELLED" || status === "UNKNOWN";
  return wishing(look, mayHaveFailed ? resting(rest, ended) : rest, false, nextStep);
}

function afterChange(look: FlinkLook, change: Change): Verdict {
  const { from, to, at } = change;
  const { kpus } = look.sight;
  const rest = atRest(look, kpus);
  const outcome = outcomeOf(look, change);
  const reason = `${changeWords(change)} ${outcome.words}`;
  switch (outcome.is) {
    case "waiting":
      return working(look, kpus, reason, true);
    case "done": {
      const done = { ...rest, state: { ...rest.state, backoff: withoutBackoff(rest.state, change), attempts: undefined } };
      return wishing(look, noted(done, "done", reason), kpus === to, nextStep);
    }
    case "never":
      return wishing(look, afterAttempt(rest, { from, to, reason }, at, "failed"), false, nextStep);
    case "failed":
      return wishing(look, afterFailure(rest, { from, to, reason }, true), kpus === from, nextStep);
  }
}

interface Outcome {
  is: "done" | "waiting" | "never" | "failed";
  words: string;
}

/** An update is visible, and its operation can be read, after this time; then what the application itself shows has to do. */
const visibleAfter = 3 * minute;
const readableAfter = 5 * minute;

const isDone: Outcome = { is: "done", words: "is done" };
const neverBegun: Outcome = { is: "never", words: "was never seen to begin: decided anew" };

/** What became of an update, by its operation's own status: RUNNING alone can mean rolled back. */
function outcomeOf({ sight, now }: FlinkLook, change: Change): Outcome {
  const operation: OperationSight = sight.operation ?? { status: "UNKNOWN" };
  if (sight.status === "ROLLED_BACK") return failed(operation, "was rolled back");
  switch (operation.status) {
    case "SUCCESSFUL":
      return isDone;
    case "FAILED":
      return failed(
        operation,
        sight.status === "READY" ? "failed and left the application stopped (READY)" : "failed and was rolled back",
      );
    case "CANCELLED":
      return failed(operation, "was cancelled");
    case "IN_PROGRESS":
      return { is: "waiting", words: "is in progress by its operation's status" };
    case "UNKNOWN":
      if (now - change.at >= readableAfter) return withoutOperation(sight, change);
      return { is: "waiting", words: `may be done, but its operation could not be read (${operation.error ?? "no answer"})` };
    case "NONE":
      if (now - change.at < visibleAfter) return { is: "waiting", words: "is not visible yet" };
      return sight.kpus === change.to ? isDone : neverBegun;
  }
}

/** The application's word, where its operation's can't be had: its capacity, and whether its version moved at all. */
function withoutOperation(sight: FlinkSight, change: Change): Outcome {
  if (sight.kpus === change.to) return isDone;
  if (!change.sent && sight.version === change.version) return neverBegun;
  return { is: "failed", words: `ended with ${sight.kpus} KPUs, and its operation could not be read` };
}

function failed(operation: OperationSight, what: string): Outcome {
  return { is: "failed", words: operation.error ? `${what}: ${operation.error}` : what };
}

/** The update towards desired, or why there is none; nothing where all is as it should be. */
function nextStep({ sight, config, now }: FlinkLook, { state, actual, desired }: Resolved): Wish | string | undefined {
  if (desired === actual) return undefined;
  if (sight.status === "READY") return "the application is stopped (READY): start it; a stopped application is not updated";
  if (sight.status === "ROLLED_BACK") return "the application is ROLLED_BACK: check its last version; nothing is forced";
  const pause = refusedFor(state, actual, desired, now) ?? pausedUntil(state, now);
  if (pause !== undefined) return pause;
  const to = reachable(config, sight, desired).kpus;
  if (to === actual) return `maxParallelism ${config.maxParallelism} allows no more than ${actual} KPUs`;
  return { call: "UpdateApplication", from: actual, to, direction: to > actual ? "out" : "in" };
}

/** Why nothing is tried at the moment, whatever is asked for. */
function pausedUntil({ restUntil, attempts }: DimensionState, now: number): string | undefined {
  if (restUntil !== undefined)
    return `not restarted before ${isoTime(restUntil)}: its last update failed, and the next one might`;
  return attempts && now < attempts.next ? `tried again at ${isoTime(attempts.next)}` : undefined;
}

/** Parallelism of a number of KPUs, ended at maxParallelism, and the KPUs that this really is. */
export function reachable(config: FlinkConfig, sight: FlinkSight, kpus: Capacity): { parallelism: number; kpus: Capacity } {
  const parallelism = Math.min(kpus * sight.parallelismPerKpu, config.maxParallelism);
  return { parallelism, kpus: Math.ceil(parallelism / sight.parallelismPerKpu) };
}
