import { usEast1, type Prices } from "../prices";
import type { DashboardModel } from "./args";

/** What a dashboard's costs multiply with; what isn't given is us-east-1's. */
export function pricesOf(given: DashboardModel["prices"]): Prices {
  return {
    ...usEast1,
    shardHour: given?.shardHourUsd ?? usEast1.shardHour,
    millionPutUnits: given?.putPayloadUnitsMillionUsd ?? usEast1.millionPutUnits,
    kpuHour: given?.kpuHourUsd ?? usEast1.kpuHour,
  };
}

/** Metric math for USD an hour at list price, of shards and KPUs by their ids. */
export function capacityCost(prices: Prices, shards: string, kpus: string): string {
  const { shardHour, kpuHour, orchestrationKpus } = prices;
  return `${shards} * ${decimal(shardHour)} + (${kpus} + ${orchestrationKpus}) * ${decimal(kpuHour)}`;
}

/** Metric math has no exponents. */
export function decimal(price: number): string {
  return price.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 12 });
}
