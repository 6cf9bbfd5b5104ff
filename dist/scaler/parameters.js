"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.isBroken = isBroken;
exports.readAll = readAll;
exports.readOne = readOne;
exports.stateText = stateText;
exports.writeState = writeState;
exports.writeDesired = writeDesired;
const desired_1 = require("./desired");
const errors_1 = require("./errors");
const ladder_1 = require("./ladder");
const names_1 = require("./names");
const parse_1 = require("./parse");
/** SSM's standard parameters hold 4 KB. */
const parameterBytes = 4_096;
/** Below SSM's standard throughput of 40 reads a second, which the account's other readers share ("Increasing throughput"). */
const pagesPerSecond = 30;
/** A page that is throttled is asked for again after 1, 2, 3 and 4 seconds. */
const pageTries = 5;
function isBroken(entry) {
    return "problem" in entry;
}
/** All dimensions under the prefix, by id. @param now time of the run, ms. */
async function readAll(aws, prefix, now) {
    const byId = new Map();
    let NextToken;
    for (let pages = 1;; pages++) {
        const page = await readPage(aws, { Path: prefix, Recursive: true, MaxResults: 10, NextToken });
        for (const parameter of page.Parameters ?? []) {
            const [id, kind, more] = (parameter.Name ?? "").slice(prefix.length + 1).split("/");
            if (!id || !isKind(kind) || more !== undefined)
                continue;
            const found = byId.get(id) ?? {};
            byId.set(id, { ...found, [kind]: parameter });
        }
        NextToken = page.NextToken;
        if (!NextToken)
            break;
        if (pages % pagesPerSecond === 0)
            await aws.pause(1_000);
    }
    return [...byId]
        .filter(([, found]) => found["config"])
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([id, found]) => parseStored(id, found, now));
}
const kinds = ["config", "desired", "state"];
function isKind(text) {
    return kinds.some((kind) => kind === text);
}
/** One throttled page must not cost every pipeline its minute. */
async function readPage(aws, input) {
    for (let tries = 1;; tries++) {
        try {
            return await aws.call("ssm", "GetParametersByPath", input);
        }
        catch (error) {
            if (tries >= pageTries || !(0, errors_1.isThrottled)(error))
                throw error;
            await aws.pause(1_000 * tries);
        }
    }
}
/** One dimension; undefined where it has no config parameter. */
async function readOne(aws, prefix, id) {
    const { Parameters } = await aws.call("ssm", "GetParameters", { Names: kinds.map((kind) => (0, names_1.parameterName)(prefix, id, kind)) });
    const found = {};
    for (const kind of kinds) {
        const parameter = (Parameters ?? []).find(({ Name }) => Name === (0, names_1.parameterName)(prefix, id, kind));
        if (parameter)
            found[kind] = parameter;
    }
    return found["config"] && parseStored(id, found);
}
function parseStored(id, found, now) {
    const missing = ["desired", "state"].filter((kind) => !found[kind]);
    if (missing.length > 0)
        return { id, problem: `parameter ${missing.join(" and ")} of ${id} is missing: run pulumi up` };
    const config = (0, parse_1.parseConfig)((0, parse_1.parseJson)(found["config"]?.Value));
    if (typeof config === "string")
        return { id, problem: `parameter config of ${id} is broken: ${config}; run pulumi up` };
    const read = (0, parse_1.parseDesired)((0, parse_1.parseJson)(found["desired"]?.Value));
    const desired = read === "broken" ? undefined : read;
    const stateText = found["state"]?.Value ?? "";
    const state = (0, parse_1.parseState)((0, parse_1.parseJson)(stateText), config.kind, now);
    const desiredVersion = found["desired"]?.Version ?? 0;
    const problems = [
        ...(read === "broken"
            ? [`parameter desired of ${id} is broken: it must be {} or {"desired": <count>, "at": <ms>}; what is there is adopted`]
            : []),
        ...(state ? [] : [`parameter state of ${id} is not a state: begun anew, what is there is adopted`]),
    ];
    return {
        id,
        config,
        desired,
        desiredVersion,
        key: (0, desired_1.desiredKey)(desiredVersion, desired),
        state: state ?? {},
        stateText,
        stateVersion: found["state"]?.Version ?? 0,
        stateBroken: !state,
        problems,
        lost: false,
    };
}
/**
 * The state as it is stored: fixed order, empty fields left out, cut to what the parameter holds. Written field by field: every run does
 * it for every dimension, and rest and spread of so many fields cost three times as much.
 */
function stateText(state, now) {
    const updates = state.updates && (0, ladder_1.recentUpdates)(state, now);
    const ordered = {
        actual: state.actual,
        seen: state.seen,
        settled: state.settled,
        change: state.change,
        pendingSince: state.pendingSince,
        blocked: state.blocked,
        attempts: state.attempts,
        refusedAt: state.refusedAt,
        plan: state.plan,
        backoff: state.backoff,
        restUntil: state.restUntil,
        putBackAt: state.putBackAt,
        reshardedAt: state.reshardedAt,
        foreignSince: state.foreignSince,
        unseenSince: state.unseenSince,
        gone: state.gone,
        ran: state.ran,
        start: state.start,
        noted: state.noted,
        turn: state.turn,
        updates: updates?.length ? updates : undefined,
    };
    const text = JSON.stringify(ordered);
    return Buffer.byteLength(text) <= parameterBytes ? text : JSON.stringify({ ...ordered, updates: updates?.slice(-40) });
}
/**
 * Writes the state if it changed. SSM has no conditional write, but answers with the version: if it isn't the next one, another run
 * wrote in between. Then its text is put back, and this run begins nothing (`force`: ours stands, because a call was made).
 */
async function writeState(aws, prefix, entry, state, now, force = false) {
    const text = stateText(state, now);
    if (entry.lost)
        return "lost";
    if (text === entry.stateText)
        return "unchanged";
    const Name = (0, names_1.parameterName)(prefix, entry.id, "state");
    const { Version } = await aws.call("ssm", "PutParameter", { Name, Value: text, Overwrite: true });
    const expected = entry.stateVersion + 1;
    entry.stateVersion = Version ?? expected;
    entry.stateText = text;
    if (entry.stateVersion === expected || force)
        return "written";
    entry.lost = true;
    const { Parameter } = await aws.call("ssm", "GetParameter", { Name: `${Name}:${entry.stateVersion - 1}` });
    const theirs = Parameter?.Value;
    if (theirs !== undefined && theirs !== text)
        await aws.call("ssm", "PutParameter", { Name, Value: theirs, Overwrite: true });
    return "lost";
}
/**
 * Writes an accepted desired. Where another request was written since it was read, the newer of the two stands: SSM has no
 * conditional write, but its version tells.
 */
async function writeDesired(aws, prefix, entry, record) {
    const Name = (0, names_1.parameterName)(prefix, entry.id, "desired");
    const put = async (value) => (await aws.call("ssm", "PutParameter", { Name, Value: JSON.stringify(value), Overwrite: true })).Version ?? 0;
    const version = await put(record);
    const mine = { record, key: (0, desired_1.desiredKey)(version, record) };
    if (version <= entry.desiredVersion + 1)
        return mine;
    const { Parameter } = await aws.call("ssm", "GetParameter", { Name: `${Name}:${version - 1}` });
    const theirs = (0, parse_1.parseDesired)((0, parse_1.parseJson)(Parameter?.Value));
    if (theirs === undefined || theirs === "broken" || !(0, desired_1.isNewer)(theirs, record))
        return mine;
    return { record: theirs, key: (0, desired_1.desiredKey)(await put(theirs), theirs) };
}
