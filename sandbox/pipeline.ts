import { dimensionId } from "../scaler/names";
import { minute } from "./core/clock";
import type { SandboxCloud } from "./createCloud";
import type { DeployedPipeline } from "./deploy/deploy";
import { startProducer, type Producer } from "./traffic/producer";
import type { Traffic } from "./traffic/traffic";

/** Connects producer, stream and application: each minute's records go into the stream, what it took into the application. */
export function startPipeline(
  cloud: SandboxCloud,
  deployment: DeployedPipeline,
  traffic: Traffic,
  recordBytes: number,
): Producer {
  const { streamName, applicationName } = deployment.outputs;
  const { application, identity } = deployment.config;
  const [streamDimension, applicationDimension] = [dimensionId(identity, "stream"), dimensionId(identity, "flink")];
  const { kinesis, flink, clock } = cloud;
  flink.configure(applicationName, {
    streamName,
    recordsPerKpuPerMinute: application.recordsPerKpuPerMinute,
    restartSeconds: application.restartSeconds,
    maxParallelism: application.maxParallelism,
    retentionHours: deployment.config.stream.retentionHours,
    consumerName: application.lagMetric === "efo" ? application.consumerName : undefined,
  });
  return startProducer(clock, traffic, {
    stream: {
      offer: (records) => kinesis.offer(streamName, clock.now() - minute, { records, bytes: records * recordBytes }),
    },
    application: {
      process() {
        const begin = clock.now() - minute;
        // What arrived through the API counts too: real producers can write to the sandbox's stream.
        const { records, bytes } = kinesis.arrivals(streamName, begin);
        const result = flink.process(applicationName, begin, records, bytes);
        return { lagSeconds: result.lagMilliseconds / 1000, ...result };
      },
    },
    desired: () => ({
      shards: cloud.desiredCapacity(streamDimension),
      kpus: cloud.desiredCapacity(applicationDimension),
      observed: { shards: cloud.observes(streamDimension), kpus: cloud.observes(applicationDimension) },
    }),
  });
}
