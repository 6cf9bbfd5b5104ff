import { clamp, effectiveDesired } from "./desired";
import { decideFlink } from "./decideFlink";
import { decideStream } from "./decideStream";
import { block } from "./giveUp";
import type { Look, Unseen, Verdict } from "./types";

const minute = 60_000;
/** A dimension that can't be looked at holds its pipeline up so long; with a change under way longer, for that may still run. */
const unseenMinutes = 10;
const unseenWithChangeMinutes = 60;
/** A claim of the pipeline's turn is over after this time: the Lambda's timeout (55 s) and the event's age (60 s) are less. */
export const turnMilliseconds = 120_000;

/**
 * The decision about one dimension: what became of its last change, what is desired, and what it would begin. Pure: the
 * same look gives the same verdict. Whether it may begin is the pipeline's decision (turns.ts).
 */
export function decide(look: Look): Verdict {
  const { sight } = look;
  const state = { ...look.state };
  if (state.turn && look.now - state.turn.at >= turnMilliseconds) delete state.turn;
  const current: Look = { ...look, state };
  if (sight.kind === "unseen") return unseen(current, sight);
  delete state.unseenSince;
  return sight.kind === "stream" ? decideStream(current, sight) : decideFlink(current, sight);
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
