import type { Problem } from "../problem";
/** Names of the arguments that bound a dimension, and of the capacity that it is created with. */
export interface BoundNames {
    min: string;
    max: string;
    initial?: string;
}
/** Bounds in order, and the capacity to begin with between them. */
export declare function boundsProblems(values: object, { min, max, initial }: BoundNames, at: string): Problem[];
