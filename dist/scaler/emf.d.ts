import type { capacityMetrics } from "./names";
type MetricName = (typeof capacityMetrics)[keyof typeof capacityMetrics];
type Values = Partial<Record<MetricName, number>>;
/**
 * Publishes metrics of a dimension by a line in CloudWatch's embedded metric format (the function's log format must be Text).
 * The line is the whole log event. Undefined values are left out; without any nothing is written.
 */
export declare function publish(stack: string, id: string, timestamp: number, values: Values): void;
/**
 * The minute that capacities are published for: two before the one of `now`, because by then the services' metrics of that minute
 * are in. Capacity is the gate of every utilisation: a minute without it has none.
 */
export declare function capacityMinute(now: number): number;
/** The minute that the settled capacity is published for: metrics that come three minutes late are in by now. */
export declare function settledMinute(now: number): number;
export {};
