"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.answerApi = answerApi;
const accept_1 = require("./accept");
const answer_1 = require("./answer");
const decisionLog_1 = require("./decisionLog");
const desired_1 = require("./desired");
const emf_1 = require("./emf");
const errors_1 = require("./errors");
const names_1 = require("./names");
const parameters_1 = require("./parameters");
const parse_1 = require("./parse");
const request_1 = require("./request");
const time_1 = require("./time");
/** Names that SSM accepts in a path: "Parameter", AWS Systems Manager API Reference. */
const idPattern = /^[A-Za-z0-9_.-]{1,200}$/;
/**
 * GET and PATCH of a scalable dimension. They touch SSM only: PATCH stores what is desired, the minute run does the rest.
 * 400 for a bad request, 404 for an unknown id, 429 while SSM throttles, never 5xx.
 */
async function answerApi(run, event) {
    const now = event.requestContext?.requestTimeEpoch;
    const id = event.pathParameters?.id ?? "";
    if (!(0, parse_1.isTime)(now))
        return problem(400, "requestContext.requestTimeEpoch is missing or no time");
    if (event.httpMethod !== "GET" && event.httpMethod !== "PATCH")
        return problem(400, `${event.httpMethod} is not GET or PATCH`);
    if (!idPattern.test(id))
        return problem(404, `There is no scalable dimension "${id}"`);
    const timed = { now, ...run };
    try {
        const stored = await (0, parameters_1.readOne)(run.aws, run.prefix, id);
        if (!stored)
            return problem(404, `There is no scalable dimension "${id}"`);
        if ((0, parameters_1.isBroken)(stored))
            return brokenAnswer(timed, id, stored.problem);
        const answer = event.httpMethod === "GET" ? (0, answer_1.answerOf)({ now, ...stored }) : await patch(timed, stored, event);
        return "statusCode" in answer ? answer : json(200, (0, answer_1.answerJson)(answer));
    }
    catch (error) {
        tellError(timed, id, (0, errors_1.errorText)(error));
        return problem(429, `The dimension's parameters could not be read or written (${(0, errors_1.errorText)(error)}): try again`);
    }
}
/** A known id whose parameters are broken has no capacity to tell: the caller is asked to come again. */
function brokenAnswer(run, id, reason) {
    tellError(run, id, reason);
    return problem(429, reason);
}
function tellError({ now, stack }, id, reason) {
    (0, decisionLog_1.logError)(now, stack, id, reason);
    (0, emf_1.publish)(stack, id, (0, time_1.minuteStart)(now), { [names_1.capacityMetrics.errors]: 1 });
}
async function patch(run, stored, event) {
    const { id, config } = stored;
    const requested = (0, request_1.parseDesiredCapacity)(event);
    if (typeof requested === "string")
        return problem(400, requested);
    const { now } = run;
    const accepted = (0, accept_1.accept)({ ...stored, requested, now });
    const line = {
        time: now,
        stack: run.stack,
        id,
        pipeline: config.pipeline,
        kind: config.kind,
        actual: stored.state.actual,
        requested,
    };
    if (accepted.is === "refuse") {
        const answer = (0, answer_1.answerOf)({ now, ...stored });
        (0, decisionLog_1.logDecision)({ ...line, action: "refuse", desired: answer.desiredCapacity, reason: accepted.reason });
        return (0, answer_1.refusal)(answer, accepted.reason);
    }
    if (accepted.is === "keep") {
        (0, decisionLog_1.logDecision)({ ...line, action: "keep", desired: accepted.desired, reason: accepted.reason });
        return (0, answer_1.answerOf)({ now, ...stored });
    }
    const written = await (0, parameters_1.writeDesired)(run.aws, run.prefix, stored, { desired: accepted.desired, at: now });
    const current = { ...stored, desired: written.record, key: written.key };
    const desired = (0, desired_1.effectiveDesired)(config, current.desired, current.key, current.state);
    if (written.record.at === now)
        (0, decisionLog_1.logDecision)({ ...line, action: "accept", desired, reason: accepted.reason });
    else
        (0, decisionLog_1.logDecision)({ ...line, action: "keep", desired, reason: "a newer request was accepted meanwhile: this one came late" });
    return (0, answer_1.answerOf)({ ...current, now });
}
function problem(statusCode, message) {
    return json(statusCode, JSON.stringify({ message }));
}
function json(statusCode, body) {
    return { statusCode, headers: { "Content-Type": "application/json" }, body };
}
