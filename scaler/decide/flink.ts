import { effectiveDesired } from "./desired";
import { afterAttempt, afterFailure, refusedFor, withoutBackoff } from "./giveUp";
import { gone, settle, wishing, working } from "./rest";
import { isoTime } from "./time";
import type { Rest } from "./rest";
import type { Capacity, Change, DimensionState, FlinkConfig, FlinkSight, Look, OperationSight, Verdict } from "../types";

const minute = 60_000;

/** Statuses: "ApplicationDetail", Managed Service for Apache Flink API Reference. */
export function decideFlink(look: Look, sight: FlinkSight): Verdict {
  const { name } = look.config;
  const { change } = look.state;
  switch (sight.status) {
    case "MISSING":
      return gone(look, `application ${name} does not exist: it was deleted, or the name is wrong. Run pulumi up, or correct it`);
    case "DELETING":
      return gone(look, `application ${name} is being deleted`);
    case "UPDATING":
      return change
        ? working(look, sight.kpus, `${describeChange(change)} is in progress: application ${name} is UPDATING`, true)
        : working(look, sight.kpus, `application ${name} is UPDATING by another hand: nothing is begun meanwhile`, false);
    case "ROLLING_BACK":
      return working(look, sight.kpus, `application ${name} is ROLLING_BACK: its last update failed`, change !== undefined);
    case "AUTOSCALING":
      return working(
        look,
        sight.kpus,
        `application ${name} is AUTOSCALING: Managed Flink's own autoscaling is on and fights this one; turn it off`,
        false,
      );
    case "MAINTENANCE":
      return working(look, sight.kpus, `application ${name} is in MAINTENANCE by AWS: nothing is forced`, false);
    case "STARTING":
    case "STOPPING":
    case "FORCE_STOPPING":
      return working(look, sight.kpus, `application ${name} is ${sight.status}: nothing is forced`, false);
    case "RUNNING":
    case "READY":
    case "ROLLED_BACK":
      return atRest(look, sight);
    default:
      return working(
        look,
        sight.kpus,
        `application ${name} is ${String(sight.status)}, a status unknown here: nothing is forced`,
        false,
      );
  }
}

function describeChange(change: Change): string {
  return `UpdateApplication from ${change.from} to ${change.to} KPUs, begun at ${isoTime(change.at)},`;
}

function atRest(look: Look, sight: FlinkSight): Verdict {
  const { change, ...rest } = look.state;
  const actual = sight.kpus;
  const unchanged: Rest = { state: { ...rest }, actual, ours: false, notes: [], failedUpdates: 0 };
  if (!change) return wishes(look, sight, settle(look, unchanged));

  const outcome = outcomeOf(look, sight, change);
  switch (outcome.is) {
    case "waiting":
      return working(look, actual, `${describeChange(change)} ${outcome.reason}`, true);
    case "done": {
      const done = {
        ...unchanged,
        state: { ...rest, backoff: withoutBackoff(rest, change), attempts: undefined },
        ours: actual === change.to,
      };
      const reason = `${describeChange(change)} is done`;
      return wishes(look, sight, settle(look, { ...done, notes: [{ action: "done", reason }] }));
    }
    case "never": {
      const attempt = {
        from: change.from,
        to: change.to,
        reason: `${describeChange(change)} ${outcome.reason}`,
        begun: change.at,
      };
      const desired = effectiveDesired(look.config, look.desired, look.key, rest) ?? actual;
      const { state, note, gaveUp } = afterAttempt(look, rest, desired, actual, attempt);
      const notes = [{ ...note, action: "failed" as const }];
      return wishes(look, sight, settle(look, { ...unchanged, state, notes, failedUpdates: gaveUp ? 1 : 0 }));
    }
    case "failed": {
      const desired = effectiveDesired(look.config, look.desired, look.key, rest) ?? actual;
      const reason = `${describeChange(change)} ${outcome.reason}`;
      const failure = afterFailure(look, rest, desired, actual, { from: change.from, to: change.to, reason, restarted: true });
      const ours = actual === change.from;
      return wishes(
        look,
        sight,
        settle(look, { ...unchanged, state: failure.state, ours, notes: [failure.note], failedUpdates: 1 }),
      );
    }
  }
}

type Outcome = { is: "done" } | { is: "waiting" | "never" | "failed"; reason: string };

/** An update is visible, and its operation can be read, after this time; then what the application itself shows has to do. */
const visibleAfter = 3 * minute;
const readableAfter = 5 * minute;

/** What became of an update, by its operation's own status: RUNNING alone can mean rolled back. */
function outcomeOf(look: Look, sight: FlinkSight, change: Change): Outcome {
  const operation: OperationSight = sight.operation ?? { status: "UNKNOWN" };
  if (sight.status === "ROLLED_BACK") return failed(operation, "was rolled back");
  switch (operation.status) {
    case "SUCCESSFUL":
      return { is: "done" };
    case "FAILED":
      return failed(
        operation,
        sight.status === "READY" ? "failed and left the application stopped (READY)" : "failed and was rolled back",
      );
    case "CANCELLED":
      return failed(operation, "was cancelled");
    case "IN_PROGRESS":
      return { is: "waiting", reason: "is in progress by its operation's status" };
    case "UNKNOWN":
      if (look.now - change.at >= readableAfter) return withoutOperation(sight, change);
      return { is: "waiting", reason: `may be done, but its operation could not be read (${operation.error ?? "no answer"})` };
    case "NONE":
      if (look.now - change.at < visibleAfter) return { is: "waiting", reason: "is not visible yet" };
      if (sight.kpus === change.to) return { is: "done" };
      return { is: "never", reason: "was never seen to begin: decided anew" };
  }
}

/** The application's word, where its operation's can't be had: its capacity, and whether its version moved at all. */
function withoutOperation(sight: FlinkSight, change: Change): Outcome {
  if (sight.kpus === change.to) return { is: "done" };
  if (!change.sent && sight.version === change.version) return { is: "never", reason: "was never seen to begin: decided anew" };
  return { is: "failed", reason: `ended with ${sight.kpus} KPUs, and its operation could not be read` };
}

function failed(operation: OperationSight, what: string): Outcome {
  return { is: "failed", reason: operation.error ? `${what}: ${operation.error}` : what };
}

function wishes(look: Look, sight: FlinkSight, rest: Rest & { desired: Capacity }): Verdict {
  const { actual, desired, state } = rest;
  if (desired === actual) return wishing(look, rest, undefined, undefined);
  if (sight.status === "READY") {
    return wishing(look, rest, undefined, "the application is stopped (READY): start it; a stopped application is not updated");
  }
  if (sight.status === "ROLLED_BACK") {
    return wishing(look, rest, undefined, "the application is ROLLED_BACK: check its last version; nothing is forced");
  }
  const refused = refusedFor(state, actual, desired, look.now);
  if (refused !== undefined) return wishing(look, rest, undefined, refused);
  const pause = pausedUntil(state, look.now);
  if (pause !== undefined) return wishing(look, rest, undefined, pause);
  const to = reachable(look.config as FlinkConfig, sight, desired).kpus;
  if (to === actual) {
    return wishing(
      look,
      rest,
      undefined,
      `maxParallelism ${(look.config as FlinkConfig).maxParallelism} allows no more than ${actual} KPUs`,
    );
  }
  return wishing(look, rest, { call: "UpdateApplication", from: actual, to, direction: to > actual ? "out" : "in" }, undefined);
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
