"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.shortened = shortened;
exports.freshBackoff = freshBackoff;
exports.withoutBackoff = withoutBackoff;
exports.afterFailure = afterFailure;
exports.refusedFor = refusedFor;
exports.backoffWords = backoffWords;
exports.afterAttempt = afterAttempt;
exports.block = block;
const desired_1 = require("./desired");
const parse_1 = require("./parse");
const time_1 = require("./time");
const minute = 60_000;
const firstBackoffMinutes = 10;
const longestBackoffMinutes = 60;
/** A failure that lies further back than this, counted from the end of its back-off, says nothing of the next one. */
const fadeMinutes = 60;
/** A failed update has cost a restart, and the one after it would cost the next. */
const restMinutes = 10;
/** Minutes from the first, second, ... call that began nothing to the next one. */
const attemptPauses = [1, 3, 9];
/** SSM's standard parameters hold 4 KB: reasons are cut so that the state always fits. Bytes as written. */
const reasonBytes = 300;
function shortened(reason) {
    if ((0, parse_1.writtenBytes)(reason) <= reasonBytes)
        return reason;
    let end = Math.min(reason.length, reasonBytes);
    while ((0, parse_1.writtenBytes)(reason.slice(0, end)) > reasonBytes - 3)
        end--;
    return `${reason.slice(0, end)}...`;
}
/** What is to be remembered of failures: those that have faded are dropped. */
function freshBackoff({ backoff }, now) {
    const fresh = (one) => (one && now - one.until < fadeMinutes * minute ? one : undefined);
    const [out, scaleIn] = [fresh(backoff?.out), fresh(backoff?.in)];
    return out || scaleIn ? { out, in: scaleIn } : undefined;
}
/** A success up to `to` ends the back-off that covers it. */
function withoutBackoff(state, { from, to }) {
    const direction = directionOf(from, to);
    const { backoff } = state;
    const one = backoff?.[direction];
    return one && (0, desired_1.covers)(one, direction, to) ? { ...backoff, [direction]: undefined } : backoff;
}
function directionOf(from, to) {
    return to > from ? "out" : "in";
}
/**
 * An update of ours failed or was refused: the same or more is answered Failed without a call for 10, 20, 40, at most 60 minutes.
 * Where that covers what is desired, desired becomes actual. An application that was restarted rests, whatever is asked for.
 */
function afterFailure(look, state, desired, actual, { from, to, reason, restarted }) {
    const direction = directionOf(from, to);
    const backoff = freshBackoff(state, look.now);
    const before = backoff?.[direction];
    const minutes = before ? Math.min(longestBackoffMinutes, 2 * before.minutes) : firstBackoffMinutes;
    const words = shortened(reason);
    const nearest = before ? (direction === "out" ? Math.min(to, before.to) : Math.max(to, before.to)) : to;
    const failed = { to: nearest, minutes, until: look.now + minutes * minute, reason: words };
    const next = {
        ...state,
        change: undefined,
        blocked: undefined,
        attempts: undefined,
        backoff: { ...backoff, [direction]: failed },
        restUntil: restarted ? look.now + restMinutes * minute : state.restUntil,
    };
    if ((directionOf(actual, desired) === direction && (0, desired_1.covers)(failed, direction, desired)) || state.plan) {
        next.settled = { desired: (0, desired_1.clamp)(look.config, actual), of: look.key, at: look.now, reason: words, failed: true };
    }
    return { state: next, note: { action: "failed", reason: `${words}; the same or more is refused for ${minutes} minutes` } };
}
/** Why a capacity is refused at the moment, or undefined. */
function refusedFor(state, actual, capacity, now) {
    const backoff = (0, desired_1.activeBackoff)(state, actual, capacity, now);
    return backoff && backoffWords(backoff);
}
function backoffWords({ until, reason }) {
    return `not tried before ${(0, time_1.isoTime)(until)}: ${reason}`;
}
/**
 * A call began nothing: it is made again after 1, 3 and 9 minutes. What would take longer than 15 minutes in all has failed like
 * one that was refused, with its reason. `begun` is when the call was made.
 */
function afterAttempt(look, state, desired, actual, { from, to, reason, begun }) {
    const since = state.attempts?.since ?? begun;
    const count = (state.attempts?.count ?? 0) + 1;
    const next = Math.max(look.now, begun + (attemptPauses[count - 1] ?? desired_1.patienceMinutes) * minute);
    if (next - since < desired_1.patienceMinutes * minute) {
        const waiting = { ...state, change: undefined, attempts: { since, count, next } };
        return { state: waiting, note: { action: "blocked", reason: shortened(reason) }, gaveUp: false };
    }
    const words = `${reason}, after ${count} attempts in ${Math.round((look.now - since) / minute)} minutes`;
    return { ...afterFailure(look, state, desired, actual, { from, to, reason: words, restarted: false }), gaveUp: true };
}
/** What is desired can't begin in this run. After 15 minutes it has failed, and desired becomes actual. */
function block(look, state, actual, desired, reason) {
    const words = shortened(reason);
    const since = state.blocked?.of === look.key ? state.blocked.since : look.now;
    if (look.now - since < desired_1.patienceMinutes * minute) {
        return { state: { ...state, blocked: { of: look.key, since, reason: words } }, note: { action: "blocked", reason: words } };
    }
    const given = shortened(`${desired} could not begin within ${desired_1.patienceMinutes} minutes: ${words}`);
    const settled = { desired: (0, desired_1.clamp)(look.config, actual), of: look.key, at: look.now, reason: given, failed: true };
    return { state: { ...state, blocked: undefined, settled }, note: { action: "giveUp", reason: given } };
}
