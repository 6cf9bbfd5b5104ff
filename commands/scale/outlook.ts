import { updateMinutes } from "../../components/stream/updateMinutes";
import { accept } from "../../scaler/api/accept";
import { onDemandWords } from "../../scaler/decide/stream";
import { bounds } from "../../scaler/decide/desired";
import { nextRung, rungs, updatesLeft } from "../../scaler/decide/ladder";
import type { Stored } from "../../scaler/aws/parameters";
import { equalBoundary, planLength, type ShardRange } from "../../scaler/decide/plan";
import { standingOf } from "../../scaler/decide/desired";
import type { DimensionAnswer, DimensionConfig } from "../../scaler/types";

/** What the scaling API will make of a request, said before it is sent. */
export interface Outlook {
  /** Undefined: it will be refused. */
  desired?: number;
  /** Why it is refused, or another number than asked for. */
  because?: string;
  /** Which service calls it takes. */
  calls: string;
  /** Minutes until it is done, about. */
  minutes: number;
  notes: string[];
}

/** A split or a merge takes about 30 s, and the scaler begins one a minute. */
const splitMinutes = 1;
/** The scaler looks once a minute. */
const untilNextRun = 1;

/** What is known of the service beside the scaler's parameters. */
export interface Surroundings {
  /** How long a rescale stops the application. */
  restartSeconds: number;
  /** The stream's mode; undefined: it may not be read. Never for an application. */
  onDemand?: boolean;
}

/** @param now ms. Pure. */
export function outlookOf(stored: Stored, requested: number, now: number, around: Surroundings): Outlook {
  const { config } = stored;
  const accepted = accept(config, standingOf(stored, now), requested);
  if (accepted.is === "refuse") return { because: accepted.reason, calls: "none", minutes: 0, notes: [] };
  const desired = accepted.desired ?? requested;
  const actual = stored.state.actual ?? config.initial ?? bounds(config).min;
  const because = desired === requested ? undefined : accepted.reason;
  return { desired, because, notes: notesOf(stored, actual), ...workOf(stored, actual, desired, now, around) };
}

/** Without the scaler's parameters: what the endpoint's answer alone allows to say. */
export function outlookFromAnswer(
  kind: DimensionConfig["kind"],
  { actualCapacity: actual }: DimensionAnswer,
  requested: number,
  onDemand?: boolean,
): Outlook {
  const notes = ["the scaler's parameters can't be read (ssm:GetParameters is denied): bounds and the day's updates are unknown"];
  if (onDemand) return { desired: requested, calls: scaledByAws, minutes: 0, notes };
  const count = kind === "stream" ? rungs(actual, Math.max(1, requested)) : actual === requested ? 0 : 1;
  const calls = kind === "stream" ? `at least ${times(count, "UpdateShardCount call")}` : times(count, "UpdateApplication call");
  return { desired: requested, calls, minutes: untilNextRun + 2 * count, notes };
}

const scaledByAws = `none: ${onDemandWords}`;

function workOf({ config, state }: Stored, actual: number, desired: number, now: number, around: Surroundings) {
  if (around.onDemand && actual !== desired) return { calls: scaledByAws, minutes: 0 };
  if (config.mode === "observe") return { calls: "none: in observe mode the scaler only notes what it would do", minutes: 0 };
  if (actual === desired) return { calls: "none: it is there already", minutes: 0 };
  if (config.kind === "flink") {
    const { restartSeconds } = around;
    const parallelism = Math.min(desired * config.parallelismPerKpu, config.maxParallelism);
    return {
      calls: `1 UpdateApplication call (parallelism ${parallelism}): the application restarts and reads nothing for about ${restartSeconds} s`,
      minutes: untilNextRun + Math.ceil(restartSeconds / 60),
    };
  }
  const left = updatesLeft(config.updatesPerDay, state, now);
  const { path, minutes } = ladder(actual, desired, desired > actual ? left : Infinity);
  const reached = path.at(-1) ?? actual;
  const updates = path.length > 1 ? [`${times(path.length - 1, "UpdateShardCount call")} (${path.join(" -> ")})`] : [];
  const rest = reached === desired ? 0 : planLength(equalRanges(reached), desired);
  const spent = rest === 0 ? [] : [`${times(rest, "SplitShard and MergeShards call")}, because the day's updates are spent`];
  const day = `${left} of the day's ${config.updatesPerDay} updates are left`;
  return { calls: `${[...updates, ...spent].join(", then ")}; ${day}`, minutes: untilNextRun + minutes + rest * splitMinutes };
}

/** Counts that a stream passes on its way, with at most `most` calls. */
function ladder(from: number, to: number, most: number): { path: number[]; minutes: number } {
  const path = [from];
  let minutes = 0;
  for (let at = from; at !== to && path.length <= most;) {
    const next = nextRung(at, to);
    minutes += updateMinutes(at, next);
    path.push((at = next));
  }
  return { path, minutes };
}

function equalRanges(count: number): ShardRange[] {
  return Array.from({ length: count }, (_, i) => ({
    shardId: String(i),
    first: equalBoundary(BigInt(i), count),
    last: equalBoundary(BigInt(i + 1), count) - 1n,
  }));
}

const modeKeys = { stream: "sluice:streamMode", flink: "sluice:applicationMode" } as const;

function notesOf({ config, state }: Stored, actual: number): string[] {
  const { change, plan } = state;
  return [
    ...(change ? [`${change.call} from ${change.from} to ${change.to} is in progress and is finished first`] : []),
    ...(plan && !change ? [`a plan of splits and merges to ${plan.to} shards is under way from ${actual}`] : []),
    ...(config.mode === "observe" ? [`observe mode: nothing is changed (sluice:mode, ${modeKeys[config.kind]})`] : []),
  ];
}

function times(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
