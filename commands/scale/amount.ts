import type { Parsed } from "../options";

/** How far to scale: by a count, by a percent of the fleet, or to an exact number. Counts are whole numbers. */
export type Amount = { is: "count"; by: number } | { is: "percent"; by: number } | { is: "exact"; to: number };

/** The scaling API takes no more; above any quota of shards or KPUs. */
const largest = 1_000_000;

/** "2", "+2" or "-2": a count. "25%" or "-25%": a percent. */
export function parseBy(text: string): Parsed<Amount> {
  const wrong = { wrong: "must be a whole number such as 2 or -2, or a percent such as 25% or -25%, but not 0" };
  const [, number = "", fraction, percent] = /^([+-]?\d+)(\.\d+)?(%?)$/.exec(text) ?? [];
  const by = Number(number + (fraction ?? ""));
  if (number === "" || by === 0 || Math.abs(by) > largest) return wrong;
  if (percent) return by < -100 ? { wrong: "can't take away more than 100%" } : { value: { is: "percent", by } };
  return fraction === undefined ? { value: { is: "count", by } } : wrong;
}

export function parseTo(text: string): Parsed<Amount> {
  const to = Number(text);
  if (!/^\d+$/.test(text) || to < 1 || to > largest) return { wrong: `must be a whole number from 1 to ${largest}` };
  return { value: { is: "exact", to } };
}

/** The capacity that an amount asks for, seen from `from`; never below 0. */
export function capacityAsked(amount: Amount, from: number): number {
  switch (amount.is) {
    case "count":
      return Math.max(0, from + amount.by);
    case "percent":
      return Math.max(0, from + percentChange(from, amount.by));
    case "exact":
      return amount.to;
  }
}

/**
 * Rounds as a scaling policy does: above 1 down, between 0 and 1 to 1, between -1 and 0 to -1, below -1 up
 * ("Step scaling policies for Application Auto Scaling").
 */
export function percentChange(from: number, percent: number): number {
  const change = (from * percent) / 100;
  return change !== 0 && Math.abs(change) < 1 ? Math.sign(change) : Math.trunc(change);
}

/** "by 25 % of 8, which is 2". */
export function amountWords(amount: Amount, from: number): string {
  const signed = (value: number) => (value > 0 ? `+${value}` : String(value));
  switch (amount.is) {
    case "count":
      return `by ${signed(amount.by)}`;
    case "percent":
      return `by ${signed(amount.by)} % of ${from}, which is ${signed(percentChange(from, amount.by))}`;
    case "exact":
      return `to exactly ${amount.to}`;
  }
}
