"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.whole = whole;
exports.flag = flag;
exports.oneOf = oneOf;
exports.text = text;
exports.listOf = listOf;
exports.object = object;
exports.required = required;
exports.anything = anything;
exports.known = known;
exports.fieldProblems = fieldProblems;
exports.withDefaults = withDefaults;
exports.pick = pick;
exports.areRight = areRight;
exports.nearest = nearest;
const pulumi = require("@pulumi/pulumi");
const zod_1 = require("zod");
function whole(min, max, fallback) {
    return { schema: zod_1.z.number().int().min(min).max(max), allowed: `a whole number from ${min} to ${max}`, fallback };
}
function flag(fallback) {
    return { schema: zod_1.z.boolean(), allowed: "true or false", fallback };
}
function oneOf(values, fallback) {
    const allowed = values.map((value) => JSON.stringify(value)).join(", ");
    return { schema: zod_1.z.literal(values), allowed, fallback };
}
function text(pattern, allowed, fallback) {
    return { schema: zod_1.z.string().regex(pattern), allowed, fallback };
}
/** @param allowed what an element is, in the plural. */
function listOf(pattern, allowed) {
    return { schema: zod_1.z.array(known(zod_1.z.string().regex(pattern))), allowed: `a list of ${allowed}`, fallback: [] };
}
function object(schema, allowed) {
    return { schema, allowed };
}
function required(field, missing = `allowed is ${field.allowed}. Set it`) {
    return { ...field, missing };
}
/** An argument that only AWS can check, or with arguments of its own, which are checked by those who know them. */
function anything(allowed = "anything") {
    return { schema: zod_1.z.unknown(), allowed };
}
/** Its value will be known when the deployment runs: it is checked by AWS. */
function isKnown(value) {
    return !pulumi.Output.isInstance(value) && !(value instanceof Promise);
}
/** The schema of an element that may be an Output. */
function known(schema) {
    return zod_1.z.unknown().refine((value) => !isKnown(value) || schema.safeParse(value).success);
}
/**
 * What is wrong with each argument by itself: not allowed, missing, unknown.
 * @param at the path that the arguments' names are appended to: "" or "stream.".
 */
function fieldProblems(args, fields, at) {
    const given = args;
    const wrong = Object.entries(fields).flatMap(([name, field]) => valueProblems(given[name], field, at + name));
    const unknown = Object.keys(given)
        .filter((name) => given[name] !== undefined && !Object.hasOwn(fields, name))
        .map((name) => {
        const text = `there is no such argument; the nearest is \`${at}${nearest(name, Object.keys(fields))}\`. Correct or remove it`;
        return { path: at + name, value: given[name], text };
    });
    return [...wrong, ...unknown];
}
function valueProblems(value, field, path) {
    if (value === undefined)
        return field.missing ? [{ path, value, text: field.missing }] : [];
    if (!isKnown(value))
        return [];
    const parsed = field.schema.safeParse(value);
    return parsed.success ? [] : [{ path, value, text: `${where(parsed.error.issues)}allowed is ${field.allowed}` }];
}
/** Where in a list or object the trouble is: "at scaleOutSteps.steps, sclaeInPercent: ". */
function where(issues) {
    const paths = issues.flatMap(({ path, keys = [] }) => (keys.length > 0 ? keys.map((name) => [...path, name]) : [path]));
    const named = paths.map((parts) => parts.join(".")).filter((path) => path !== "");
    return named.length > 0 ? `at ${named.join(", ")}: ` : "";
}
/** The arguments, with the default of each that is left out. */
function withDefaults(args, fields) {
    const given = args;
    const settled = Object.entries(fields).map(([name, { fallback }]) => [name, given[name] ?? fallback]);
    return { ...args, ...Object.fromEntries(settled) };
}
/** Those of the values that are arguments of these fields. */
function pick(values, fields) {
    const own = Object.entries(values).filter(([name]) => Object.hasOwn(fields, name));
    return Object.fromEntries(own);
}
/** Whether nothing is wrong with any of these arguments: rules that span arguments are for those that are right by themselves. */
function areRight(problems, at, names) {
    return !problems.some(({ path }) => names.some((name) => path === at + name || path.startsWith(`${at}${name}.`)));
}
/** The known name with the smallest edit distance. */
function nearest(name, names) {
    const ranked = names.map((known) => ({ known, distance: editDistance(name.toLowerCase(), known.toLowerCase()) }));
    return ranked.reduce((best, next) => (next.distance < best.distance ? next : best)).known;
}
function editDistance(a, b) {
    let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++)
            row.push(Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
        previous = row;
    }
    return previous[b.length];
}
