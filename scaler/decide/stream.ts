import type { Capacity, Change, DimensionState, StreamConfig } from "../types";
import { anyBackoff, backoffWords, refusedFor } from "./backoff";
import { afterAttempt, afterFailure } from "./giveUp";
import { dayPeak, nextRung, scaleInFloor, updatesLeft, withoutUpdate } from "./ladder";
import { atRest, gone, wishing, working } from "./rest";
import type { Resolved, StreamLook, Verdict, Wish } from "./types";
import { isoTime, noted } from "./words";

/**
 * DescribeStreamSummary may show a change late, how late is not documented; nothing is called again before. A run may begin 60 s
 * after its event's time and last 55 s, which counts too.
 */
const visibleAfter = 240_000;

export function decideStream(look: StreamLook): Verdict {
  const { name } = look.config;
  const { change } = look.state;
  const { status, shards } = look.sight;
  switch (status) {
    case "MISSING":
      return gone(look, `stream ${name} does not exist: it was deleted, or the name is wrong. Run pulumi up, or correct it`);
    case "DELETING":
      return gone(look, `stream ${name} is being deleted`);
    case "CREATING":
      return working(look, shards, `stream ${name} is CREATING`, false);
    case "UPDATING":
      return change
        ? working(seenToBegin(look, change), shards, `${changeWords(change)} is in progress: stream ${name} is UPDATING`, true)
        : working(look, shards, `stream ${name} is UPDATING by another hand: nothing is begun meanwhile`, false);
    case "ACTIVE":
      return change ? afterChange(look, change) : wishing(look, atRest(look, shards), false, nextStep);
    default:
      return working(look, shards, `stream ${name} is ${String(status)}, a status unknown here: nothing is forced`, false);
  }
}

/** An unanswered call of ours is under way: if it comes to nothing all the same, it may have used one of the day's updates. */
function seenToBegin(look: StreamLook, change: Change): StreamLook {
  return change.sent ? look : { ...look, state: { ...look.state, change: { ...change, begun: true } } };
}

function changeWords(change: Change): string {
  return `${change.call} from ${change.from} to ${change.to} shards, begun at ${isoTime(change.at)},`;
}

/** What became of a change, by the count that is there. */
function afterChange(look: StreamLook, change: Change): Verdict {
  const { call, from, to, at, sent } = change;
  const { shards } = look.sight;
  const words = changeWords(change);
  const rest = atRest(look, shards);
  if (shards === to) {
    const plan = call === "UpdateShardCount" ? undefined : rest.state.plan;
    const done = { ...rest, state: { ...rest.state, plan, backoff: undefined, attempts: undefined } };
    return wishing(look, noted(done, "done", `${words} is done: ${shards} shards`), true, nextStep);
  }
  if (look.now - at < visibleAfter) return working(look, shards, `${words} is not visible yet`, true);
  // Neither from nor to: another hand. Its change may be visible and ours not yet.
  if (shards !== from) return wishing(look, rest, false, nextStep);
  // While it was taken for under way another hand's reshard may have been, which left the count as it was.
  const doubtful: DimensionState = { ...rest.state, foreignSince: rest.state.foreignSince ?? at };
  if (sent) {
    const reason = `${words} was accepted, but the stream is ACTIVE with ${shards} shards`;
    return wishing(look, afterFailure({ ...rest, state: doubtful }, { from, to, reason }, false), true, nextStep);
  }
  const state = change.begun ? doubtful : { ...doubtful, updates: withoutUpdate(doubtful, change) };
  const reason = `${words} was never seen to begin: decided anew`;
  return wishing(look, afterAttempt({ ...rest, state }, { from, to, reason }, at, "failed"), false, nextStep);
}

/** Why nothing is called for a stream that scales itself; `npm run scale` says it beforehand. */
export const onDemandWords = "the stream is in on-demand mode: AWS scales it";

/** The next call towards desired, or why there is none; nothing where all is as it should be. */
function nextStep({ sight, config, now }: StreamLook, { state, actual, desired }: Resolved): Wish | string | undefined {
  if (desired === actual && !state.plan) return undefined;
  if (sight.onDemand) return onDemandWords;
  const backoff = anyBackoff(state, now);
  // Only a plan has something to do here, and it waits for its own failure.
  if (desired === actual && backoff) return undefined;
  const refused = refusedFor(state, actual, desired, now);
  if (refused !== undefined) return refused;
  if (state.attempts && now < state.attempts.next) return `tried again at ${isoTime(state.attempts.next)}`;
  const next = nextCall(config, state, actual, desired, now);
  return typeof next !== "string" && next.call === "plan" && backoff ? backoffWords(backoff) : next;
}

function nextCall(config: StreamConfig, state: DimensionState, actual: Capacity, desired: Capacity, now: number): Wish | string {
  const left = updatesLeft(config.updatesPerDay, state, now);
  if (desired > actual && left > 0)
    return { call: "UpdateShardCount", from: actual, to: nextRung(actual, desired), direction: "out" };
  if (desired >= actual) return planWish(state, actual, desired);
  const peak = Math.min(dayPeak(actual, state, now), config.max);
  const floor = Math.max(desired, scaleInFloor(actual, peak, left));
  if (floor < actual) return { call: "UpdateShardCount", from: actual, to: nextRung(actual, floor), direction: "in" };
  if (state.plan) return planWish(state, actual, Math.min(actual, Math.max(desired, state.plan.from)));
  return `${left} of the day's UpdateShardCount calls are left: after a scale-in they could not climb back to ${peak} shards`;
}

/** On its way a plan has more shards than it ends with: its direction is seen from where it began. */
function planWish({ plan }: DimensionState, from: Capacity, to: Capacity): Wish {
  return { call: "plan", from, to, direction: !plan || to > plan.from ? "out" : "in" };
}

/** The lowest count that a scale-in may go to now: what the day's updates left can climb back from, or where a plan began. */
export function lowestReachable(config: StreamConfig, state: DimensionState, from: Capacity, now: number): Capacity {
  const peak = Math.min(dayPeak(from, state, now), config.max);
  const floor = scaleInFloor(from, peak, updatesLeft(config.updatesPerDay, state, now));
  return state.plan ? Math.min(floor, state.plan.from) : floor;
}
