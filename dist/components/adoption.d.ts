import type { Problem } from "./problem";
/** A stream or an application is created or adopted, never both. @param problems what is wrong with each argument by itself. */
export declare function adoptOrCreate(args: {
    name?: unknown;
    existing?: unknown;
}, problems: readonly Problem[], at: string): Problem[];
