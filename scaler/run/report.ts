import { capacityDelay, completeDelay, logDecision, logError, publish } from "../aws/log";
import { updatesLeft } from "../decide/ladder";
import type { Note, Verdict } from "../decide/types";
import { capacityMetrics } from "../names";
import type { DimensionState } from "../types";
import type { Member, Run } from "./types";

const minute = 60_000;

/** Tells what became of a dimension in this run: errors, decisions, metrics. */
export function report(run: Run, { verdict, errors: gathered }: Member): void {
  const { now, stack } = run;
  const { look, state, actual, desired = look.desired, began, would } = verdict;
  const { id, config, record } = look;
  const errors = [...gathered];
  if (look.kind === "unseen") errors.push(look.error);
  // Where the state can't be written, the decision that it is gone may be of an earlier time.
  if (state.gone && !verdict.notes.some(({ action }) => action === "gone")) errors.push(state.gone);
  if (look.kind === "flink" && look.sight.operation?.status === "UNKNOWN" && look.sight.operation.error)
    errors.push(look.sight.operation.error);
  for (const error of errors) logError(now, stack, id, error);
  for (const { action, reason } of distinct(verdict.notes)) {
    const { pipeline, kind } = config;
    const change = action === "begin" ? began : action === "observe" ? told(would) : undefined;
    logDecision({ time: now, stack, id, pipeline, kind, action, reason, desired, actual, ...change });
  }
  const capacity = state.gone ? undefined : desired;
  publish(run, id, capacityDelay, { [capacityMetrics.desired]: capacity, [capacityMetrics.actual]: actual });
  // The policy that asked acts on the newest minutes; those that it saw would make it ask for more before the new capacity shows.
  if (record && now - record.at < 2 * minute) publish(run, id, capacityDelay + 1, { [capacityMetrics.desired]: capacity });
  publish(run, id, completeDelay, { [capacityMetrics.settled]: capacity });
  publish(run, id, 0, {
    [capacityMetrics.pendingMinutes]: pendingMinutes(state, config.mode === "observe", now),
    [capacityMetrics.updatesLeft]: config.kind === "stream" ? updatesLeft(config.updatesPerDay, state, now) : undefined,
    [capacityMetrics.changes]: began ? 1 : 0,
    [capacityMetrics.observed]: config.mode === "observe" ? (would?.begins ? 1 : 0) : undefined,
    [capacityMetrics.failedUpdates]: verdict.failedUpdates,
    [capacityMetrics.errors]: errors.length > 0 || state.gone ? 1 : 0,
  });
}

function told(would: Verdict["would"]) {
  return would && { from: would.from, target: would.target, ...(would.begins && { call: would.call }) };
}

function pendingMinutes({ pendingSince: since }: DimensionState, observing: boolean, now: number): number {
  return since === undefined || observing ? 0 : Math.max(0, Math.floor((now - since) / 60_000));
}

function distinct(notes: readonly Note[]): Note[] {
  return notes.filter(
    (note, i) => notes.findIndex((other) => other.action === note.action && other.reason === note.reason) === i,
  );
}
