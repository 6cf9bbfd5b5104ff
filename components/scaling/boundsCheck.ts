import type { Problem } from "../problem";

/** Names of the arguments that bound a dimension, and of the capacity that it is created with. */
export interface BoundNames {
  min: string;
  max: string;
  initial?: string;
}

/** Bounds in order, and the capacity to begin with between them. */
export function boundsProblems(values: object, { min, max, initial }: BoundNames, at: string): Problem[] {
  const { [min]: least = 0, [max]: most = 0, [initial ?? ""]: begin } = values as Record<string, number | undefined>;
  if (least > most) {
    const text = `allowed is at most \`${at}${max}\` (${most}). Lower \`${at}${min}\` or raise \`${at}${max}\``;
    return [{ path: at + min, value: least, text }];
  }
  if (initial === undefined || begin === undefined || (begin >= least && begin <= most)) return [];
  const text = `allowed is \`${at}${min}\` to \`${at}${max}\` (${least} to ${most}). Change \`${at}${initial}\` or the bounds`;
  return [{ path: at + initial, value: begin, text }];
}
