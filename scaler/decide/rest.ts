import type { Capacity } from "../types";
import { anotherHand } from "./anotherHand";
import { bounds, clamp } from "./desired";
import { withUpdate } from "./ladder";
import { isoTime } from "./time";
import type { AtRest, Look, Resolved, Verdict, Wish } from "./types";
import { isAsked, noted, withSettled } from "./verdict";

/** A service at rest, before anything is made of its capacity. */
export function atRest(look: Look, actual: Capacity): AtRest {
  const { change: _change, ...state } = look.state;
  return { look, state, actual, desired: look.desired, notes: [], failedUpdates: 0 };
}

/**
 * Takes note of the capacity that is there: first sight, bounds that moved, a change done, or another hand.
 * @param ours the capacity is what a change of ours made of it.
 */
export function resolved(rest: AtRest, ours: boolean): Resolved {
  const { look, actual, desired } = rest;
  const verdict = desired === undefined || !isAsked(rest) ? adopted(rest) : compared(withinBounds(rest, desired), ours);
  const { foreignSince, ...state } = verdict.state;
  // At the first look nobody knows when the stream was resharded: it may have been a moment ago.
  if (look.kind === "stream" && (state.actual !== actual || foreignSince !== undefined)) state.reshardedAt = look.now;
  return { ...verdict, state: { ...state, actual } };
}

/** Nobody has asked for a capacity, or not lately: the one that is there is the desired one. */
function adopted(rest: AtRest): Resolved {
  const { look, actual, state } = rest;
  const { config, overdue } = look;
  const desired = clamp(config, actual);
  const has = `${config.name} has ${actual}; desired is ${desired}`;
  const late = overdue && state.actual !== undefined ? overdue : undefined;
  const reason = late
    ? `no run has looked since ${late.desired} was asked for at ${isoTime(late.at)}: ${has}`
    : `first look: ${has}`;
  const failed = late !== undefined && late.desired !== desired;
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

/** The capacity that was known against the one that is there. */
function compared(verdict: Resolved, ours: boolean): Resolved {
  const { look, actual, state: before } = verdict;
  if (before.actual === undefined || before.actual === actual || ours) return verdict;
  const found = anotherHand(verdict);
  const state = { ...found.state };
  // The other hand's ranges are where a plan begins now.
  if (state.plan) state.plan = { ...state.plan, from: actual };
  // What on-demand mode does on its own is no call of UpdateShardCount.
  if (look.kind === "stream" && !look.sight.onDemand)
    state.updates = withUpdate(state, state.foreignSince ?? look.now, before.actual);
  return { ...found, state };
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

/** The verdict of a service at rest: it is where it should be, something is to begin, or can't for a reason. */
export function wishing(rest: Resolved, next: Wish | string | undefined): Verdict {
  const { gone: _gone, ...state } = rest.state;
  if (next === undefined) {
    const { blocked: _blocked, noted: _noted, attempts: _attempts, ...quiet } = state;
    return { ...rest, state: quiet };
  }
  const verdict = { ...rest, state };
  if (rest.look.config.mode === "observe") return observing(verdict, next);
  return typeof next === "string" ? { ...verdict, obstacle: next } : { ...verdict, wish: next };
}

function observing(verdict: Resolved, next: Wish | string): Verdict {
  const { state, desired } = verdict;
  if (state.noted === desired) return verdict;
  const would =
    typeof next === "string" ? `could not begin (${next})` : `would call ${next.call} from ${next.from} to ${next.to}`;
  return noted({ ...verdict, state: { ...state, noted: desired } }, "observe", `observe mode: ${would}; nothing is changed`);
}
