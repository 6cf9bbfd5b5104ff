import type { Member, Run } from "./begin";
/**
 * Starts an application that the program has created and that has never run. Creating and starting are two things: a first start that
 * fails would keep the rest of the stack from being made, and the Pulumi provider starts an application with its creation or never. It
 * belongs to the deployment, so it is done in every mode. Gives what the operator must know while it can't be started.
 */
export declare function firstStart(run: Run, { look, verdict }: Member): Promise<string | undefined>;
