import { anotherHand } from "./anotherHand";
import { askedFor, bounds, clamp, effectiveDesired } from "./desired";
import { withUpdate } from "./ladder";
import { isoTime } from "./time";
import type { Capacity, DimensionState, Look, Note, Settled, Verdict, Wish } from "../types";

/** What both kinds share: a service at rest, its capacity known, a change of ours ended or none. */
export interface Rest {
  state: DimensionState;
  actual: Capacity;
  /** The capacity is what a change of ours made of it. */
  ours: boolean;
  notes: Note[];
  failedUpdates: number;
}

/** Takes note of the capacity that is there: first sight, a change done, or another hand. Gives the desired that now counts. */
export function settle(look: Look, rest: Rest): Rest & { desired: Capacity } {
  const { actual } = rest;
  const notes = [...rest.notes];
  let state: DimensionState = { ...rest.state };
  const asked = askedFor(look.desired, look.key, state);
  let desired = effectiveDesired(look.config, look.desired, look.key, state);
  if (asked !== undefined && desired !== undefined && asked !== desired) {
    const { min, max } = bounds(look.config);
    const reason = `${asked} was desired, but the bounds are now ${min} to ${max}: desired is ${desired}`;
    state.settled = { desired, of: look.key, at: look.now, reason, failed: actual !== asked };
    notes.push({ action: "bound", reason });
  }
  if (desired === undefined) {
    const adopted = adopt(look, state, actual);
    ({ desired } = adopted.settled);
    state.settled = adopted.settled;
    state.seen = look.key;
    notes.push(adopted.note);
  } else if (state.actual !== undefined && state.actual !== actual && !rest.ours) {
    const found = anotherHand(look, state, desired, actual);
    state = found.state;
    notes.push(found.note);
    // The other hand's ranges are where a plan begins now.
    if (state.plan) state.plan = { ...state.plan, from: actual };
    // What on-demand mode does on its own is no call of UpdateShardCount.
    if (look.sight.kind === "stream" && !look.sight.onDemand)
      state.updates = withUpdate(state, state.foreignSince ?? look.now, state.actual ?? actual);
    desired = effectiveDesired(look.config, look.desired, look.key, state) ?? desired;
  }
  // At the first look nobody knows when the stream was resharded: it may have been a moment ago.
  if (look.config.kind === "stream" && (state.actual !== actual || state.foreignSince !== undefined))
    state.reshardedAt = look.now;
  delete state.foreignSince;
  state.actual = actual;
  return { desired, ...rest, state, notes };
}

/** Nobody has asked for a capacity, or not lately: the one that is there is the desired one. */
function adopt(look: Look, state: DimensionState, actual: Capacity): { settled: Settled; note: Note } {
  const desired = clamp(look.config, actual);
  const has = `${look.config.name} has ${actual}; desired is ${desired}`;
  const { overdue } = look;
  if (!overdue || state.actual === undefined) {
    const reason = `first look: ${has}`;
    return {
      settled: { desired, of: look.key, at: look.now, reason, failed: false },
      note: { action: "adopt", reason },
    };
  }
  const reason = `no run has looked since ${overdue.desired} was asked for at ${isoTime(overdue.at)}: ${has}`;
  const failed = overdue.desired !== desired;
  return { settled: { desired, of: look.key, at: look.now, reason, failed }, note: { action: "giveUp", reason } };
}

/** The verdict of a service that is at work: nothing begins, in this dimension or its pipeline. */
export function working(look: Look, observed: Capacity, reason: string, own: boolean): Verdict {
  const state: DimensionState = { ...look.state };
  const actual = state.actual ?? observed;
  if (own) delete state.blocked;
  else state.foreignSince ??= look.now;
  const desired = effectiveDesired(look.config, look.desired, look.key, state) ?? clamp(look.config, actual);
  return { state, actual, desired, busy: reason, notes: [{ action: "wait", reason }], failedUpdates: 0 };
}

/** The verdict of a service that isn't there: the pipeline's other dimension goes on without it. */
export function gone(look: Look, reason: string): Verdict {
  const { blocked: _blocked, change: _change, plan: _plan, attempts: _attempts, ...state } = look.state;
  const notes: Note[] = look.state.gone === reason ? [] : [{ action: "gone", reason }];
  return { state: { ...state, gone: reason }, actual: undefined, desired: undefined, notes, failedUpdates: 0 };
}

/** The verdict of a service at rest: reached, kept by an obstacle, or wishing to begin. */
export function wishing(
  look: Look,
  rest: Rest & { desired: Capacity },
  wish: Wish | undefined,
  obstacle: string | undefined,
): Verdict {
  const { actual, desired, notes, failedUpdates } = rest;
  const { gone: _gone, ...state } = rest.state;
  const verdict: Verdict = { state, actual, desired, notes, failedUpdates };
  if (!wish && !obstacle) {
    const { blocked: _blocked, noted: _noted, attempts: _attempts, ...quiet } = state;
    return { ...verdict, state: quiet };
  }
  if (look.config.mode === "observe") return observing(verdict, wish, obstacle);
  return { wish, obstacle, ...verdict };
}

function observing(verdict: Verdict, wish: Wish | undefined, obstacle: string | undefined): Verdict {
  const { state, desired } = verdict;
  if (state.noted === desired) return verdict;
  const reason = wish
    ? `observe mode: would call ${wish.call} from ${wish.from} to ${wish.to}; nothing is changed`
    : `observe mode: could not begin (${obstacle}); nothing is changed`;
  return { ...verdict, state: { ...state, noted: desired }, notes: [...verdict.notes, { action: "observe", reason }] };
}
