import type { Action, Capacity, DimensionState } from "../types";
import { covers, directionOf, freshBackoff, nextBackoff } from "./backoff";
import { patienceMinutes, withSettled } from "./desired";
import type { Verdict } from "./types";
import { noted, shortened } from "./words";

const minute = 60_000;
/** A failed update has cost a restart, and the one after it would cost the next. */
const restMinutes = 10;
/** Minutes from the first, second, ... call that began nothing to the next one. */
const attemptPauses = [1, 3, 9] as const;

function restEnd(failed: number): number {
  return failed + restMinutes * minute;
}

/** An update of which the state says nothing has failed at this time, or may have: what is left of the rest. */
export function resting<V extends Verdict>(verdict: V, failed: number): V {
  const restUntil = restEnd(failed);
  return restUntil > verdict.look.now ? { ...verdict, state: { ...verdict.state, restUntil } } : verdict;
}

/** A call that failed, was refused or began nothing. */
export interface Attempt {
  from: Capacity;
  to: Capacity;
  reason: string;
}

/**
 * An update of ours failed or was refused: the same or more is answered Failed without a call for 10, 20, 40, at most 60 minutes.
 * Where that covers what is desired, desired becomes actual. An application that was restarted rests, whatever is asked for.
 */
export function afterFailure<V extends Verdict>(verdict: V, { from, to, reason }: Attempt, restarted: boolean): V {
  const { look, state, actual = from, desired = actual, failedUpdates } = verdict;
  const direction = directionOf(from, to);
  const backoff = freshBackoff(state, look.now);
  const words = shortened(reason);
  const failed = nextBackoff(backoff?.[direction], direction, to, look.now, words);
  const next: DimensionState = {
    ...state,
    change: undefined,
    blocked: undefined,
    attempts: undefined,
    backoff: { ...backoff, [direction]: failed },
    restUntil: restarted ? restEnd(look.now) : state.restUntil,
  };
  const told = noted(
    { ...verdict, state: next, failedUpdates: failedUpdates + 1 },
    "failed",
    `${words}; the same or more is refused for ${failed.minutes} minutes`,
  );
  const givenUp = directionOf(actual, desired) === direction && covers(failed, direction, desired);
  return givenUp || state.plan ? withSettled(told, actual, words, true) : told;
}

/**
 * A call began nothing: it is made again after 1, 3 and 9 minutes. What would take longer than 15 minutes in all has failed like
 * one that was refused, with its reason.
 * @param begun when the call was made.
 */
export function afterAttempt<V extends Verdict>(verdict: V, attempt: Attempt, begun: number, action: Action): V {
  const { state, look } = verdict;
  const since = state.attempts?.since ?? begun;
  const count = (state.attempts?.count ?? 0) + 1;
  const next = Math.max(look.now, begun + (attemptPauses[count - 1] ?? patienceMinutes) * minute);
  if (next - since < patienceMinutes * minute) {
    const waiting = { ...verdict, state: { ...state, change: undefined, attempts: { since, count, next } } };
    return noted(waiting, action, shortened(attempt.reason));
  }
  const minutes = Math.round((look.now - since) / minute);
  return afterFailure(verdict, { ...attempt, reason: `${attempt.reason}, after ${count} attempts in ${minutes} minutes` }, false);
}

/** What is desired can't begin in this run. After 15 minutes it has failed, and desired becomes actual. */
export function block(verdict: Verdict, reason: string, action: Action = "blocked"): Verdict {
  const { look, state, actual, desired } = verdict;
  if (actual === undefined || desired === undefined || desired === actual) return noted(verdict, action, reason);
  const words = shortened(reason);
  const since = state.blocked?.of === look.key ? state.blocked.since : look.now;
  if (look.now - since < patienceMinutes * minute)
    return noted({ ...verdict, state: { ...state, blocked: { of: look.key, since, reason: words } } }, action, words);
  const given = shortened(`${desired} could not begin within ${patienceMinutes} minutes: ${words}`);
  return noted(withSettled({ ...verdict, state: { ...state, blocked: undefined } }, actual, given, true), "giveUp", given);
}
