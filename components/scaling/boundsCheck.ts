import type { Problem } from "../problem";
import type { Bounds } from "./scaledDimension";

/** Names of the arguments that bound a dimension, and of the capacity that it is created with. */
export interface BoundNames {
  min: string;
  max: string;
  initial: string;
}

/** Bounds in order, and the capacity to begin with, where there is one, between them. */
export function boundsProblems({ min, max }: Bounds, initial: number | undefined, names: BoundNames, at: string): Problem[] {
  if (min > max) {
    const text = `allowed is at most \`${at}${names.max}\` (${max}). Lower \`${at}${names.min}\` or raise \`${at}${names.max}\``;
    return [{ path: at + names.min, value: min, text }];
  }
  if (initial === undefined || (initial >= min && initial <= max)) return [];
  const text = `allowed is \`${at}${names.min}\` to \`${at}${names.max}\` (${min} to ${max}). Change \`${at}${names.initial}\` or the bounds`;
  return [{ path: at + names.initial, value: initial, text }];
}
