/** Counts that a plan chooses from: each one up to 40, above that steps of about 3 %, and the largest. */
export function levelsBetween(least: number, most: number): number[] {
  const levels: number[] = [];
  for (let count = least; count < most; count = Math.max(count + 1, Math.floor(count * 1.03))) levels.push(count);
  return [...levels, most];
}

/** What a unit that is missing for a minute costs, in units: more than any plan saves. A plan that can't do without still falls short least. */
export const shortage = 1e5;
