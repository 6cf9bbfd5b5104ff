import { isoTime } from "../decide/words";
import { capacityMetrics, idDimension, metricNamespace, stackDimension } from "../names";
import type { Action, Capacity } from "../types";
import type { Context } from "./context";

/** One line per decision: what, where, and why in words. `npm run explain` and the timeline read these. */
export interface DecisionLine {
  /** ms since the epoch; written as ISO 8601. */
  time: number;
  stack: string;
  id: string;
  pipeline: string;
  kind: "stream" | "flink";
  action: Action;
  reason: string;
  desired?: Capacity;
  actual?: Capacity;
  /** In observe mode: the capacity that the change is counted from; what is there doesn't follow. */
  from?: Capacity;
  /** The service call that was begun, or would be in observe mode, and the capacity it goes to. */
  call?: string;
  target?: Capacity;
  /** What PATCH asked for. */
  requested?: Capacity;
}

export function logDecision(line: DecisionLine): void {
  const { time, ...rest } = line;
  console.log(JSON.stringify({ sluice: "decision", time: isoTime(time), ...rest }));
}

/** Something the scaler could not do: a parameter is broken, an AWS call failed. */
export function logError(time: number, stack: string, id: string, reason: string): void {
  console.log(JSON.stringify({ sluice: "error", time: isoTime(time), stack, id, reason }));
}

type MetricName = (typeof capacityMetrics)[keyof typeof capacityMetrics];
type Values = Partial<Record<MetricName, number>>;

/**
 * Minutes by which capacities are published late: by then the services' metrics of that minute are in. Capacity is the gate of every
 * utilisation: a minute without it has none.
 */
export const capacityDelay = 2;
/** The same for SettledCapacity: metrics that come three minutes late are in, too. */
export const completeDelay = 4;

/**
 * Publishes metrics of a dimension, for the minute that is so many before the one of `now`, by a line in CloudWatch's embedded metric
 * format (the function's log format must be Text). The line is the whole log event. Undefined values are left out; without any nothing
 * is written.
 */
export function publish({ now, stack }: Pick<Context, "now" | "stack">, id: string, delay: number, values: Values): void {
  const names = (Object.keys(values) as MetricName[]).filter((name) => values[name] !== undefined);
  if (names.length === 0) return;
  console.log(
    JSON.stringify({
      _aws: {
        Timestamp: (Math.floor(now / 60_000) - delay) * 60_000,
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
export function tellError(context: Context, id: string, reason: string): void {
  logError(context.now, context.stack, id, reason);
  publish(context, id, 0, { [capacityMetrics.errors]: 1 });
}
