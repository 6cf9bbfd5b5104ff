import type { Action, Capacity } from "../types";
import { clamp } from "./desired";
import type { Verdict } from "./types";

/** The verdict with one more line for the decision log. */
export function noted<V extends Verdict>(verdict: V, action: Action, reason: string): V {
  return { ...verdict, notes: [...verdict.notes, { action, reason }] };
}

/** The minute run's own word in the place of what was asked for. */
export function withSettled<V extends Verdict>(verdict: V, capacity: Capacity, reason: string, failed: boolean) {
  const { config, key, now } = verdict.look;
  const desired = clamp(config, capacity);
  return { ...verdict, desired, state: { ...verdict.state, settled: { desired, of: key, at: now, reason, failed } } };
}

/** Something counts as desired: it was asked for, or a run has answered or adopted it. */
export function isAsked({ look, state }: Verdict): boolean {
  return look.asked !== undefined || state.settled !== undefined;
}

/** Since when actual has differed from desired. */
export function withPending(verdict: Verdict): Verdict {
  const { look, state, actual, desired } = verdict;
  if (actual === undefined) return verdict;
  const pendingSince = desired !== actual && isAsked(verdict) ? (state.pendingSince ?? look.now) : undefined;
  return { ...verdict, state: { ...state, pendingSince } };
}
