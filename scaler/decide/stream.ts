import { anyBackoff, effectiveDesired } from "./desired";
import { afterAttempt, afterFailure, backoffWords, refusedFor } from "./giveUp";
import { dayPeak, nextRung, scaleInFloor, updatesLeft, withoutUpdate } from "./ladder";
import { gone, settle, wishing, working } from "./rest";
import { isoTime } from "./time";
import type { Rest } from "./rest";
import type { Capacity, Change, DimensionState, Look, StreamConfig, StreamSight, Verdict, Wish } from "../types";

/**
 * DescribeStreamSummary may show a change late, how late is not documented; nothing is called again before. A run may begin 60 s
 * after its event's time and last 55 s, which counts too.
 */
const visibleAfter = 240_000;

export function decideStream(look: Look, sight: StreamSight): Verdict {
  const { name } = look.config;
  const { change } = look.state;
  switch (sight.status) {
    case "MISSING":
      return gone(look, `stream ${name} does not exist: it was deleted, or the name is wrong. Run pulumi up, or correct it`);
    case "DELETING":
      return gone(look, `stream ${name} is being deleted`);
    case "CREATING":
      return working(look, sight.shards, `stream ${name} is CREATING`, false);
    case "UPDATING":
      return change
        ? working(
            seenToBegin(look, change),
            sight.shards,
            `${describeChange(change)} is in progress: stream ${name} is UPDATING`,
            true,
          )
        : working(look, sight.shards, `stream ${name} is UPDATING by another hand: nothing is begun meanwhile`, false);
    case "ACTIVE":
      return atRest(look, sight);
    default:
      return working(
        look,
        sight.shards,
        `stream ${name} is ${String(sight.status)}, a status unknown here: nothing is forced`,
        false,
      );
  }
}

/** An unanswered call of ours is under way: if it comes to nothing all the same, it may have used one of the day's updates. */
function seenToBegin(look: Look, change: Change): Look {
  return change.sent ? look : { ...look, state: { ...look.state, change: { ...change, begun: true } } };
}

function describeChange(change: Change): string {
  return `${change.call} from ${change.from} to ${change.to} shards, begun at ${isoTime(change.at)},`;
}

function atRest(look: Look, sight: StreamSight): Verdict {
  const { now } = look;
  const { change, ...rest } = look.state;
  const actual = sight.shards;
  const unchanged: Rest = { state: { ...rest }, actual, ours: false, notes: [], failedUpdates: 0 };
  if (!change) return wishes(look, sight, settle(look, unchanged));

  if (actual === change.to) {
    const plan = change.call === "UpdateShardCount" ? undefined : rest.plan;
    const done = { ...unchanged, state: { ...rest, plan, backoff: undefined, attempts: undefined }, ours: true };
    const reason = `${describeChange(change)} is done: ${actual} shards`;
    return wishes(look, sight, settle(look, { ...done, notes: [{ action: "done", reason }] }));
  }
  // Neither from nor to: another hand. Its change may be visible and ours not yet.
  if (actual !== change.from && now - change.at >= visibleAfter) return wishes(look, sight, settle(look, unchanged));
  if (now - change.at < visibleAfter) return working(look, actual, `${describeChange(change)} is not visible yet`, true);
  // While it was taken for under way another hand's reshard may have been, which left the count as it was.
  const doubtful: DimensionState = { ...rest, foreignSince: rest.foreignSince ?? change.at };
  const desired = effectiveDesired(look.config, look.desired, look.key, rest) ?? actual;
  const { from, to } = change;
  if (!change.sent) {
    const reason = `${describeChange(change)} was never seen to begin: decided anew`;
    const before = change.begun ? doubtful : { ...doubtful, updates: withoutUpdate(doubtful, change) };
    const { state, note, gaveUp } = afterAttempt(look, before, desired, actual, { from, to, reason, begun: change.at });
    const notes = [{ ...note, action: "failed" as const }];
    return wishes(look, sight, settle(look, { ...unchanged, state, notes, failedUpdates: gaveUp ? 1 : 0 }));
  }
  const reason = `${describeChange(change)} was accepted, but the stream is ACTIVE with ${actual} shards`;
  const failure = afterFailure(look, doubtful, desired, actual, { from, to, reason, restarted: false });
  return wishes(
    look,
    sight,
    settle(look, { ...unchanged, state: failure.state, ours: true, notes: [failure.note], failedUpdates: 1 }),
  );
}

/** Why nothing is called for a stream that scales itself; `npm run scale` says it beforehand. */
export const onDemandWords = "the stream is in on-demand mode: AWS scales it";

function wishes(look: Look, sight: StreamSight, rest: Rest & { desired: Capacity }): Verdict {
  const { state, actual, desired } = rest;
  if (desired === actual && !state.plan) return wishing(look, rest, undefined, undefined);
  if (sight.onDemand) return wishing(look, rest, undefined, onDemandWords);
  const backoff = anyBackoff(state, look.now);
  // Only a plan has something to do here, and it waits for its own failure.
  if (desired === actual && backoff) return wishing(look, rest, undefined, undefined);
  const refused = refusedFor(state, actual, desired, look.now);
  if (refused !== undefined) return wishing(look, rest, undefined, refused);
  if (state.attempts && look.now < state.attempts.next)
    return wishing(look, rest, undefined, `tried again at ${isoTime(state.attempts.next)}`);
  const next = nextWish(look, rest);
  if (typeof next !== "string" && next.call === "plan" && backoff) return wishing(look, rest, undefined, backoffWords(backoff));
  return typeof next === "string" ? wishing(look, rest, undefined, next) : wishing(look, rest, next, undefined);
}

/** The next call towards desired, or why there is none. */
function nextWish(look: Look, rest: Rest & { desired: Capacity }): Wish | string {
  const { state, actual, desired } = rest;
  const left = updatesLeft((look.config as StreamConfig).updatesPerDay, state, look.now);
  if (desired > actual && left > 0)
    return { call: "UpdateShardCount", from: actual, to: nextRung(actual, desired), direction: "out" };
  if (desired >= actual) return planWish(state, actual, desired);
  const peak = Math.min(dayPeak(actual, state, look.now), look.config.max);
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
  const floor = scaleInFloor(
    from,
    Math.min(dayPeak(from, state, now), config.max),
    updatesLeft(config.updatesPerDay, state, now),
  );
  return state.plan ? Math.min(floor, state.plan.from) : floor;
}
