import { minuteStart } from "../decide/time";
import { capacityMetrics, idDimension, metricNamespace, stackDimension } from "../names";
import { logError } from "./decisionLog";

const minute = 60_000;

type MetricName = (typeof capacityMetrics)[keyof typeof capacityMetrics];
type Values = Partial<Record<MetricName, number>>;

/**
 * Publishes metrics of a dimension by a line in CloudWatch's embedded metric format (the function's log format must be Text).
 * The line is the whole log event. Undefined values are left out; without any nothing is written.
 */
export function publish(stack: string, id: string, timestamp: number, values: Values): void {
  const names = (Object.keys(values) as MetricName[]).filter((name) => values[name] !== undefined);
  if (names.length === 0) return;
  console.log(
    JSON.stringify({
      _aws: {
        Timestamp: timestamp,
        CloudWatchMetrics: [
          {
            Namespace: metricNamespace,
            Dimensions: [[stackDimension, idDimension]],
            Metrics: names.map((Name) => ({ Name, Unit: "Count" })),
          },
        ],
      },
      [stackDimension]: stack,
      [idDimension]: id,
      ...values,
    }),
  );
}

/** Tells of something that the scaler could not do: in the log, and as a metric. */
export function tellError({ now, stack }: { now: number; stack: string }, id: string, reason: string): void {
  logError(now, stack, id, reason);
  publish(stack, id, minuteStart(now), { [capacityMetrics.errors]: 1 });
}

/**
 * The minute that capacities are published for: two before the one of `now`, because by then the services' metrics of that minute
 * are in. Capacity is the gate of every utilisation: a minute without it has none.
 */
export function capacityMinute(now: number): number {
  return minuteStart(now) - 2 * minute;
}

/** The minute that SettledCapacity is published for: metrics that come three minutes late are in by now. */
export function completeMinute(now: number): number {
  return minuteStart(now) - 4 * minute;
}
