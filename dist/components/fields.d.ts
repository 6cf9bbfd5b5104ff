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
export type FieldsOf<Args> = {
    readonly [K in keyof Args]-?: Field;
};
/** Arguments with their defaults. */
export type WithDefaults<Args, Fields> = Args & {
    [K in keyof Fields as Fields[K] extends Defaulted<unknown> ? K : never]: Fields[K] extends Defaulted<infer T> ? T : never;
};
export declare function whole(min: number, max: number): Field;
export declare function whole(min: number, max: number, fallback: number): Defaulted<number>;
export declare function flag(fallback: boolean): Defaulted<boolean>;
export declare function oneOf<const T extends string | number>(values: readonly T[], fallback: NoInfer<T>): Defaulted<T>;
export declare function text(pattern: RegExp, allowed: string): Field;
export declare function text(pattern: RegExp, allowed: string, fallback: string): Defaulted<string>;
/** @param allowed what an element is, in the plural. */
export declare function listOf(pattern: RegExp, allowed: string): Defaulted<never[]>;
export declare function object(schema: z.ZodType, allowed: string): Field;
export declare function required(field: Field, missing?: string): Field;
/** An argument that only AWS can check, or with arguments of its own, which are checked by those who know them. */
export declare function anything(allowed?: string): Field;
/** The schema of an element that may be an Output. */
export declare function known<T extends z.ZodType>(schema: T): z.ZodType;
/**
 * What is wrong with each argument by itself: not allowed, missing, unknown.
 * @param at the path that the arguments' names are appended to: "" or "stream.".
 */
export declare function fieldProblems(args: object, fields: Readonly<Record<string, Field>>, at: string): Problem[];
/** The arguments, with the default of each that is left out. */
export declare function withDefaults<Args extends object, Fields extends Readonly<Record<string, Field>>>(args: Args, fields: Fields): WithDefaults<Args, Fields>;
/** Those of the values that are arguments of these fields. */
export declare function pick<Values extends object, Fields extends Readonly<Record<string, Field>>>(values: Values, fields: Fields): Pick<Values, keyof Values & keyof Fields>;
/** Whether nothing is wrong with any of these arguments: rules that span arguments are for those that are right by themselves. */
export declare function areRight(problems: readonly Problem[], at: string, names: readonly string[]): boolean;
/** The known name with the smallest edit distance. */
export declare function nearest(name: string, names: readonly string[]): string;
