import { activeBackoff, covers, effectiveDesired } from "./desired";
import { afterFailure, refusedFor } from "./giveUp";
import { gone, settle, wishing, working } from "./settle";
import { isoTime } from "./time";
import type { Rest } from "./settle";
import type { Capacity, Change, FlinkConfig, FlinkSight, Look, OperationSight, Verdict } from "./types";

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
        state: { ...rest, backoff: rest.backoff && !covers(rest.backoff, change.to) ? rest.backoff : undefined },
        ours: actual === change.to,
      };
      const reason = `${describeChange(change)} is done`;
      return wishes(look, sight, settle(look, { ...done, notes: [{ action: "done", reason }] }));
    }
    case "never":
      return wishes(
        look,
        sight,
        settle(look, { ...unchanged, notes: [{ action: "failed", reason: `${describeChange(change)} ${outcome.reason}` }] }),
      );
    case "failed": {
      const desired = effectiveDesired(look.config, look.desired, look.key, rest) ?? actual;
      const failure = afterFailure(look, rest, desired, actual, change, `${describeChange(change)} ${outcome.reason}`);
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
      return { is: "waiting", reason: `may be done, but its operation could not be read (${operation.error ?? "no answer"})` };
    case "NONE":
      if (look.now - change.at < 3 * minute) return { is: "waiting", reason: "is not visible yet" };
      if (sight.kpus === change.to && sight.version !== change.version) return { is: "done" };
      return { is: "never", reason: "was never seen to begin: decided anew" };
  }
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
  if (activeBackoff(state, desired, look.now)) return wishing(look, rest, undefined, refusedFor(state, desired, look.now));
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

/** Parallelism of a number of KPUs, ended at maxParallelism, and the KPUs that this really is. */
export function reachable(config: FlinkConfig, sight: FlinkSight, kpus: Capacity): { parallelism: number; kpus: Capacity } {
  const parallelism = Math.min(kpus * sight.parallelismPerKpu, config.maxParallelism);
  return { parallelism, kpus: Math.ceil(parallelism / sight.parallelismPerKpu) };
}
