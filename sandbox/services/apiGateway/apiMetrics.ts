import { minute, Phase } from "../../core/clock";
import type { Cloud } from "../../core/cloud";

/** AWS/ApiGateway metrics by ApiName and by ApiName and Stage. ("Amazon API Gateway dimensions and metrics"; caches aren't modelled.) */
export interface ApiMetrics {
  answered(apiName: string, stage: string, statusCode: number, latencyMs: number): void;
}

interface Counts {
  apiName: string;
  stage: string;
  count: number;
  clientErrors: number;
  serverErrors: number;
  latency: { sum: number; minimum: number; maximum: number };
}

export function apiMetrics(cloud: Cloud): ApiMetrics {
  const counts = new Map<string, Counts>();
  cloud.clock.everyMinute(Phase.Traffic, () => {
    for (const count of counts.values()) publish(cloud, count);
    counts.clear();
  });
  return {
    answered(apiName, stage, statusCode, latencyMs) {
      const key = `${apiName}/${stage}`;
      let count = counts.get(key);
      if (!count) {
        count = {
          apiName,
          stage,
          count: 0,
          clientErrors: 0,
          serverErrors: 0,
          latency: { sum: 0, minimum: Infinity, maximum: 0 },
        };
        counts.set(key, count);
      }
      count.count++;
      if (statusCode >= 500) count.serverErrors++;
      else if (statusCode >= 400) count.clientErrors++;
      count.latency.sum += latencyMs;
      count.latency.minimum = Math.min(count.latency.minimum, latencyMs);
      count.latency.maximum = Math.max(count.latency.maximum, latencyMs);
    },
  };
}

function publish(cloud: Cloud, { apiName, stage, count, clientErrors, serverErrors, latency }: Counts): void {
  const timestamp = cloud.clock.now() - minute;
  const share = (name: string, sum: number) => ({
    name,
    unit: "Count",
    value: { sum, minimum: sum === count ? 1 : 0, maximum: sum > 0 ? 1 : 0, sampleCount: count },
  });
  const metrics = [
    share("Count", count),
    share("4XXError", clientErrors),
    share("5XXError", serverErrors),
    { name: "Latency", unit: "Milliseconds", value: { sampleCount: count, ...latency } },
  ];
  const dimensionSets: Record<string, string>[] = [{ ApiName: apiName }, { ApiName: apiName, Stage: stage }];
  for (const metric of metrics) {
    for (const dimensions of dimensionSets)
      cloud.peers.publishMetric({ namespace: "AWS/ApiGateway", timestamp, dimensions, ...metric });
  }
}
