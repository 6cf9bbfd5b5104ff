import type { PutMetricDataCommandInput } from "@aws-sdk/client-cloudwatch";
import { producerMetrics } from "../components/metrics/producer";
import type { Measured } from "./meter";

/**
 * What was measured, as the Kinesis Producer Library publishes it. Without a time: it counts when it arrives, and a sandbox's time is
 * another one than this machine's.
 */
export function metricDataOf(measured: Measured, streamName: string): PutMetricDataCommandInput | undefined {
  const data = Object.values(producerMetrics).flatMap(({ name, unit }) => {
    const set = measured[name as keyof Measured];
    if (!set) return [];
    const { sampleCount: SampleCount, sum: Sum, minimum: Minimum, maximum: Maximum } = set;
    return {
      MetricName: name,
      Dimensions: [{ Name: "StreamName", Value: streamName }],
      Unit: unit as "Count" | "Milliseconds",
      StatisticValues: { SampleCount, Sum, Minimum, Maximum },
    };
  });
  const { namespace } = producerMetrics.RetriesPerRecord;
  return data.length === 0 ? undefined : { Namespace: namespace, MetricData: data };
}
