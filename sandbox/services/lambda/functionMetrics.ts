import { minute, Phase } from "../../core/clock";
import type { Cloud } from "../../core/cloud";

/** Of one minute; durations in ms. */
interface Counts {
  invocations: number;
  errors: number;
  throttles: number;
  asyncDropped: number;
  duration: number;
  shortest: number;
  longest: number;
}

const nothing: Readonly<Counts> = {
  invocations: 0,
  errors: 0,
  throttles: 0,
  asyncDropped: 0,
  duration: 0,
  shortest: Infinity,
  longest: 0,
};

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
    for (const [name, count] of counts) {
      const { invocations, throttles, asyncDropped } = count;
      if (invocations + throttles + asyncDropped === 0) counts.delete(name);
      else publish(cloud, name, count);
      // The next minute counts on in the same object: most functions run every minute.
      Object.assign(count, nothing);
    }
  });
  const of = (name: string) => {
    let count = counts.get(name);
    if (!count) {
      count = { ...nothing };
      counts.set(name, count);
    }
    return count;
  };
  return {
    invoked(name, durationMs, failed) {
      const count = of(name);
      count.invocations++;
      if (failed) count.errors++;
      count.duration += durationMs;
      count.shortest = Math.min(count.shortest, durationMs);
      count.longest = Math.max(count.longest, durationMs);
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
  const { invocations, errors, throttles, asyncDropped, duration, shortest, longest } = count;
  if (invocations > 0) {
    ofInvocations("Invocations", invocations, invocations);
    ofInvocations("Errors", errors, invocations);
    publishSet("Duration", "Milliseconds", duration, shortest, longest, invocations);
  }
  ofInvocations("Throttles", throttles, invocations + throttles);
  if (asyncDropped > 0) ofInvocations("AsyncEventsDropped", asyncDropped, asyncDropped);
}
