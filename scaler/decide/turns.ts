import type { DimensionConfig, Verdict } from "../types";

const minute = 60_000;
/** After a reshard an application with an affected connector waits at most so long for its parents to be read to the end. */
const longestDrain = 15 * minute;
const drainedLag = 60_000;
/** A stream keeps records for a day by default: what is older than its last reshard is read, or gone, by then. */
const longestRisk = 24 * 60 * minute;
/** An application that must grow doesn't wait for the end of a plan of splits; less than the time after which it would give up. */
const longestPlanWait = 10 * minute;

/** A dimension as the pipeline sees it. */
export interface Turn {
  id: string;
  config: DimensionConfig;
  verdict: Verdict;
}

/** The newest lag and the minute it is of; undefined when there is none, or it is reported as -1. */
export interface Lag {
  milliseconds: number;
  at: number;
}

/** Who may begin (at most one), and why the others wait. */
export interface Turns {
  go?: string;
  /** What may be lost by it, in words; "" where nothing. */
  risk: string;
  /** Why a dimension waits, by id. */
  waiting: Map<string, string>;
  /** Dimensions that wait for parents to be drained, and a plan that waits for them: their 15 minutes to begin don't run meanwhile. */
  patient: string[];
}

/** When the pipeline's newest reshard ended; -Infinity: none is known. */
function newestReshard(turns: readonly Turn[]): number {
  const times = turns.flatMap(({ config, verdict }) => (config.kind === "stream" ? (verdict.state.reshardedAt ?? []) : []));
  return Math.max(...times, -Infinity);
}

/** True where the application's lag decides whose turn it is, or what is risked by it: only then is it worth a call. */
export function needsLag(turns: readonly Turn[], now: number): boolean {
  if (turns.some(({ verdict }) => verdict.busy)) return false;
  return turns.some(({ config, verdict }) => {
    if (config.kind !== "flink" || !verdict.wish || !config.lag) return false;
    if (config.drainAfterReshard && now - newestReshard(turns) < longestRisk) return true;
    return planRuns(turns) && verdict.wish.direction === "out";
  });
}

function planRuns(turns: readonly Turn[]): boolean {
  return turns.some(({ verdict }) => verdict.wish?.call === "plan");
}

/**
 * One change at a time in a pipeline: stream out, application out, application in, stream in. The order depends on what is
 * stored and seen alone, so that two runs at once come to the same.
 */
export function takeTurns(turns: readonly Turn[], lag: Lag | undefined, now: number): Turns {
  const wishing = turns.filter(({ verdict }) => verdict.wish);
  const result: Turns = { risk: "", waiting: new Map(), patient: [] };
  const busy = turns.find(({ verdict }) => verdict.busy);
  const overtaking = wishing.find((turn) => overtakes(turn, turns, lag, now));
  const ready = [...wishing].sort((a, b) => rank(a, overtaking) - rank(b, overtaking) || (a.id < b.id ? -1 : 1));
  for (const turn of ready) {
    if (busy) {
      result.waiting.set(turn.id, `waits for its turn: ${busy.verdict.busy}`);
    } else if (isDraining(turn, turns, lag, now)) {
      result.waiting.set(turn.id, drainReason(lag));
      result.patient.push(turn.id);
    } else if (overtaking && turn.verdict.wish?.call === "plan") {
      result.waiting.set(turn.id, `the plan pauses: ${overtaking.id} goes first`);
      result.patient.push(turn.id);
    } else if (result.go === undefined) {
      result.go = turn.id;
      result.risk = riskOf(turn, turns, lag, now);
    } else {
      result.waiting.set(turn.id, `waits for its turn: ${result.go} goes first`);
    }
  }
  return result;
}

/** What began nothing before comes last: it must not keep the other one from its turn. */
function rank({ config, verdict }: Turn, overtaking: Turn | undefined): number {
  const out = verdict.wish?.direction === "out";
  const last = verdict.state.attempts ? 10 : 0;
  if (config.kind === "stream") return last + (out ? 1 : 4);
  return last + (out ? (overtaking ? 0 : 2) : 3);
}

/** Between two calls of a plan the application may scale out first: when its lag is beyond its limit, or when it has waited long. */
function overtakes({ config, verdict }: Turn, turns: readonly Turn[], lag: Lag | undefined, now: number): boolean {
  if (config.kind !== "flink" || verdict.wish?.direction !== "out" || !planRuns(turns)) return false;
  if (now - (verdict.state.pendingSince ?? now) >= longestPlanWait) return true;
  return config.lagLimitSeconds !== undefined && lag !== undefined && lag.milliseconds > config.lagLimitSeconds * 1_000;
}

/**
 * FLINK-37627: an application that restarts while it reads a parent shard to its end can lose data (Kinesis connectors before
 * 5.1.0). It waits for two checkpoints and a lag below 60 s. A lag that is missing is not a lag of zero.
 */
function isDraining({ config }: Turn, turns: readonly Turn[], lag: Lag | undefined, now: number): boolean {
  if (config.kind !== "flink" || !config.drainAfterReshard) return false;
  const reshard = newestReshard(turns);
  if (now - reshard >= longestDrain) return false;
  if (now - reshard < 2 * config.checkpointIntervalSeconds * 1_000) return true;
  return !lag || lag.at < reshard || lag.milliseconds >= drainedLag;
}

function drainReason(lag: Lag | undefined): string {
  return `waits until the parents of the last reshard are read to their end (${lagWords(lag)}): with this connector a restart could lose data`;
}

function lagWords(lag: Lag | undefined): string {
  return lag ? `lag ${Math.round(lag.milliseconds / 1_000)} s` : "lag unknown";
}

/** It waits no longer, and what it reads may still be from before the reshard: then a restart may lose what the parents hold. */
function riskOf({ config }: Turn, turns: readonly Turn[], lag: Lag | undefined, now: number): string {
  if (config.kind !== "flink" || !config.drainAfterReshard) return "";
  const reshard = newestReshard(turns);
  if (now - reshard >= longestRisk || (lag && lag.at - lag.milliseconds >= reshard - drainedLag)) return "";
  return `; parents of the last reshard may not be read to their end (${lagWords(lag)}): with this connector the restart may lose data`;
}
