import { overdueWords } from "./answer";
import { askedFor, clamp, effectiveDesired, isNewer, isOverdue } from "../decide/desired";
import { lowestReachable } from "../decide/stream";
import { refusedFor } from "../decide/giveUp";
import type { Capacity, DesiredRecord, DimensionConfig, DimensionState } from "../types";

/** What PATCH makes of a capacity that was asked for. */
export type Acceptance =
  | { is: "store"; desired: Capacity; reason: string }
  | { is: "keep"; desired: Capacity | undefined; reason: string }
  | { is: "refuse"; reason: string };

export interface Asked {
  config: DimensionConfig;
  desired?: DesiredRecord;
  key: string;
  state: DimensionState;
  requested: Capacity;
  /** The request's time, ms. */
  now: number;
}

/** Bounded, and cut to what can be done: what is accepted only in part is answered at once with the accepted number. Pure. */
export function accept(asked: Asked): Acceptance {
  const { config, desired: record, key, state, requested, now } = asked;
  const current = effectiveDesired(config, record, key, state);
  if (record && isNewer(record, { at: now }))
    return { is: "keep", desired: current, reason: "a newer request has been accepted: this one came late" };
  if (record && isOverdue(record, key, state, now)) return { is: "refuse", reason: overdueWords(record) };
  if (state.gone) return { is: "refuse", reason: state.gone };

  const { actual } = state;
  const wanted = clamp(config, requested);
  if (actual !== undefined && current !== undefined && actual < wanted && wanted < current) {
    return {
      is: "keep",
      desired: current,
      reason: `${wanted} is between actual (${actual}) and desired (${current}) while scaling out`,
    };
  }
  const refused = actual === undefined ? undefined : refusedFor(state, actual, wanted, now);
  if (refused !== undefined) return { is: "refuse", reason: refused };
  const possible = clamp(config, withClimbBack(asked, wanted));
  const reason = wordsFor(requested, wanted, possible);
  // What the bounds make of an older desired would come back when they widen: it is kept only if it is this very number.
  const kept = possible === askedFor(record, key, state);
  return kept ? { is: "keep", desired: current, reason } : { is: "store", desired: possible, reason };
}

/** A stream scales in only as far as the day's updates that are left can climb back. */
function withClimbBack({ config, state, now }: Asked, wanted: Capacity): Capacity {
  if (config.kind !== "stream" || state.actual === undefined || config.mode === "observe") return wanted;
  return Math.max(wanted, lowestReachable(config, state, state.change?.to ?? state.actual, now));
}

function wordsFor(requested: Capacity, wanted: Capacity, possible: Capacity): string {
  if (possible !== wanted)
    return `${requested} was asked for; ${possible} is as far as the day's updates left can climb back from`;
  return wanted === requested ? `${requested} was asked for` : `${requested} was asked for, ${wanted} is the bound`;
}
