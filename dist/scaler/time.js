"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.isoTime = isoTime;
exports.minuteOf = minuteOf;
exports.minuteStart = minuteStart;
exports.sdkTime = sdkTime;
/** Times are ms since the epoch and come from events; Date only gives them another form. */
function isoTime(time) {
    return new Date(time).toISOString();
}
/** The SDK's form of a time. */
function sdkTime(time) {
    return new Date(time);
}
/** Minutes since the epoch. */
function minuteOf(time) {
    return Math.floor(time / 60_000);
}
function minuteStart(time) {
    return minuteOf(time) * 60_000;
}
