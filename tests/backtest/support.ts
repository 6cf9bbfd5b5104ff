import { backtest } from "../../backtest/model/backtest";
import type { Policy, StreamPolicy, ApplicationPolicy } from "../../backtest/model/policy";
import { workloadOf, type Workload } from "../../backtest/model/workload";

/** Rates a minute, records/s. */
export const traffic = (...rates: number[]): Workload["trace"] => ({ name: "t.csv", start: 0, rates: Float64Array.from(rates) });

export const steady = (minutes: number, rate: number): number[] => Array.from({ length: minutes }, () => rate);

export const workload = (rates: number[], different: Parameters<typeof workloadOf>[1] = {}): Workload =>
  workloadOf(traffic(...rates), different);

/** Asks for what is planned for a tick, at its end. */
export const streamPlan = (plan: Record<number, number>, more: Partial<StreamPolicy> = {}): Policy => ({
  name: "plan",
  stream: () => ({ decide: ({ tick }) => plan[tick], ...more }),
});

export const applicationPlan = (plan: Record<number, number>, more: Partial<ApplicationPolicy> = {}): Policy => ({
  name: "plan",
  application: () => ({ decide: ({ tick }) => plan[tick], ...more }),
});

/** What a policy began: tick, from, to. */
export const changesOf = (rates: number[], policy: Policy, different: Parameters<typeof workloadOf>[1] = {}): number[][] => {
  const { changes } = backtest(workload(rates, different), policy);
  return changes.map(({ time, from, to }) => [time / 60_000, from, to]);
};
