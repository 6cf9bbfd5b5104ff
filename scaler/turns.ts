import type { DimensionConfig, Verdict } from "./types";

const minute = 60_000;
/** After a reshard an application with an affected connector waits at most so long for its parents to be read to the end. */
const longestDrain = 15 * minute;
const drainedLag = 60_000;

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
  waiting: Record<string, string>;
  /** Dimensions that wait for parents to be drained: their 15 minutes to begin don't run meanwhile. */
  draining: string[];
}

/** When the pipeline's newest reshard ended, if that is so recent that an affected connector may still read its parents. */
function recentReshard(turns: readonly Turn[], now: number): number | undefined {
  const times = turns.flatMap(({ config, verdict }) => (config.kind === "stream" ? (verdict.state.reshardedAt ?? []) : []));
  const newest = Math.max(...times, -Infinity);
  return now - newest < longestDrain ? newest : undefined;
}

/** True where the application's lag decides whose turn it is: only then is it worth a call. */
export function needsLag(turns: readonly Turn[], now: number): boolean {
  if (turns.some(({ verdict }) => verdict.busy)) return false;
  return turns.some(({ config, verdict }) => {
    if (config.kind !== "flink" || !verdict.wish || !config.lag) return false;
    return config.drainAfterReshard
      ? recentReshard(turns, now) !== undefined
      : planRuns(turns) && verdict.wish.direction === "out";
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
  const result: Turns = { waiting: {}, draining: [] };
  const busy = turns.find(({ verdict }) => verdict.busy);
  const ready = [...wishing].sort((a, b) => rank(a, turns, lag) - rank(b, turns, lag) || (a.id < b.id ? -1 : 1));
  for (const turn of ready) {
    if (busy) {
      result.waiting[turn.id] = `waits for its turn: ${busy.verdict.busy}`;
    } else if (isDraining(turn, turns, lag, now)) {
      result.waiting[turn.id] = drainReason(lag);
      result.draining.push(turn.id);
    } else if (result.go === undefined) {
      result.go = turn.id;
    } else {
      result.waiting[turn.id] = `waits for its turn: ${result.go} goes first`;
    }
  }
  return result;
}

function rank(turn: Turn, turns: readonly Turn[], lag: Lag | undefined): number {
  const { config, verdict } = turn;
  const out = verdict.wish?.direction === "out";
  if (config.kind === "stream") return out ? 1 : 4;
  return out ? (overtakes(turn, turns, lag) ? 0 : 2) : 3;
}

/** Between two calls of a plan the application may rescale first when its lag is beyond its limit. */
function overtakes({ config }: Turn, turns: readonly Turn[], lag: Lag | undefined): boolean {
  if (config.kind !== "flink" || config.lagLimitSeconds === undefined || !lag || !planRuns(turns)) return false;
  return lag.milliseconds > config.lagLimitSeconds * 1_000;
}

/**
 * FLINK-37627: an application that restarts while it reads a parent shard to its end can lose data (Kinesis connectors before
 * 5.1.0). It waits for two checkpoints and a lag below 60 s. A lag that is missing is not a lag of zero.
 */
function isDraining({ config }: Turn, turns: readonly Turn[], lag: Lag | undefined, now: number): boolean {
  if (config.kind !== "flink" || !config.drainAfterReshard) return false;
  const reshard = recentReshard(turns, now);
  if (reshard === undefined) return false;
  if (now - reshard < 2 * config.checkpointIntervalSeconds * 1_000) return true;
  return !lag || lag.at < reshard || lag.milliseconds >= drainedLag;
}

function drainReason(lag: Lag | undefined): string {
  const seen = lag ? `lag ${Math.round(lag.milliseconds / 1_000)} s` : "lag unknown";
  return `waits until the parents of the last reshard are read to their end (${seen}): with this connector a restart could lose data`;
}
