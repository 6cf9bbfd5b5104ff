import { withSettled } from "./desired";
import { withUpdate } from "./ladder";
import type { AtRest, Resolved } from "./types";
import { noted } from "./words";

const hour = 3_600_000;

/** What a move by another hand leaves behind, whatever is made of it: the other hand's ranges, and one of the day's updates. */
export function noticed(rest: AtRest): AtRest {
  const { look, actual } = rest;
  const state = { ...rest.state };
  // The other hand's ranges are where a plan begins now.
  if (state.plan) state.plan = { ...state.plan, from: actual };
  // What on-demand mode does on its own is no call of UpdateShardCount.
  if (look.kind === "stream" && !look.sight.onDemand)
    state.updates = withUpdate(state, state.foreignSince ?? look.now, state.actual ?? actual);
  return { ...rest, state };
}

/**
 * A capacity that moved without a change of ours: from `state.actual` to `actual`.
 * Above desired it is adopted. Below, where desired had been reached, it is put back once; again within the hour it is adopted
 * and reported. On the way to desired it changes nothing.
 */
export function anotherHand(verdict: Resolved): Resolved {
  const { look, state, desired, actual } = verdict;
  const before = state.actual ?? actual;
  const moved = `another hand moved ${look.config.name} from ${before} to ${actual}`;
  const adopt = (reason: string) => noted(withSettled(verdict, actual, reason, false), "adopt", reason);

  if (look.kind === "stream" && look.sight.onDemand) return adopt(`${moved}: adopted, for AWS scales a stream in on-demand mode`);
  if (actual > before && actual > desired) return adopt(`${moved}, above desired (${desired}): adopted`);
  if (actual >= desired || before < desired) return noted(verdict, "wait", `${moved}; desired stays ${desired}`);
  if (look.config.mode === "observe")
    return adopt(`${moved}, below desired (${desired}): adopted, because observe mode changes nothing`);
  if (state.putBackAt !== undefined && look.now - state.putBackAt < hour) {
    return adopt(`${moved}, below desired (${desired}), for the second time within an hour: adopted. Find out who does it`);
  }
  const once = { ...verdict, state: { ...state, putBackAt: look.now } };
  return noted(once, "putBack", `${moved}, below desired (${desired}): put back once`);
}
