"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.accept = accept;
const answer_1 = require("./answer");
const desired_1 = require("./desired");
const decideStream_1 = require("./decideStream");
const giveUp_1 = require("./giveUp");
/** Bounded, and cut to what can be done: what is accepted only in part is answered at once with the accepted number. Pure. */
function accept(asked) {
    const { config, desired: record, key, state, requested, now } = asked;
    const current = (0, desired_1.effectiveDesired)(config, record, key, state);
    if (record && (0, desired_1.isNewer)(record, { at: now }))
        return { is: "keep", desired: current, reason: "a newer request has been accepted: this one came late" };
    if (record && (0, desired_1.isOverdue)(record, key, state, now))
        return { is: "refuse", reason: (0, answer_1.overdueWords)(record) };
    if (state.gone)
        return { is: "refuse", reason: state.gone };
    const { actual } = state;
    const wanted = (0, desired_1.clamp)(config, requested);
    if (actual !== undefined && current !== undefined && actual < wanted && wanted < current) {
        return {
            is: "keep",
            desired: current,
            reason: `${wanted} is between actual (${actual}) and desired (${current}) while scaling out`,
        };
    }
    const refused = actual === undefined ? undefined : (0, giveUp_1.refusedFor)(state, actual, wanted, now);
    if (refused !== undefined)
        return { is: "refuse", reason: refused };
    const possible = (0, desired_1.clamp)(config, withClimbBack(asked, wanted));
    const reason = wordsFor(requested, wanted, possible);
    // What the bounds make of an older desired would come back when they widen: it is kept only if it is this very number.
    const kept = possible === (0, desired_1.askedFor)(record, key, state);
    return kept ? { is: "keep", desired: current, reason } : { is: "store", desired: possible, reason };
}
/** A stream scales in only as far as the day's updates that are left can climb back. */
function withClimbBack({ config, state, now }, wanted) {
    if (config.kind !== "stream" || state.actual === undefined || config.mode === "observe")
        return wanted;
    return Math.max(wanted, (0, decideStream_1.lowestReachable)(config, state, state.change?.to ?? state.actual, now));
}
function wordsFor(requested, wanted, possible) {
    if (possible !== wanted)
        return `${requested} was asked for; ${possible} is as far as the day's updates left can climb back from`;
    return wanted === requested ? `${requested} was asked for` : `${requested} was asked for, ${wanted} is the bound`;
}
