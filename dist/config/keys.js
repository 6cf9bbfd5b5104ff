"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.decoded = decoded;
exports.isObject = isObject;
exports.pipelineArgs = pipelineArgs;
exports.unknownKeys = unknownKeys;
const fields_1 = require("../components/fields");
const table_1 = require("./table");
/** Pulumi hands everything but text over as JSON text; what is not JSON stays as it is and is refused by its argument. */
function decoded(given) {
    const values = {};
    const problems = [];
    for (const [key, { fallback, allowed }] of Object.entries(table_1.table)) {
        const value = given[key] === undefined ? fallback : typed(given[key], fallback);
        // `sluice:kpus:` in a stack's file: the CLI refuses it too.
        if (value === null)
            problems.push({ path: key, value, text: `it has no value; remove the line, or allowed is ${allowed}` });
        else if (isObject(fallback) && !isObject(value))
            problems.push({ path: key, value, text: `allowed is ${allowed}` });
        else
            values[key] = value;
    }
    return { values, problems };
}
function typed(value, fallback) {
    if (typeof value !== "string" || typeof fallback === "string")
        return value;
    try {
        return JSON.parse(value);
    }
    catch {
        return value;
    }
}
function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** @param name of the stream and the application, where they have none of their own and are not adopted. */
function pipelineArgs(values, name) {
    const args = { stream: {}, application: {} };
    for (const [key, { to, fallback }] of Object.entries(table_1.table)) {
        const value = values[key];
        if (!isLeftOut(value, fallback))
            for (const path of to)
                set(args, path.split("."), value);
    }
    const { stream, application, dashboard } = args;
    return {
        ...args,
        stream: { ...stream, ...(stream?.name || stream?.existing ? {} : { name }) },
        application: { ...application, ...(application.name || application.existing ? {} : { name }) },
        ...(dashboard ? { dashboard: { extraWidgets: JSON.stringify(dashboard.extraWidgets) } } : {}),
    };
}
/** Empty text and empty lists leave the argument out, and 0 where it is the default: Pulumi.yaml needs one for each key. */
function isLeftOut(value, fallback) {
    return value === undefined || value === "" || (value === 0 && fallback === 0) || (Array.isArray(value) && value.length === 0);
}
/** An object adds to the one that is there: what a dimension has of its own to what both have. */
function set(target, [name = "", ...rest], value) {
    const there = target[name];
    if (rest.length === 0)
        target[name] = isObject(value) && isObject(there) ? { ...there, ...value } : value;
    else
        set((isObject(there) ? there : (target[name] = {})), rest, value);
}
function unknownKeys(given) {
    const unknown = Object.keys(given).filter((key) => !Object.hasOwn(table_1.table, key));
    return unknown.map((key) => ({
        path: key,
        value: given[key],
        text: `there is no such key; the nearest is ${(0, fields_1.nearest)(key, Object.keys(table_1.table))}. Correct or remove it`,
    }));
}
