"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.patienceMinutes = void 0;
exports.bounds = bounds;
exports.clamp = clamp;
exports.desiredKey = desiredKey;
exports.askedFor = askedFor;
exports.effectiveDesired = effectiveDesired;
exports.isOverdue = isOverdue;
exports.isNewer = isNewer;
exports.covers = covers;
exports.activeBackoff = activeBackoff;
exports.anyBackoff = anyBackoff;
/**
 * Bounds of a dimension. An application's capacity also ends at maxParallelism: KPUs = ceil(parallelism / parallelismPerKpu).
 */
function bounds(config) {
    if (config.kind === "stream")
        return { min: config.min, max: config.max };
    return { min: config.min, max: Math.min(config.max, Math.ceil(config.maxParallelism / config.parallelismPerKpu)) };
}
function clamp(config, capacity) {
    const { min, max } = bounds(config);
    return Math.min(max, Math.max(min, capacity));
}
/**
 * Identity of one value of the `desired` parameter: SSM's version and the request's time. The minute run's answers name the
 * value they answer, so that a PATCH which was accepted meanwhile is never overruled, whatever the clocks say.
 */
function desiredKey(version, record) {
    return `${version}:${record?.at ?? 0}`;
}
/** What was asked for last: what the minute run settled if it answers this very value, else what PATCH accepted. */
function askedFor(record, key, state) {
    return state.settled?.of === key ? state.settled.desired : record?.desired;
}
/** The desired that counts: what was asked for, within the bounds. */
function effectiveDesired(config, record, key, state) {
    const asked = askedFor(record, key, state);
    return asked === undefined ? undefined : clamp(config, asked);
}
const minute = 60_000;
/** What can't begin within this time has failed, and desired becomes actual. */
exports.patienceMinutes = 15;
/** Not looked at by a run in time: what somebody wanted a while ago says nothing of what is wanted now. */
function isOverdue(record, key, state, now) {
    return record !== undefined && state.seen !== key && Math.abs(now - record.at) > exports.patienceMinutes * minute;
}
/** A time far ahead is no request's: what came with it is not newer. */
function isNewer(record, than) {
    return record.at > than.at && record.at - than.at <= exports.patienceMinutes * minute;
}
/** True for the failed capacity and everything beyond it. */
function covers(backoff, direction, capacity) {
    return direction === "out" ? capacity >= backoff.to : capacity <= backoff.to;
}
/** The back-off that still refuses to go from `actual` to `capacity`, if there is one. */
function activeBackoff(state, actual, capacity, now) {
    if (capacity === actual)
        return undefined;
    const direction = capacity > actual ? "out" : "in";
    const backoff = state.backoff?.[direction];
    return backoff && now < backoff.until && covers(backoff, direction, capacity) ? backoff : undefined;
}
/** The back-off of either direction that lasts longest. */
function anyBackoff(state, now) {
    const active = [state.backoff?.out, state.backoff?.in].filter((one) => one !== undefined && now < one.until);
    return active.sort((a, b) => (b?.until ?? 0) - (a?.until ?? 0))[0];
}
