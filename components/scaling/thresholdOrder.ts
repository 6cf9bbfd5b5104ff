import type { Problem } from "../problem";

/** An argument's name and its value. */
type Named = readonly [name: string, value: number];

/** What one scaling aims at lies between where scaling in and scaling out begin. @param at the path of the arguments. */
export function orderProblems(at: string, [low, scaleIn]: Named, [name, target]: Named, [high, scaleOut]: Named): Problem[] {
  if (scaleIn < target && target < scaleOut) return [];
  const text = `allowed is above \`${at}${low}\` (${scaleIn}) and below \`${at}${high}\` (${scaleOut}). Change one of them`;
  return [{ path: at + name, value: target, text }];
}
