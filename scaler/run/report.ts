import type { Begun, Member, Run } from "./begin";
import { logDecision, logError } from "../aws/decisionLog";
import { capacityMinute, publish, settledMinute } from "../aws/emf";
import { updatesLeft } from "../decide/ladder";
import { capacityMetrics } from "../names";
import { minuteStart } from "../decide/time";
import type { DimensionState, Note } from "../types";

const minute = 60_000;

/** Tells what became of a dimension in this run: errors, decisions, metrics. */
export function report(run: Run, { look: looked, verdict }: Member, begun: Begun | undefined, errors: string[]): void {
  const { id, config, sight } = looked;
  const { actual, desired, state } = verdict;
  if (sight.kind === "unseen") errors.push(sight.error);
  if (sight.kind === "flink" && sight.operation?.status === "UNKNOWN" && sight.operation.error)
    errors.push(sight.operation.error);
  for (const error of errors) logError(run.now, run.stack, id, error);
  for (const { action, reason } of distinct(verdict.notes)) {
    const began = action === "begin" ? { call: begun?.call, target: begun?.target } : {};
    logDecision({
      time: run.now,
      stack: run.stack,
      id,
      pipeline: config.pipeline,
      kind: config.kind,
      action,
      reason,
      desired,
      actual,
      ...began,
    });
  }
  publish(run.stack, id, capacityMinute(run.now), {
    [capacityMetrics.desired]: state.gone ? undefined : desired,
    [capacityMetrics.actual]: actual,
  });
  // The policy that asked acts on the newest minutes; those that it saw would make it ask for more before the new capacity shows.
  if (!state.gone && looked.desired && run.now - looked.desired.at < 2 * minute)
    publish(run.stack, id, capacityMinute(run.now) - minute, { [capacityMetrics.desired]: desired });
  publish(run.stack, id, settledMinute(run.now), { [capacityMetrics.settled]: state.gone ? undefined : desired });
  publish(run.stack, id, minuteStart(run.now), {
    [capacityMetrics.pendingMinutes]: pendingMinutes(state, config.mode === "observe", run.now),
    [capacityMetrics.updatesLeft]: config.kind === "stream" ? updatesLeft(config.updatesPerDay, state, run.now) : undefined,
    [capacityMetrics.changes]: begun?.call ? 1 : 0,
    [capacityMetrics.failedUpdates]: verdict.failedUpdates,
    [capacityMetrics.errors]: errors.length > 0 || state.gone ? 1 : 0,
  });
}

function pendingMinutes({ pendingSince: since }: DimensionState, observing: boolean, now: number): number {
  return since === undefined || observing ? 0 : Math.max(0, Math.floor((now - since) / 60_000));
}

function distinct(notes: readonly Note[]): Note[] {
  return notes.filter(
    (note, i) => notes.findIndex((other) => other.action === note.action && other.reason === note.reason) === i,
  );
}
