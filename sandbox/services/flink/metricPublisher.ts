import type { FlinkAccount } from "./account";
import type { Application, FlinkWorkload } from "./application";

const namespace = "AWS/KinesisAnalytics";
/** Flink metrics are sampled four times a minute: a minute's Sum is four times the total. */
const snapshotsPerMinute = 4;

export type Publish = (name: string, value: number, unit: string, samples?: number) => void;

export function publisher(account: FlinkAccount, dimensions: Record<string, string>, timestamp: number): Publish {
  return (name, value, unit, samples = 1) =>
    account.cloud.peers.publishMetric({
      namespace,
      name,
      dimensions,
      timestamp,
      value: samples === 1 ? value : { sum: value * samples, minimum: value, maximum: value, sampleCount: samples },
      unit,
    });
}

export function publishRecords(publish: Publish, into: number, out: number, late = 0): void {
  publish("numRecordsIn", into, "Count", snapshotsPerMinute);
  publish("numRecordsOut", out, "Count", snapshotsPerMinute);
  publish("numRecordsInPerSecond", into / 60, "Count/Second", snapshotsPerMinute);
  publish("numRecordsOutPerSecond", out / 60, "Count/Second", snapshotsPerMinute);
  publish("numLateRecordsDropped", late, "Count", snapshotsPerMinute);
}

/** What a source read in a minute, and how far behind it was then. */
interface SourceMinute {
  lagMilliseconds: number;
  records: number;
  bytes: number;
}

/** The source's lag, and the same read as the stream's metrics: what GetRecords or the fan-out consumer saw. */
export function publishLag(
  account: FlinkAccount,
  application: Application,
  { streamName, consumerName }: FlinkWorkload,
  minuteStart: number,
  { lagMilliseconds, records, bytes }: SourceMinute,
): void {
  if (streamName === undefined) return;
  const dimensions = { Id: streamName, Application: application.name, Flow: "Input" };
  publisher(account, dimensions, minuteStart)("millisBehindLatest", lagMilliseconds, "Milliseconds");
  account.settings.readStream?.(streamName, minuteStart, {
    records,
    bytes,
    iteratorAgeMilliseconds: lagMilliseconds,
    ...(consumerName !== undefined && { consumerName }),
  });
}
