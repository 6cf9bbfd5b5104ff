import { clamp, effectiveDesired, isOverdue } from "./desired";
import { decideFlink } from "./flink";
import { decideStream } from "./stream";
import { block, freshBackoff } from "./giveUp";
import type { DimensionState, Look, Unseen, Verdict } from "../types";

const minute = 60_000;
/** A dimension that can't be looked at holds its pipeline up so long; with a change under way longer, for that may still run. */
const unseenMinutes = 10;
const unseenWithChangeMinutes = 60;
/** A claim of the pipeline's turn is over after this time: the Lambda's timeout (55 s) and the event's age (60 s) are less. */
const turnMilliseconds = 120_000;

/**
 * The decision about one dimension: what became of its last change, what is desired, and what it would begin. Pure: the
 * same look gives the same verdict. Whether it may begin is the pipeline's decision (turns.ts).
 */
export function decide(look: Look): Verdict {
  const { sight } = look;
  const state = current(look);
  // What nobody looked at in time is nobody's wish any more: begin from what is there (settle.ts).
  const overdue = isOverdue(look.desired, look.key, state, look.now) ? look.desired : undefined;
  if (!overdue) state.seen = look.key;
  const looked: Look = { ...look, state, overdue, desired: overdue ? undefined : look.desired };
  if (sight.kind === "unseen") return unseen(looked, sight);
  delete state.unseenSince;
  return sight.kind === "stream" ? decideStream(looked, sight) : decideFlink(looked, sight);
}

/** The state without what has passed: answers to an older desired, a turn that is over, failures that have faded. */
function current({ state: stored, key, now }: Look): DimensionState {
  const state = { ...stored, backoff: freshBackoff(stored, now) };
  if (state.settled?.of !== key) delete state.settled;
  if (state.turn && now - state.turn.at >= turnMilliseconds) delete state.turn;
  if (state.restUntil !== undefined && state.restUntil <= now) delete state.restUntil;
  return state;
}

function unseen(look: Look, sight: Unseen): Verdict {
  const { state, now } = look;
  const since = state.unseenSince ?? now;
  const desired = effectiveDesired(look.config, look.desired, look.key, state) ?? state.actual;
  const patience = state.change ? unseenWithChangeMinutes : unseenMinutes;
  const verdict: Verdict = {
    state: { ...state, unseenSince: since },
    actual: undefined,
    desired: desired === undefined ? undefined : clamp(look.config, desired),
    notes: [],
    failedUpdates: 0,
  };
  const reason = `${look.config.name} could not be looked at (${sight.error})`;
  if (now - since < patience * minute) verdict.busy = reason;
  if (state.actual === undefined || verdict.desired === undefined || verdict.desired === state.actual || state.change)
    return verdict;
  const blocked = block(look, verdict.state, state.actual, verdict.desired, reason);
  return {
    ...verdict,
    state: blocked.state,
    desired: effectiveDesired(look.config, look.desired, look.key, blocked.state),
    notes: [blocked.note],
  };
}
