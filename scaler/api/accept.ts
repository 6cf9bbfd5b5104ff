import { refusedFor } from "../decide/backoff";
import { clamp, isNewer } from "../decide/desired";
import { countedActual } from "../decide/observe";
import { lowestReachable } from "../decide/stream";
import type { Standing } from "../decide/types";
import type { Capacity, DimensionConfig } from "../types";
import { overdueWords } from "./answer";

/** What PATCH makes of a capacity that was asked for. */
export type Acceptance =
  | { is: "store"; desired: Capacity; reason: string }
  | { is: "keep"; desired: Capacity | undefined; reason: string }
  | { is: "refuse"; reason: string };

/**
 * Bounded, and cut to what can be done: what is accepted only in part is answered at once with the accepted number. Pure.
 * @param standing at the request's time.
 */
export function accept(config: DimensionConfig, standing: Standing, requested: Capacity): Acceptance {
  const { record, overdue, asked, desired, state, now } = standing;
  if (record && isNewer(record, { at: now }))
    return { is: "keep", desired, reason: "a newer request has been accepted: this one came late" };
  if (overdue) return { is: "refuse", reason: overdueWords(overdue) };
  if (state.gone) return { is: "refuse", reason: state.gone };

  const actual = countedActual(config, standing);
  const wanted = clamp(config, requested);
  if (actual !== undefined && desired !== undefined && actual < wanted && wanted < desired) {
    const reason = `${wanted} is between actual (${actual}) and desired (${desired}) while scaling out`;
    return { is: "keep", desired, reason };
  }
  const refused = actual === undefined ? undefined : refusedFor(state, actual, wanted, now);
  if (refused !== undefined) return { is: "refuse", reason: refused };
  const possible = clamp(config, withClimbBack(config, standing, wanted));
  const reason = wordsFor(requested, wanted, possible);
  // What the bounds make of an older desired would come back when they widen: it is kept only if it is this very number.
  return possible === asked ? { is: "keep", desired, reason } : { is: "store", desired: possible, reason };
}

/** A stream scales in only as far as the day's updates that are left can climb back. */
function withClimbBack(config: DimensionConfig, { state, now }: Standing, wanted: Capacity): Capacity {
  if (config.kind !== "stream" || state.actual === undefined || config.mode === "observe") return wanted;
  return Math.max(wanted, lowestReachable(config, state, state.change?.to ?? state.actual, now));
}

function wordsFor(requested: Capacity, wanted: Capacity, possible: Capacity): string {
  if (possible !== wanted)
    return `${requested} was asked for; ${possible} is as far as the day's updates left can climb back from`;
  return wanted === requested ? `${requested} was asked for` : `${requested} was asked for, ${wanted} is the bound`;
}
