/** A CloudWatch statistic, as a number that the storage switches on, or a percentile. */
export enum StatisticKind {
  Sum,
  Average,
  Minimum,
  Maximum,
  SampleCount,
  Percentile,
}

export interface Statistic {
  kind: StatisticKind;
  /** 0 < percentile <= 100; only for Percentile. */
  percentile: number;
  /** As CloudWatch spells it: "Sum", "p99". */
  text: string;
}

export const basicStatistics = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"] as const;

/** One object of each for all metrics: every alarm's evaluation looks at several. */
const basicByText: ReadonlyMap<string, Statistic> = new Map(
  basicStatistics.map((text) => [text, { kind: StatisticKind[text], percentile: Number.NaN, text }]),
);

/**
 * @returns undefined where CloudWatch knows no such statistic, or the sandbox doesn't model it: trimmed means and counts (TM, TC,
 * TS, WM, IQM, PR) need every raw value, and only sum, minimum, maximum and count of a minute are kept.
 */
export function parseStatistic(text: string): Statistic | undefined {
  const basic = basicByText.get(text);
  if (basic) return basic;
  const match = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(text);
  const percentile = match ? Number(match[1]) : Number.NaN;
  return percentile > 0 ? { kind: StatisticKind.Percentile, percentile, text } : undefined;
}
