import type { PipelineArgs } from "../components/pipelineArgs";
import type { Problem } from "../components/problem";
/** Values of the keys that have one, of the types that Pulumi.yaml declares; the others have their defaults. */
export type Values = Readonly<Record<string, unknown>>;
/** Pulumi hands everything but text over as JSON text; what is not JSON stays as it is and is refused by its argument. */
export declare function decoded(given: Record<string, unknown>): {
    values: Values;
    problems: Problem[];
};
export declare function isObject(value: unknown): value is Record<string, unknown>;
/** @param name of the stream and the application, where they have none of their own and are not adopted. */
export declare function pipelineArgs(values: Values, name: string): PipelineArgs;
export declare function unknownKeys(given: Record<string, unknown>): Problem[];
