"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.onDemandWords = void 0;
exports.decideStream = decideStream;
exports.lowestReachable = lowestReachable;
const desired_1 = require("./desired");
const giveUp_1 = require("./giveUp");
const ladder_1 = require("./ladder");
const settle_1 = require("./settle");
const time_1 = require("./time");
/**
 * DescribeStreamSummary may show a change late, how late is not documented; nothing is called again before. A run may begin 60 s
 * after its event's time and last 55 s, which counts too.
 */
const visibleAfter = 240_000;
function decideStream(look, sight) {
    const { name } = look.config;
    const { change } = look.state;
    switch (sight.status) {
        case "MISSING":
            return (0, settle_1.gone)(look, `stream ${name} does not exist: it was deleted, or the name is wrong. Run pulumi up, or correct it`);
        case "DELETING":
            return (0, settle_1.gone)(look, `stream ${name} is being deleted`);
        case "CREATING":
            return (0, settle_1.working)(look, sight.shards, `stream ${name} is CREATING`, false);
        case "UPDATING":
            return change
                ? (0, settle_1.working)(seenToBegin(look, change), sight.shards, `${describeChange(change)} is in progress: stream ${name} is UPDATING`, true)
                : (0, settle_1.working)(look, sight.shards, `stream ${name} is UPDATING by another hand: nothing is begun meanwhile`, false);
        case "ACTIVE":
            return atRest(look, sight);
        default:
            return (0, settle_1.working)(look, sight.shards, `stream ${name} is ${String(sight.status)}, a status unknown here: nothing is forced`, false);
    }
}
/** An unanswered call of ours is under way: if it comes to nothing all the same, it may have used one of the day's updates. */
function seenToBegin(look, change) {
    return change.sent ? look : { ...look, state: { ...look.state, change: { ...change, begun: true } } };
}
function describeChange(change) {
    return `${change.call} from ${change.from} to ${change.to} shards, begun at ${(0, time_1.isoTime)(change.at)},`;
}
function atRest(look, sight) {
    const { now } = look;
    const { change, ...rest } = look.state;
    const actual = sight.shards;
    const unchanged = { state: { ...rest }, actual, ours: false, notes: [], failedUpdates: 0 };
    if (!change)
        return wishes(look, sight, (0, settle_1.settle)(look, unchanged));
    if (actual === change.to) {
        const plan = change.call === "UpdateShardCount" ? undefined : rest.plan;
        const done = { ...unchanged, state: { ...rest, plan, backoff: undefined, attempts: undefined }, ours: true };
        const reason = `${describeChange(change)} is done: ${actual} shards`;
        return wishes(look, sight, (0, settle_1.settle)(look, { ...done, notes: [{ action: "done", reason }] }));
    }
    // Neither from nor to: another hand. Its change may be visible and ours not yet.
    if (actual !== change.from && now - change.at >= visibleAfter)
        return wishes(look, sight, (0, settle_1.settle)(look, unchanged));
    if (now - change.at < visibleAfter)
        return (0, settle_1.working)(look, actual, `${describeChange(change)} is not visible yet`, true);
    // While it was taken for under way another hand's reshard may have been, which left the count as it was.
    const doubtful = { ...rest, foreignSince: rest.foreignSince ?? change.at };
    const desired = (0, desired_1.effectiveDesired)(look.config, look.desired, look.key, rest) ?? actual;
    const { from, to } = change;
    if (!change.sent) {
        const reason = `${describeChange(change)} was never seen to begin: decided anew`;
        const before = change.begun ? doubtful : { ...doubtful, updates: (0, ladder_1.withoutUpdate)(doubtful, change) };
        const { state, note, gaveUp } = (0, giveUp_1.afterAttempt)(look, before, desired, actual, { from, to, reason, begun: change.at });
        const notes = [{ ...note, action: "failed" }];
        return wishes(look, sight, (0, settle_1.settle)(look, { ...unchanged, state, notes, failedUpdates: gaveUp ? 1 : 0 }));
    }
    const reason = `${describeChange(change)} was accepted, but the stream is ACTIVE with ${actual} shards`;
    const failure = (0, giveUp_1.afterFailure)(look, doubtful, desired, actual, { from, to, reason, restarted: false });
    return wishes(look, sight, (0, settle_1.settle)(look, { ...unchanged, state: failure.state, ours: true, notes: [failure.note], failedUpdates: 1 }));
}
/** Why nothing is called for a stream that scales itself; `npm run scale` says it beforehand. */
exports.onDemandWords = "the stream is in on-demand mode: AWS scales it";
function wishes(look, sight, rest) {
    const { state, actual, desired } = rest;
    if (desired === actual && !state.plan)
        return (0, settle_1.wishing)(look, rest, undefined, undefined);
    if (sight.onDemand)
        return (0, settle_1.wishing)(look, rest, undefined, exports.onDemandWords);
    const backoff = (0, desired_1.anyBackoff)(state, look.now);
    // Only a plan has something to do here, and it waits for its own failure.
    if (desired === actual && backoff)
        return (0, settle_1.wishing)(look, rest, undefined, undefined);
    const refused = (0, giveUp_1.refusedFor)(state, actual, desired, look.now);
    if (refused !== undefined)
        return (0, settle_1.wishing)(look, rest, undefined, refused);
    if (state.attempts && look.now < state.attempts.next)
        return (0, settle_1.wishing)(look, rest, undefined, `tried again at ${(0, time_1.isoTime)(state.attempts.next)}`);
    const next = nextWish(look, rest);
    if (typeof next !== "string" && next.call === "plan" && backoff)
        return (0, settle_1.wishing)(look, rest, undefined, (0, giveUp_1.backoffWords)(backoff));
    return typeof next === "string" ? (0, settle_1.wishing)(look, rest, undefined, next) : (0, settle_1.wishing)(look, rest, next, undefined);
}
/** The next call towards desired, or why there is none. */
function nextWish(look, rest) {
    const { state, actual, desired } = rest;
    const left = (0, ladder_1.updatesLeft)(look.config.updatesPerDay, state, look.now);
    if (desired > actual && left > 0)
        return { call: "UpdateShardCount", from: actual, to: (0, ladder_1.nextRung)(actual, desired), direction: "out" };
    if (desired >= actual)
        return planWish(state, actual, desired);
    const peak = Math.min((0, ladder_1.dayPeak)(actual, state, look.now), look.config.max);
    const floor = Math.max(desired, (0, ladder_1.scaleInFloor)(actual, peak, left));
    if (floor < actual)
        return { call: "UpdateShardCount", from: actual, to: (0, ladder_1.nextRung)(actual, floor), direction: "in" };
    if (state.plan)
        return planWish(state, actual, Math.min(actual, Math.max(desired, state.plan.from)));
    return `${left} of the day's UpdateShardCount calls are left: after a scale-in they could not climb back to ${peak} shards`;
}
/** On its way a plan has more shards than it ends with: its direction is seen from where it began. */
function planWish({ plan }, from, to) {
    return { call: "plan", from, to, direction: !plan || to > plan.from ? "out" : "in" };
}
/** The lowest count that a scale-in may go to now: what the day's updates left can climb back from, or where a plan began. */
function lowestReachable(config, state, from, now) {
    const floor = (0, ladder_1.scaleInFloor)(from, Math.min((0, ladder_1.dayPeak)(from, state, now), config.max), (0, ladder_1.updatesLeft)(config.updatesPerDay, state, now));
    return state.plan ? Math.min(floor, state.plan.from) : floor;
}
