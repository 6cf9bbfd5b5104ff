import { comparisons, type AlarmRule, type AlarmState, type TreatMissingData } from "./alarmEvaluation";

/** What an evaluation saw. */
export interface Observation {
  /** Real datapoints that were evaluated, newest first; time in ms. */
  used: { time: number; value: number }[];
  /** Starts of all evaluated periods when none had data, newest first. */
  empty: number[];
}

const phrases: Record<AlarmRule["comparison"], string> = {
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  GreaterThanThreshold: "greater than",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
};

const treatedAs: Record<TreatMissingData, string> = {
  breaching: "Breaching",
  notBreaching: "NonBreaching",
  ignore: "Ignore",
  missing: "Missing",
};

const many = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** A number as CloudWatch prints it: 3.0, 99.83. */
export const printNumber = (value: number) => (Number.isInteger(value) ? value.toFixed(1) : String(value));

/** 2026-01-05T12:00:00.000+0000 */
export const printTime = (time: number) => new Date(time).toISOString().replace("Z", "+0000");

/** 05/01/26 12:00:00 */
function printDate(time: number): string {
  const [date, clock] = new Date(time).toISOString().split("T");
  const [year, month, day] = date!.split("-");
  return `${day}/${month}/${year!.slice(2)} ${clock!.slice(0, 8)}`;
}

/** From this many on, CloudWatch names the latest five datapoints in a sentence of their own. */
const listed = 5;

/**
 * StateReason in CloudWatch's words, which differ by whether DatapointsToAlarm was given: "3 datapoints [...] were greater than the
 * threshold (0.0)." or "3 out of the last 5 datapoints [...] were ... (minimum 3 datapoints for OK -> ALARM transition)."
 */
export function stateReason(from: AlarmState, to: AlarmState, rule: AlarmRule, { used }: Observation): string {
  const { evaluationPeriods, datapointsToAlarm, threshold, mOfN } = rule;
  const filled = evaluationPeriods - used.length;
  const treatment = `${many(filled, "missing datapoint")} ${filled === 1 ? "was" : "were"} treated as [${treatedAs[rule.treatMissingData]}]`;
  if (to === "INSUFFICIENT_DATA")
    return `Insufficient Data: ${many(filled, "datapoint")} ${filled === 1 ? "was" : "were"} unknown.`;
  if (used.length === 0) return `Threshold Crossed: no datapoints were received for ${many(filled, "period")} and ${treatment}.`;

  const breaches = comparisons[rule.comparison];
  const telling = used.filter(({ value }) => breaches(value, threshold) === (to === "ALARM"));
  const values = `[${telling
    .slice(0, listed)
    .map(({ time, value }) => `${printNumber(value)} (${printDate(time)})`)
    .join(", ")}]`;
  const apart = telling.length >= listed;
  const count = mOfN
    ? `${telling.length} out of the last ${many(evaluationPeriods, "datapoint")}`
    : many(telling.length, "datapoint");
  const verb = `${telling.length === 1 ? "was" : "were"}${to === "ALARM" ? "" : " not"}`;
  const missing = filled > 0 && ["breaching", "notBreaching"].includes(rule.treatMissingData) ? ` and ${treatment}` : "";
  const crossed = to === "ALARM" ? "which crossed" : "which didn't cross";
  const least = to === "ALARM" ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  return [
    `Threshold Crossed: ${count}${apart ? "" : ` ${values}`} ${verb} ${phrases[rule.comparison]} the threshold (${printNumber(threshold)})${missing}`,
    apart ? `. The most recent datapoints ${crossed} the threshold: ${values}` : "",
    mOfN ? ` (minimum ${many(least, "datapoint")} for ${from} -> ${to} transition)` : "",
    ".",
  ].join("");
}

/** StateReasonData has at most 4,000 characters; how CloudWatch shortens it is not documented. The newest datapoints stay. */
const mostInData = 40;

/** StateReasonData: JSON text. `statistic` only for an alarm on a single metric. */
export function stateReasonData(
  now: number,
  rule: AlarmRule,
  period: number,
  statistic: string | undefined,
  seen: Observation,
): string {
  const oldest = seen.used.at(-1);
  return JSON.stringify({
    version: "1.0",
    queryDate: printTime(now),
    ...(oldest ? { startDate: printTime(oldest.time) } : {}),
    ...(statistic ? { statistic } : {}),
    period,
    recentDatapoints: seen.used
      .slice(0, mostInData)
      .map(({ value }) => value)
      .reverse(),
    threshold: rule.threshold,
    evaluatedDatapoints: [
      ...seen.used.map(({ time, value }) => ({ timestamp: printTime(time), value })),
      ...seen.empty.map((time) => ({ timestamp: printTime(time) })),
    ].slice(0, mostInData),
  });
}
