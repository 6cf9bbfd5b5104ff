export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";
export type TreatMissingData = "breaching" | "notBreaching" | "ignore" | "missing";

export const comparisons = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;

export type ComparisonOperator = keyof typeof comparisons;

export interface AlarmRule {
  comparison: ComparisonOperator;
  threshold: number;
  /** N */
  evaluationPeriods: number;
  /** M */
  datapointsToAlarm: number;
  /** DatapointsToAlarm was given: the reasons count "out of the last N". */
  mOfN: boolean;
  treatMissingData: TreatMissingData;
}

/**
 * Periods that CloudWatch looks back beyond Evaluation Periods. The page's example is 2 at a period of 5 minutes; how many there are
 * at others is not documented. Here it is as many periods as five minutes have, at least 2: one-minute alarms are seen to keep using
 * data that is five minutes old, and datapoints that arrive up to three minutes late must not look missing.
 */
export function extraPeriods(periodSeconds: number): number {
  return Math.max(2, Math.ceil(300 / periodSeconds));
}

/**
 * State of an alarm by the datapoints of its evaluation range, oldest first, NaN = missing; undefined: it keeps the one it has
 * ("Configuring how CloudWatch alarms treat missing data").
 */
export function evaluate(points: Float64Array, rule: AlarmRule): AlarmState | undefined {
  const { evaluationPeriods, datapointsToAlarm, threshold, treatMissingData } = rule;
  const breaches = comparisons[rule.comparison];
  let real = 0;
  let breaching = 0;
  let ageOfOldest = 0;
  for (let i = points.length - 1; i >= 0 && real < evaluationPeriods; i--) {
    const value = points[i]!;
    if (Number.isNaN(value)) continue;
    real++;
    if (breaches(value, threshold)) breaching++;
    ageOfOldest = points.length - i;
  }
  const filled = evaluationPeriods - real;
  if (breaching >= datapointsToAlarm) return "ALARM";
  if (filled === 0 || treatMissingData === "notBreaching") return "OK";
  if (treatMissingData === "breaching") return breaching + filled >= datapointsToAlarm ? "ALARM" : "OK";
  if (breaching < real) return "OK";
  if (treatMissingData === "ignore") return undefined;
  return real > 0 ? whenAllBreach(ageOfOldest, datapointsToAlarm) : "INSUFFICIENT_DATA";
}

/**
 * "Avoiding premature transitions to alarm state": fewer breaching datapoints than M, none that doesn't breach, the rest missing.
 * While the oldest is younger than M the page names no state (an older edition: INSUFFICIENT_DATA).
 */
function whenAllBreach(ageOfOldest: number, datapointsToAlarm: number): AlarmState {
  return ageOfOldest >= datapointsToAlarm ? "ALARM" : "INSUFFICIENT_DATA";
}

/** Indexes of the real datapoints that an evaluation uses, newest first; at most N. */
export function evaluatedPoints(points: Float64Array, evaluationPeriods: number): number[] {
  const used: number[] = [];
  for (let i = points.length - 1; i >= 0 && used.length < evaluationPeriods; i--) if (!Number.isNaN(points[i]!)) used.push(i);
  return used;
}
