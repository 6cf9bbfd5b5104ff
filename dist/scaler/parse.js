"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.parseJson = parseJson;
exports.isTime = isTime;
exports.writtenBytes = writtenBytes;
exports.parseDesired = parseDesired;
exports.parseConfig = parseConfig;
exports.parseState = parseState;
/** Above any quota of shards, KPUs or subtasks. */
const largestCount = 1_000_000;
/** The last time that a Date can hold, ms. */
const lastTime = 8.64e15;
/** Events of one minute may come a minute late, and two runs may be under way: what lies further ahead was never written by a run. */
const aheadMilliseconds = 180_000;
/** The furthest that a run looks ahead: an hour's back-off. */
const backoffMilliseconds = 3_600_000;
/** Bytes of texts as they are written. With these a state that was read fits its parameter when it is written again. */
const longestName = 255;
const longestReason = 400;
function parseJson(text) {
    try {
        return JSON.parse(text ?? "");
    }
    catch {
        return undefined;
    }
}
function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isCount(value) {
    return Number.isSafeInteger(value) && value >= 0 && value <= largestCount;
}
function isTime(value) {
    return Number.isSafeInteger(value) && value >= 0 && value <= lastTime;
}
function isText(value) {
    return typeof value === "string";
}
/** Bytes of a text in a parameter: JSON, UTF-8, without its quotes. */
function writtenBytes(text) {
    return Buffer.byteLength(JSON.stringify(text)) - 2;
}
function isName(value) {
    return isText(value) && value !== "" && writtenBytes(value) <= longestName;
}
function isReason(value) {
    return isText(value) && writtenBytes(value) <= longestReason;
}
function isBoolean(value) {
    return typeof value === "boolean";
}
function optional(check) {
    return (value) => value === undefined || check(value);
}
function oneOf(...allowed) {
    return (value) => isText(value) && allowed.includes(value);
}
function each(check) {
    return (value) => isObject(value) && Object.values(value).every(check);
}
/** The fields whose values don't pass. */
function wrongFields(value, checks) {
    return Object.keys(checks).filter((field) => !checks[field]?.(value[field]));
}
/** These fields and no others. */
function shape(checks) {
    return (value) => isObject(value) &&
        Object.keys(value).every((field) => Object.hasOwn(checks, field)) &&
        wrongFields(value, checks).length === 0;
}
/** `desired`: a record, nothing ({}), or "broken". */
function parseDesired(value) {
    if (!isObject(value))
        return "broken";
    if (Object.keys(value).length === 0)
        return undefined;
    const { desired, at } = value;
    return isCount(desired) && isTime(at) ? { desired, at } : "broken";
}
/** The configuration, or what is wrong with it. */
function parseConfig(value) {
    if (!isObject(value))
        return "it is not a JSON object";
    const { kind, min, max } = value;
    if (kind !== "stream" && kind !== "flink")
        return `kind is ${JSON.stringify(kind)}, it must be "stream" or "flink"`;
    const wrong = wrongFields(value, kind === "stream" ? streamChecks() : flinkChecks());
    if (isCount(min) && isCount(max) && min > max)
        wrong.push("max");
    return wrong.length > 0 ? `${wrong.join(", ")} missing or out of range` : value;
}
function commonChecks() {
    return {
        name: isName,
        pipeline: isName,
        mode: oneOf("act", "observe"),
        min: isCount,
        max: isCount,
        initial: optional(isCount),
    };
}
function streamChecks() {
    return { ...commonChecks(), updatesPerDay: isCount };
}
function flinkChecks() {
    const positive = (value) => isCount(value) && value >= 1;
    return {
        ...commonChecks(),
        parallelismPerKpu: positive,
        maxParallelism: positive,
        drainAfterReshard: isBoolean,
        checkpointIntervalSeconds: isCount,
        lag: optional(shape({ namespace: isName, metricName: isName, dimensions: each(isText) })),
        lagLimitSeconds: optional(isCount),
        start: optional(isBoolean),
    };
}
/**
 * The state, or undefined where it isn't one: not JSON, fields of another type, or times that lie ahead. What is not a field is
 * left out.
 * @param now time of the run; an API request, whose own time says nothing of the state's, gives none.
 */
function parseState(value, kind, now = lastTime) {
    if (!isObject(value))
        return undefined;
    const known = {};
    const checks = stateChecks(kind, now);
    for (const field of Object.keys(checks)) {
        if (value[field] === undefined)
            continue;
        if (!checks[field]?.()(value[field]))
            return undefined;
        known[field] = value[field];
    }
    return known;
}
function stateChecks(kind, now) {
    const at = (value) => isTime(value) && value <= now + aheadMilliseconds;
    const until = (value) => isTime(value) && value <= now + aheadMilliseconds + backoffMilliseconds;
    const minute = (value) => Number.isSafeInteger(value) && at(value * 60_000);
    return {
        actual: () => isCount,
        seen: () => isName,
        settled: () => shape({ desired: isCount, of: isName, at, reason: isReason, failed: isBoolean }),
        change: () => shape({
            call: kind === "stream" ? oneOf("UpdateShardCount", "SplitShard", "MergeShards") : oneOf("UpdateApplication"),
            from: isCount,
            to: isCount,
            at,
            sent: isBoolean,
            begun: optional(isBoolean),
            operationId: optional(isName),
            version: optional(isTime),
        }),
        pendingSince: () => at,
        blocked: () => shape({ of: isName, since: at, reason: isReason }),
        attempts: () => shape({ since: at, count: isCount, next: until }),
        updates: () => (value) => Array.isArray(value) && value.every((update) => isUpdate(update, minute)),
        refusedAt: () => at,
        plan: () => shape({ from: isCount, to: isCount, since: at }),
        backoff: () => {
            const one = optional(shape({ to: isCount, minutes: isCount, until, reason: isReason }));
            return shape({ out: one, in: one });
        },
        restUntil: () => until,
        putBackAt: () => at,
        reshardedAt: () => at,
        foreignSince: () => at,
        unseenSince: () => at,
        gone: () => isReason,
        ran: () => isTime,
        start: () => shape({ version: isTime, at, count: isCount, next: until, reason: optional(isReason) }),
        noted: () => isCount,
        turn: () => shape({ id: isName, at }),
    };
}
function isUpdate(value, minute) {
    return Array.isArray(value) && value.length === 2 && minute(value[0]) && isCount(value[1]);
}
