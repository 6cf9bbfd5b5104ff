"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.settle = settle;
exports.working = working;
exports.gone = gone;
exports.wishing = wishing;
const anotherHand_1 = require("./anotherHand");
const desired_1 = require("./desired");
const ladder_1 = require("./ladder");
const time_1 = require("./time");
/** Takes note of the capacity that is there: first sight, a change done, or another hand. Gives the desired that now counts. */
function settle(look, rest) {
    const { actual } = rest;
    const notes = [...rest.notes];
    let state = { ...rest.state };
    const asked = (0, desired_1.askedFor)(look.desired, look.key, state);
    let desired = (0, desired_1.effectiveDesired)(look.config, look.desired, look.key, state);
    if (asked !== undefined && desired !== undefined && asked !== desired) {
        const { min, max } = (0, desired_1.bounds)(look.config);
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
    }
    else if (state.actual !== undefined && state.actual !== actual && !rest.ours) {
        const found = (0, anotherHand_1.anotherHand)(look, state, desired, actual);
        state = found.state;
        notes.push(found.note);
        // The other hand's ranges are where a plan begins now.
        if (state.plan)
            state.plan = { ...state.plan, from: actual };
        // What on-demand mode does on its own is no call of UpdateShardCount.
        if (look.sight.kind === "stream" && !look.sight.onDemand)
            state.updates = (0, ladder_1.withUpdate)(state, state.foreignSince ?? look.now, state.actual ?? actual);
        desired = (0, desired_1.effectiveDesired)(look.config, look.desired, look.key, state) ?? desired;
    }
    // At the first look nobody knows when the stream was resharded: it may have been a moment ago.
    if (look.config.kind === "stream" && (state.actual !== actual || state.foreignSince !== undefined))
        state.reshardedAt = look.now;
    delete state.foreignSince;
    state.actual = actual;
    return { desired, ...rest, state, notes };
}
/** Nobody has asked for a capacity, or not lately: the one that is there is the desired one. */
function adopt(look, state, actual) {
    const desired = (0, desired_1.clamp)(look.config, actual);
    const has = `${look.config.name} has ${actual}; desired is ${desired}`;
    const { overdue } = look;
    if (!overdue || state.actual === undefined) {
        const reason = `first look: ${has}`;
        return {
            settled: { desired, of: look.key, at: look.now, reason, failed: false },
            note: { action: "adopt", reason },
        };
    }
    const reason = `no run has looked since ${overdue.desired} was asked for at ${(0, time_1.isoTime)(overdue.at)}: ${has}`;
    const failed = overdue.desired !== desired;
    return { settled: { desired, of: look.key, at: look.now, reason, failed }, note: { action: "giveUp", reason } };
}
/** The verdict of a service that is at work: nothing begins, in this dimension or its pipeline. */
function working(look, observed, reason, own) {
    const state = { ...look.state };
    const actual = state.actual ?? observed;
    if (own)
        delete state.blocked;
    else
        state.foreignSince ??= look.now;
    const desired = (0, desired_1.effectiveDesired)(look.config, look.desired, look.key, state) ?? (0, desired_1.clamp)(look.config, actual);
    return { state, actual, desired, busy: reason, notes: [{ action: "wait", reason }], failedUpdates: 0 };
}
/** The verdict of a service that isn't there: the pipeline's other dimension goes on without it. */
function gone(look, reason) {
    const { blocked: _blocked, change: _change, plan: _plan, attempts: _attempts, ...state } = look.state;
    const notes = look.state.gone === reason ? [] : [{ action: "gone", reason }];
    return { state: { ...state, gone: reason }, actual: undefined, desired: undefined, notes, failedUpdates: 0 };
}
/** The verdict of a service at rest: reached, kept by an obstacle, or wishing to begin. */
function wishing(look, rest, wish, obstacle) {
    const { actual, desired, notes, failedUpdates } = rest;
    const { gone: _gone, ...state } = rest.state;
    const verdict = { state, actual, desired, notes, failedUpdates };
    if (!wish && !obstacle) {
        const { blocked: _blocked, noted: _noted, attempts: _attempts, ...quiet } = state;
        return { ...verdict, state: quiet };
    }
    if (look.config.mode === "observe")
        return observing(verdict, wish, obstacle);
    return { wish, obstacle, ...verdict };
}
function observing(verdict, wish, obstacle) {
    const { state, desired } = verdict;
    if (state.noted === desired)
        return verdict;
    const reason = wish
        ? `observe mode: would call ${wish.call} from ${wish.from} to ${wish.to}; nothing is changed`
        : `observe mode: could not begin (${obstacle}); nothing is changed`;
    return { ...verdict, state: { ...state, noted: desired }, notes: [...verdict.notes, { action: "observe", reason }] };
}
