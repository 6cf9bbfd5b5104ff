/**
 * What a service models of one member of a request: everything, a few values, a resource of this account and region, or members of
 * its own (of a structure, or of each structure of a list). What isn't named is refused aloud: nothing is accepted and ignored.
 */
export type Modelled = "anything" | "ownArn" | Values | Members;
type Values = readonly (string | number | boolean)[];
export interface Members {
  readonly [member: string]: Modelled;
}

/** The modelled members of every operation of a service. */
export type ModelledInputs = Readonly<Record<string, Members>>;

/** Members of which everything is modelled. */
export function members(...names: string[]): Members {
  return Object.fromEntries(names.map((name) => [name, "anything" as const]));
}

export const isValues = (modelled: Values | Members): modelled is Values => Array.isArray(modelled);
