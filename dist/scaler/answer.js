"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.answerOf = answerOf;
exports.refusal = refusal;
exports.overdueWords = overdueWords;
exports.answerJson = answerJson;
const desired_1 = require("./desired");
const names_1 = require("./names");
const time_1 = require("./time");
const hour = 3_600_000;
/** The answer of GET and PATCH (aws-auto-scaling-custom-resource), from what the last minute run saw. Pure. */
function answerOf({ id, config, desired: record, key, state, now }) {
    const overdue = (0, desired_1.isOverdue)(record, key, state, now) ? record : undefined;
    const asked = (0, desired_1.effectiveDesired)(config, overdue ? undefined : record, key, state);
    const seen = state.actual ?? (0, desired_1.clamp)(config, config.initial ?? (0, desired_1.bounds)(config).min);
    const desired = asked ?? (0, desired_1.clamp)(config, seen);
    // In observe mode the answer plays along, so that the policies go on as if their changes had been made.
    const actual = config.mode === "observe" ? desired : seen;
    const failure = overdue ? overdueWords(overdue) : failureOf(state, key, now);
    return {
        actualCapacity: actual,
        desiredCapacity: desired,
        scalableTargetDimensionId: id,
        scalingStatus: failure === undefined ? statusOf(state, actual, desired) : "Failed",
        version: names_1.contractVersion,
        resourceName: config.name,
        dimensionName: config.kind === "stream" ? "kinesis:stream:ShardCount" : "kinesisanalytics:application:KPU",
        ...(failure === undefined ? {} : { failureReason: failure }),
    };
}
/** An answer that says Failed: what was asked for is refused, and desired stays what is there. */
function refusal(answer, reason) {
    return { ...answer, scalingStatus: "Failed", failureReason: reason };
}
/** The minute's run is silent: its rule is disabled, or its function is throttled or fails. */
function overdueWords({ desired, at }) {
    return `${desired} was asked for at ${(0, time_1.isoTime)(at)}, and the scaler's run has not looked since: see its rule, its function and its log`;
}
/** Why the desired that counts was given up. Said for an hour: Application Auto Scaling polls within seconds. */
function failureOf(state, key, now) {
    if (state.gone)
        return state.gone;
    const { settled } = state;
    return settled?.failed && settled.of === key && now - settled.at < hour ? settled.reason : undefined;
}
function statusOf(state, actual, desired) {
    if (state.change || state.plan)
        return "InProgress";
    return actual === desired ? "Successful" : "Pending";
}
/** JSON with capacities as doubles ("6.0"): the contract's type. */
function answerJson(answer) {
    return JSON.stringify(answer).replace(/"(actualCapacity|desiredCapacity)":(-?\d+)(?=[,}])/g, '"$1":$2.0');
}
