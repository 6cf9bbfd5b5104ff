import { nearest } from "../components/fields";
import type { PipelineArgs } from "../components/pipelineArgs";
import { withNames } from "../components/pipelinesArgs";
import type { Problem } from "../components/problem";
import { table } from "./table";

/** Values of the keys that have one, of the types that Pulumi.yaml declares; the others have their defaults. */
export type Values = Readonly<Record<string, unknown>>;

/** Pulumi hands everything but text over as JSON text; what is not JSON stays as it is and is refused by its argument. */
export function decoded(given: Record<string, unknown>): { values: Values; problems: Problem[] } {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [key, { fallback, allowed }] of Object.entries(table)) {
    const value = given[key] === undefined ? fallback : typed(given[key], fallback);
    // `sluice:kpus:` in a stack's file: the CLI refuses it too.
    if (value === null) problems.push({ path: key, value, text: `it has no value; remove the line, or allowed is ${allowed}` });
    else if (isObject(fallback) && !isObject(value)) problems.push({ path: key, value, text: `allowed is ${allowed}` });
    else values[key] = value;
  }
  return { values, problems };
}

function typed(value: unknown, fallback: unknown): unknown {
  if (typeof value !== "string" || typeof fallback === "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param name of the stream and the application, where they have none of their own and are not adopted. */
export function pipelineArgs(values: Values, name: string): PipelineArgs {
  const args: Record<string, unknown> = { stream: {}, application: {} };
  for (const [key, { to, fallback }] of Object.entries(table)) {
    const value = values[key];
    if (!isLeftOut(value, fallback)) for (const path of to) set(args, path.split("."), value);
  }
  const { dashboard, ...rest } = args as unknown as PipelineArgs & { dashboard?: { extraWidgets: unknown } };
  const widgets = dashboard ? { dashboard: { extraWidgets: JSON.stringify(dashboard.extraWidgets) } } : {};
  return withNames({ ...rest, ...widgets }, name);
}

/** Empty text and empty lists leave the argument out, and 0 where it is the default: Pulumi.yaml needs one for each key. */
export function isLeftOut(value: unknown, fallback: unknown): boolean {
  return value === undefined || value === "" || (value === 0 && fallback === 0) || (Array.isArray(value) && value.length === 0);
}

/** An object adds to the one that is there: what a dimension has of its own to what both have. */
function set(target: Record<string, unknown>, [name = "", ...rest]: string[], value: unknown): void {
  const there = target[name];
  if (rest.length === 0) target[name] = isObject(value) && isObject(there) ? { ...there, ...value } : value;
  else set((isObject(there) ? there : (target[name] = {})) as Record<string, unknown>, rest, value);
}

export function unknownKeys(given: Record<string, unknown>): Problem[] {
  const unknown = Object.keys(given).filter((key) => !Object.hasOwn(table, key));
  return unknown.map((key) => ({
    path: key,
    value: given[key],
    text: `there is no such key; the nearest is ${nearest(key, Object.keys(table))}. Correct or remove it`,
  }));
}
