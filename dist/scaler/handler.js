"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.handle = handle;
const api_1 = require("./api");
const decisionLog_1 = require("./decisionLog");
const errors_1 = require("./errors");
const parse_1 = require("./parse");
const reconcile_1 = require("./reconcile");
/**
 * The scaler: GET and PATCH from API Gateway, and the minute run from EventBridge. Time comes from the event, never from the
 * machine's clock.
 */
async function handle(event, client, { prefix, stack }) {
    const aws = (0, errors_1.tellingPermissions)(client);
    if (isApiEvent(event))
        return (0, api_1.answerApi)({ aws, prefix, stack }, event);
    if (isScheduledEvent(event)) {
        await (0, reconcile_1.reconcile)({ aws, prefix, stack, now: Date.parse(event.time) });
        return undefined;
    }
    (0, decisionLog_1.logError)(0, stack, "", "the event is neither API Gateway's nor EventBridge's schedule: nothing done");
    return undefined;
}
function isApiEvent(event) {
    return typeof event === "object" && event !== null && typeof event.httpMethod === "string";
}
function isScheduledEvent(event) {
    if (typeof event !== "object" || event === null)
        return false;
    const { source, time } = event;
    return source === "aws.events" && typeof time === "string" && (0, parse_1.isTime)(Date.parse(time));
}
