import type { Begun, Member, Run } from "./begin";
/** Tells what became of a dimension in this run: errors, decisions, metrics. */
export declare function report(run: Run, { look: looked, verdict }: Member, begun: Begun | undefined, errors: string[]): void;
