import { logDecision, logError } from "../aws/decisionLog";
import { capacityMinute, completeMinute, publish } from "../aws/emf";
import { updatesLeft } from "../decide/ladder";
import { minuteStart } from "../decide/time";
import type { Look, Note } from "../decide/types";
import { capacityMetrics } from "../names";
import type { DimensionState } from "../types";
import type { Member, Run } from "./types";

const minute = 60_000;

/** Tells what became of a dimension in this run: errors, decisions, metrics. */
export function report({ now, stack }: Run, { verdict, errors: gathered }: Member): void {
  const { look, state, actual, desired = look.desired, began } = verdict;
  const { id, config, record } = look;
  const errors = [...gathered, ...errorOf(look)];
  for (const error of errors) logError(now, stack, id, error);
  for (const { action, reason } of distinct(verdict.notes)) {
    const { pipeline, kind } = config;
    logDecision({ time: now, stack, id, pipeline, kind, action, reason, desired, actual, ...(action === "begin" && began) });
  }
  const capacity = state.gone ? undefined : desired;
  publish(stack, id, capacityMinute(now), { [capacityMetrics.desired]: capacity, [capacityMetrics.actual]: actual });
  // The policy that asked acts on the newest minutes; those that it saw would make it ask for more before the new capacity shows.
  if (record && now - record.at < 2 * minute)
    publish(stack, id, capacityMinute(now) - minute, { [capacityMetrics.desired]: capacity });
  publish(stack, id, completeMinute(now), { [capacityMetrics.settled]: capacity });
  publish(stack, id, minuteStart(now), {
    [capacityMetrics.pendingMinutes]: pendingMinutes(state, config.mode === "observe", now),
    [capacityMetrics.updatesLeft]: config.kind === "stream" ? updatesLeft(config.updatesPerDay, state, now) : undefined,
    [capacityMetrics.changes]: began ? 1 : 0,
    [capacityMetrics.failedUpdates]: verdict.failedUpdates,
    [capacityMetrics.errors]: errors.length > 0 || state.gone ? 1 : 0,
  });
}

/** What stood in the way of the look itself. */
function errorOf(look: Look): string[] {
  if (look.kind === "unseen") return [look.error];
  const operation = look.kind === "flink" ? look.sight.operation : undefined;
  return operation?.status === "UNKNOWN" && operation.error ? [operation.error] : [];
}

function pendingMinutes({ pendingSince: since }: DimensionState, observing: boolean, now: number): number {
  return since === undefined || observing ? 0 : Math.max(0, Math.floor((now - since) / 60_000));
}

function distinct(notes: readonly Note[]): Note[] {
  return notes.filter(
    (note, i) => notes.findIndex((other) => other.action === note.action && other.reason === note.reason) === i,
  );
}
