import type { DimensionState } from "../types";
import { block } from "./giveUp";
import type { Lag, Verdict } from "./types";
import { noted } from "./words";

const minute = 60_000;
/** After a reshard an application with an affected connector waits at most so long for its parents to be read to the end. */
const longestDrain = 15 * minute;
const drainedLag = 60_000;
/** A stream keeps records for a day by default: what is older than its last reshard is read, or gone, by then. */
const longestRisk = 24 * 60 * minute;
/** An application that must grow doesn't wait for the end of a plan of splits; less than the time after which it would give up. */
const longestPlanWait = 10 * minute;

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

/**
 * A dimension whose pipeline's other one can't be read: it waits as long as what that began may be under way, and where its connector
 * is affected for the parents of the last reshard.
 */
export function besideBroken(verdict: Verdict, { change, reshardedAt }: DimensionState, problem: string): Verdict {
  const { config, now } = verdict.look;
  const drains = config.kind === "flink" && config.drainAfterReshard;
  const last = Math.max(change?.at ?? -Infinity, (drains ? reshardedAt : undefined) ?? -Infinity);
  if (now - last >= longestDrain) return verdict;
  return { ...verdict, busy: verdict.busy ?? `${problem}; what it began may be under way` };
}

/** When the pipeline's newest reshard ended; -Infinity: none is known. */
function newestReshard(verdicts: readonly Verdict[]): number {
  const times = verdicts.flatMap(({ look, state }) => (look.config.kind === "stream" ? (state.reshardedAt ?? []) : []));
  return Math.max(...times, -Infinity);
}

/** True where the application's lag decides whose turn it is, or what is risked by it: only then is it worth a call. */
export function needsLag(verdicts: readonly Verdict[], now: number): boolean {
  if (verdicts.some(({ busy }) => busy)) return false;
  return verdicts.some(({ look: { config }, wish }) => {
    if (config.kind !== "flink" || !wish || !config.lag) return false;
    if (config.drainAfterReshard && now - newestReshard(verdicts) < longestRisk) return true;
    return planRuns(verdicts) && wish.direction === "out";
  });
}

function planRuns(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ wish }) => wish?.call === "plan");
}

/**
 * One change at a time in a pipeline: stream out, application out, application in, stream in. The order depends on what is
 * stored and seen alone, so that two runs at once come to the same. The first verdict is of the dimension that holds the pipeline's turn.
 */
export function takeTurns(verdicts: readonly Verdict[], lag: Lag | undefined, now: number): Turns {
  const wishing = verdicts.filter(({ wish }) => wish);
  const result: Turns = { risk: "", waiting: new Map(), patient: [] };
  const busy = verdicts.find((verdict) => verdict.busy)?.busy;
  const overtaking = wishing.find((verdict) => overtakes(verdict, verdicts, lag, now));
  const ready = [...wishing].sort((a, b) => rank(a, overtaking) - rank(b, overtaking) || (a.look.id < b.look.id ? -1 : 1));
  for (const verdict of ready) {
    const { id } = verdict.look;
    if (busy) {
      result.waiting.set(id, `waits for its turn: ${busy}`);
    } else if (isDraining(verdict, verdicts, lag, now)) {
      result.waiting.set(id, drainReason(lag));
      result.patient.push(id);
    } else if (overtaking && verdict.wish?.call === "plan") {
      result.waiting.set(id, `the plan pauses: ${overtaking.look.id} goes first`);
      result.patient.push(id);
    } else if (result.go === undefined) {
      result.go = id;
      result.risk = riskOf(verdict, verdicts, lag, now);
    } else {
      result.waiting.set(id, `waits for its turn: ${result.go} goes first`);
    }
  }
  if (result.go === undefined || !verdicts[0]?.state.turn) return result;
  result.waiting.set(result.go, "another run of the scaler holds the pipeline's turn");
  return { ...result, go: undefined };
}

/** What began nothing before comes last: it must not keep the other one from its turn. */
function rank({ look, state, wish }: Verdict, overtaking: Verdict | undefined): number {
  const out = wish?.direction === "out";
  const last = state.attempts ? 10 : 0;
  if (look.config.kind === "stream") return last + (out ? 1 : 4);
  return last + (out ? (overtaking ? 0 : 2) : 3);
}

/** Between two calls of a plan the application may scale out first: when its lag is beyond its limit, or when it has waited long. */
function overtakes({ look, state, wish }: Verdict, verdicts: readonly Verdict[], lag: Lag | undefined, now: number): boolean {
  const { config } = look;
  if (config.kind !== "flink" || wish?.direction !== "out" || !planRuns(verdicts)) return false;
  if (now - (state.pendingSince ?? now) >= longestPlanWait) return true;
  return config.lagLimitSeconds !== undefined && lag !== undefined && lag.milliseconds > config.lagLimitSeconds * 1_000;
}

/**
 * FLINK-37627: an application that restarts while it reads a parent shard to its end can lose data (Kinesis connectors before
 * 5.1.0). It waits for two checkpoints and a lag below 60 s. A lag that is missing is not a lag of zero.
 */
function isDraining({ look: { config } }: Verdict, verdicts: readonly Verdict[], lag: Lag | undefined, now: number): boolean {
  if (config.kind !== "flink" || !config.drainAfterReshard) return false;
  const reshard = newestReshard(verdicts);
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
function riskOf({ look: { config } }: Verdict, verdicts: readonly Verdict[], lag: Lag | undefined, now: number): string {
  if (config.kind !== "flink" || !config.drainAfterReshard) return "";
  const reshard = newestReshard(verdicts);
  if (now - reshard >= longestRisk || (lag && lag.at - lag.milliseconds >= reshard - drainedLag)) return "";
  return `; parents of the last reshard may not be read to their end (${lagWords(lag)}): with this connector the restart may lose data`;
}

/** The verdict of a dimension after the turns: what wants to begin and may not, waits. */
export function held(verdict: Verdict, { waiting, patient }: Turns): Verdict {
  const { look, obstacle, actual, desired } = verdict;
  const reason = obstacle ?? waiting.get(look.id);
  if (reason === undefined) return verdict;
  if (patient.includes(look.id) && actual !== desired) {
    const { blocked: _blocked, ...state } = verdict.state;
    return noted({ ...verdict, state }, "wait", reason);
  }
  return block(verdict, reason, obstacle ? "blocked" : "wait");
}
