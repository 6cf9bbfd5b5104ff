import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Problem } from "./problem";

/** What one argument of a component may be. */
export interface Field {
  schema: z.ZodType;
  /** What is allowed, as the end of "allowed is ...". */
  allowed: string;
  /** What counts where it is left out. */
  fallback?: unknown;
  /** It can't be left out: what to say where it is. */
  missing?: string;
}

/** A field with a default. */
export interface Defaulted<T> extends Field {
  fallback: T;
}

/** The fields of an interface of arguments: one each. */
export type FieldsOf<Args> = { readonly [K in keyof Args]-?: Field };

/** Arguments with their defaults. */
export type WithDefaults<Args, Fields> = Args & {
  [K in keyof Fields as Fields[K] extends Defaulted<unknown> ? K : never]: Fields[K] extends Defaulted<infer T> ? T : never;
};

export function whole(min: number, max: number): Field;
export function whole(min: number, max: number, fallback: number): Defaulted<number>;
export function whole(min: number, max: number, fallback?: number): Field {
  return { schema: z.number().int().min(min).max(max), allowed: `a whole number from ${min} to ${max}`, fallback };
}

export function flag(fallback: boolean): Defaulted<boolean> {
  return { schema: z.boolean(), allowed: "true or false", fallback };
}

export function oneOf<const T extends string | number>(values: readonly T[], fallback: NoInfer<T>): Defaulted<T> {
  const allowed = values.map((value) => JSON.stringify(value)).join(", ");
  return { schema: z.literal(values), allowed, fallback };
}

export function text(pattern: RegExp, allowed: string): Field;
export function text(pattern: RegExp, allowed: string, fallback: string): Defaulted<string>;
export function text(pattern: RegExp, allowed: string, fallback?: string): Field {
  return { schema: z.string().regex(pattern), allowed, fallback };
}

/** @param allowed what an element is, in the plural. */
export function listOf(pattern: RegExp, allowed: string): Defaulted<never[]> {
  return { schema: z.array(known(z.string().regex(pattern))), allowed: `a list of ${allowed}`, fallback: [] };
}

export function object(schema: z.ZodType, allowed: string): Field {
  return { schema, allowed };
}

export function required(field: Field, missing = `allowed is ${field.allowed}. Set it`): Field {
  return { ...field, missing };
}

/** An argument that only AWS can check, or with arguments of its own, which are checked by those who know them. */
export function anything(allowed = "anything"): Field {
  return { schema: z.unknown(), allowed };
}

/** Its value will be known when the deployment runs: it is checked by AWS. */
function isKnown(value: unknown): boolean {
  return !pulumi.Output.isInstance(value) && !(value instanceof Promise);
}

/** The schema of an element that may be an Output. */
export function known<T extends z.ZodType>(schema: T): z.ZodType {
  return z.unknown().refine((value) => !isKnown(value) || schema.safeParse(value).success);
}

/**
 * What is wrong with each argument by itself: not allowed, missing, unknown.
 * @param at the path that the arguments' names are appended to: "" or "stream.".
 */
export function fieldProblems(args: object, fields: Readonly<Record<string, Field>>, at: string): Problem[] {
  const given = args as Record<string, unknown>;
  const wrong = Object.entries(fields).flatMap(([name, field]) => valueProblems(given[name], field, at + name));
  const unknown = Object.keys(given)
    .filter((name) => given[name] !== undefined && !Object.hasOwn(fields, name))
    .map((name) => {
      const text = `there is no such argument; the nearest is \`${at}${nearest(name, Object.keys(fields))}\`. Correct or remove it`;
      return { path: at + name, value: given[name], text };
    });
  return [...wrong, ...unknown];
}

function valueProblems(value: unknown, field: Field, path: string): Problem[] {
  if (value === undefined) return field.missing ? [{ path, value, text: field.missing }] : [];
  if (!isKnown(value)) return [];
  const parsed = field.schema.safeParse(value);
  return parsed.success ? [] : [{ path, value, text: `${where(parsed.error.issues)}allowed is ${field.allowed}` }];
}

/** Where in a list or object the trouble is: "at scaleOutSteps.steps, sclaeInPercent: ". */
function where(issues: readonly { path: PropertyKey[]; keys?: string[] }[]): string {
  const paths = issues.flatMap(({ path, keys = [] }) => (keys.length > 0 ? keys.map((name) => [...path, name]) : [path]));
  const named = paths.map((parts) => parts.join(".")).filter((path) => path !== "");
  return named.length > 0 ? `at ${named.join(", ")}: ` : "";
}

/** The arguments, with the default of each that is left out. */
export function withDefaults<Args extends object, Fields extends Readonly<Record<string, Field>>>(
  args: Args,
  fields: Fields,
): WithDefaults<Args, Fields> {
  const given = args as Record<string, unknown>;
  const settled = Object.entries(fields).map(([name, { fallback }]) => [name, given[name] ?? fallback]);
  return { ...args, ...(Object.fromEntries(settled) as object) } as WithDefaults<Args, Fields>;
}

/** Those of the values that are arguments of these fields. */
export function pick<Values extends object, Fields extends Readonly<Record<string, Field>>>(
  values: Values,
  fields: Fields,
): Pick<Values, keyof Values & keyof Fields> {
  const own = Object.entries(values).filter(([name]) => Object.hasOwn(fields, name));
  return Object.fromEntries(own) as Pick<Values, keyof Values & keyof Fields>;
}

/** Whether nothing is wrong with any of these arguments: rules that span arguments are for those that are right by themselves. */
export function areRight(problems: readonly Problem[], at: string, names: readonly string[]): boolean {
  return !problems.some(({ path }) => names.some((name) => path === at + name || path.startsWith(`${at}${name}.`)));
}

/** The known name with the smallest edit distance. */
export function nearest(name: string, names: readonly string[]): string {
  const ranked = names.map((known) => ({ known, distance: editDistance(name.toLowerCase(), known.toLowerCase()) }));
  return ranked.reduce((best, next) => (next.distance < best.distance ? next : best)).known;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++)
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    previous = row;
  }
  return previous[b.length]!;
}
