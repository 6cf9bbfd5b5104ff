import { minute, Phase } from "../sandbox/core/clock";
import type { SandboxCloud } from "../sandbox/createCloud";

const refusals = [
  ["kinesis", "DescribeStreamSummary", "LimitExceededException", "Rate exceeded for stream."],
  ["kinesis", "DescribeStreamSummary", "InternalFailure", "The request processing has failed."],
  ["kinesis", "UpdateShardCount", "ResourceInUseException", "Stream is not ACTIVE."],
  ["kinesis", "UpdateShardCount", "InternalFailure", "The request processing has failed."],
  ["kinesis", "SplitShard", "InternalFailure", "The request processing has failed."],
  ["kinesis", "ListShards", "LimitExceededException", "Rate exceeded for stream."],
  ["kinesisanalytics", "DescribeApplication", "ThrottlingException", "Rate exceeded"],
  ["kinesisanalytics", "UpdateApplication", "ConcurrentModificationException", "The application was modified."],
  ["kinesisanalytics", "UpdateApplication", "ServiceUnavailableException", "The service is unavailable."],
  ["kinesisanalytics", "DescribeApplicationOperation", "ThrottlingException", "Rate exceeded"],
] as const;

/**
 * A fault every hour on average: refused calls, for one to three minutes, updates that fail and are rolled back, a job that fails for
 * two minutes, a maintenance. Gives how many there were.
 */
export function injectFaults(cloud: SandboxCloud, applicationName: string): () => number {
  const random = cloud.random.fork("faults");
  let count = 0;
  cloud.clock.everyMinute(Phase.Complete, () => {
    if (random.next() >= 1 / 60) return;
    count++;
    const kind = random.integer(0, refusals.length + 2);
    const refusal = refusals[kind];
    if (refusal) {
      const [service, operation, code, message] = refusal;
      const faulty = service === "kinesis" ? cloud.kinesis : cloud.flink;
      faulty.failNext(operation, code, { message, times: random.integer(1, 3) });
    } else if (kind === refusals.length) cloud.flink.failNextUpdate(applicationName);
    else if (kind === refusals.length + 1) cloud.flink.stop(applicationName, (2 * minute) / 1_000);
    else cloud.flink.maintain(applicationName, 30);
  });
  return () => count;
}
