import { tellChanges } from "./changes";
import type { Evidence } from "./evidence";
import type { Explanation } from "./explanation";
import { tellNotScaled, tellSilent, tellUnanswered } from "./notScaled";

/**
 * Explains each scaling and each one that did not happen, in the order of time. Pure.
 * @param evidence in any order; what began before `from` is needed too where it ends after it.
 * @param from first ms that counts: what ended before is left out. @param to last ms.
 */
export function explainScaling(evidence: Evidence, from: number, to: number): Explanation[] {
  const byTime = (a: { time: number }, b: { time: number }) => a.time - b.time;
  const ordered: Evidence = {
    lines: [...evidence.lines].sort(byTime),
    alarms: [...evidence.alarms].sort(byTime),
    activities: [...evidence.activities].sort(byTime),
    rules: evidence.rules,
  };
  const { explanations, used } = tellChanges(ordered);
  const all = [...explanations, ...tellUnanswered(ordered, used), ...tellNotScaled(ordered), ...tellSilent(ordered)];
  return all.filter(({ time, end }) => time <= to && (end === undefined || end >= from)).sort(byTime);
}
