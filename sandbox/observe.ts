import { startReport, type Report } from "./report/report";
import { scalingChange } from "./report/scalingEvents";
import type { Sandbox } from "./sandbox";
import { noticesOfScaler } from "./terminal/notices";
import type { Progress } from "./terminal/progress";
import { scalingWords } from "./terminal/scalingWords";

/** Feeds a report and the terminal from the producer's minutes, the services' events and the scaler's log lines. */
export function observe({ cloud, deployment, producer }: Sandbox, recordBytes: number, progress: Progress): Report {
  const { streamName, applicationName } = deployment.outputs;
  cloud.kinesis.resetBilling(streamName);
  cloud.flink.resetBilling(applicationName);
  const report = startReport({
    trace: producer.traffic().name,
    policy: "step",
    recordBytes,
    stream: true,
    flink: true,
    counted() {
      const stream = cloud.kinesis.billing(streamName);
      const flink = cloud.flink.billing(applicationName);
      return {
        shardHours: stream.shardHours,
        streamRejected: stream.rejectedUpdates,
        kpuHours: flink.kpuHours,
        flinkRejected: flink.rejectedUpdates,
      };
    },
  });
  /** The page can play another trace after the first. */
  const played = new Set([producer.traffic().name]);
  producer.subscribe((record) => {
    played.add(producer.traffic().name);
    report.minute(record);
    progress.minute(record);
  });
  const notices = noticesOfScaler();
  cloud.logs.subscribe(({ message }) => {
    // Lambda puts time, request and level before what the function wrote.
    const { notice, decision } = notices.log(message.slice(message.lastIndexOf("\t") + 1));
    if (decision) progress.decision(decision);
    if (notice) progress.notice(notice);
  });
  const words = scalingWords();
  cloud.events.subscribe((event) => {
    const change = scalingChange(event);
    if (change) report.change(change);
    const notice = words(event);
    if (notice) progress.notice(notice);
  });
  return { ...report, result: () => ({ ...report.result(), trace: [...played].join(", then ") }) };
}
