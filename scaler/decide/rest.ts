import type { Capacity } from "../types";
import { anotherHand, noticed } from "./anotherHand";
import { bounds, clamp, isAsked, withSettled } from "./desired";
import { observing } from "./observe";
import type { AtRest, Look, Resolved, Verdict, Wish } from "./types";
import { isoTime, noted } from "./words";

/** A service at rest, no change of ours under way, before anything is made of its capacity. */
export function atRest(look: Look, actual: Capacity): AtRest {
  const { change: _change, ...state } = look.state;
  return { look, state, actual, desired: look.desired, notes: [], failedUpdates: 0 };
}

/**
 * The verdict of a service at rest: it is where it should be, something is to begin, or can't for a reason.
 * @param ours the capacity is what a change of ours made of it.
 * @param next what is to begin, or why it can't; nothing where all is as it should be.
 */
export function wishing<L extends Look>(
  look: L,
  rest: AtRest,
  ours: boolean,
  next: (look: L, verdict: Resolved) => Wish | string | undefined,
): Verdict {
  const resolved = withDesired(rest, ours);
  const wish = next(look, resolved);
  if (look.config.mode === "observe") return observing(resolved, wish);
  if (wish === undefined) {
    const { gone: _gone, blocked: _blocked, attempts: _attempts, ...state } = resolved.state;
    return { ...resolved, state };
  }
  const verdict = { ...resolved, state: { ...resolved.state, gone: undefined } };
  return typeof wish === "string" ? { ...verdict, obstacle: wish } : { ...verdict, wish };
}

/** Takes note of the capacity that is there: first sight, bounds that moved, a change done, or another hand. */
function withDesired(rest: AtRest, ours: boolean): Resolved {
  const { look, actual, desired } = rest;
  const known = rest.state.actual;
  const moved = known !== undefined && known !== actual && !ours;
  const seen = moved ? noticed(rest) : rest;
  const counts = desired !== undefined && isAsked(seen) && !askedOfObserver(seen);
  const asked = counts ? withinBounds(seen, desired) : undefined;
  const verdict = asked ? (moved ? anotherHand(asked) : asked) : adopted(seen);
  const { foreignSince, ...state } = verdict.state;
  if (look.config.mode === "act") delete state.noted;
  // At the first look nobody knows when the stream was resharded: it may have been a moment ago.
  if (look.kind === "stream" && (known !== actual || foreignSince !== undefined)) state.reshardedAt = look.now;
  state.actual = actual;
  return { ...verdict, state };
}

/**
 * Act mode begins, and what is desired was asked for while observe mode told changes that were not carried out. To the policies those
 * were there: they begin anew from what is.
 */
function askedOfObserver({ look, state, actual, desired }: AtRest): boolean {
  return look.config.mode === "act" && state.noted !== undefined && desired !== actual;
}

/** Nobody has asked for a capacity, or not lately, or only to see what would be done: the one that is there is the desired one. */
function adopted(rest: AtRest): Resolved {
  const { look, actual, state } = rest;
  const { config, overdue, record } = look;
  const desired = clamp(config, actual);
  const has = `${config.name} has ${actual}; desired is ${desired}`;
  const observed = askedOfObserver(rest);
  const late = overdue && state.actual !== undefined ? overdue : undefined;
  const reason = late
    ? `no run has looked since ${late.desired} was asked for at ${isoTime(late.at)}: ${has}`
    : observed
      ? `${look.desired} was asked for in observe mode and is not carried out in act mode: ${has}`
      : `first look: ${has}`;
  const failed = (late !== undefined || observed) && record !== undefined && record.desired !== desired;
  const verdict = withSettled({ ...rest, state: { ...state, seen: look.key } }, desired, reason, failed);
  return noted(verdict, late ? "giveUp" : "adopt", reason);
}

/** What the bounds make of what was asked for is told, unless a failure has just taken its place. */
function withinBounds(rest: AtRest, desired: Capacity): Resolved {
  const { look, state, actual } = rest;
  if (state.settled !== look.state.settled || look.asked === desired) return { ...rest, desired };
  const { min, max } = bounds(look.config);
  const reason = `${look.asked} was desired, but the bounds are now ${min} to ${max}: desired is ${desired}`;
  return noted(withSettled(rest, desired, reason, actual !== look.asked), "bound", reason);
}

/** The verdict of a service that is at work: nothing begins, in this dimension or its pipeline. */
export function working(look: Look, observed: Capacity, reason: string, own: boolean): Verdict {
  const state = { ...look.state };
  if (own) delete state.blocked;
  else state.foreignSince ??= look.now;
  const actual = state.actual ?? observed;
  const { desired = clamp(look.config, actual) } = look;
  return { look, state, actual, desired, busy: reason, notes: [{ action: "wait", reason }], failedUpdates: 0 };
}

/** The verdict of a service that isn't there: the pipeline's other dimension goes on without it. */
export function gone(look: Look, reason: string): Verdict {
  const { blocked: _blocked, change: _change, plan: _plan, attempts: _attempts, ...state } = look.state;
  const verdict: Verdict = { look, state: { ...state, gone: reason }, notes: [], failedUpdates: 0 };
  return state.gone === reason ? verdict : noted(verdict, "gone", reason);
}
