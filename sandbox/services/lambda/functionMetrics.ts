import { minute, Phase } from "../../core/clock";
import type { Cloud } from "../../core/cloud";

interface Counts {
  invocations: number;
  errors: number;
  throttles: number;
  asyncDropped: number;
  duration: { sum: number; minimum: number; maximum: number };
}

/**
 * AWS/Lambda metrics by FunctionName, a minute at a time; a minute without invocations has no datapoints. ("Types of metrics for
 * Lambda functions"; the account's sums and the concurrency metrics are not modelled.)
 */
export interface FunctionMetrics {
  invoked(name: string, durationMs: number, failed: boolean): void;
  throttled(name: string): void;
  dropped(name: string): void;
}

export function functionMetrics(cloud: Cloud): FunctionMetrics {
  const counts = new Map<string, Counts>();
  cloud.clock.everyMinute(Phase.Traffic, () => {
    if (counts.size === 0) return;
    for (const [name, count] of counts) publish(cloud, name, count);
    counts.clear();
  });
  const of = (name: string) => {
    let count = counts.get(name);
    if (!count) {
      count = { invocations: 0, errors: 0, throttles: 0, asyncDropped: 0, duration: { sum: 0, minimum: Infinity, maximum: 0 } };
      counts.set(name, count);
    }
    return count;
  };
  return {
    invoked(name, durationMs, failed) {
      const count = of(name);
      count.invocations++;
      if (failed) count.errors++;
      count.duration.sum += durationMs;
      count.duration.minimum = Math.min(count.duration.minimum, durationMs);
      count.duration.maximum = Math.max(count.duration.maximum, durationMs);
    },
    throttled: (name) => void of(name).throttles++,
    dropped: (name) => void of(name).asyncDropped++,
  };
}

function publish(cloud: Cloud, name: string, count: Counts): void {
  const dimensions = { FunctionName: name };
  const timestamp = cloud.clock.now() - minute;
  const publishSet = (metric: string, unit: string, sum: number, minimum: number, maximum: number, sampleCount: number) =>
    cloud.peers.publishMetric({
      namespace: "AWS/Lambda",
      name: metric,
      dimensions,
      timestamp,
      value: { sum, minimum, maximum, sampleCount },
      unit,
    });
  const ofInvocations = (metric: string, sum: number, samples: number) =>
    publishSet(metric, "Count", sum, sum === samples ? 1 : 0, sum > 0 ? 1 : 0, samples);
  const { invocations, errors, throttles, asyncDropped, duration } = count;
  if (invocations > 0) {
    ofInvocations("Invocations", invocations, invocations);
    ofInvocations("Errors", errors, invocations);
    publishSet("Duration", "Milliseconds", duration.sum, duration.minimum, duration.maximum, invocations);
  }
  ofInvocations("Throttles", throttles, invocations + throttles);
  if (asyncDropped > 0) ofInvocations("AsyncEventsDropped", asyncDropped, asyncDropped);
}
