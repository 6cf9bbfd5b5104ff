import { startReport, type Report } from "./report/report";
import { scalingChange } from "./report/scalingEvents";
import type { Sandbox, SandboxPipeline } from "./sandbox";
import { noticesOfScaler } from "./terminal/notices";
import type { Progress } from "./terminal/progress";
import { scalingWords } from "./terminal/scalingWords";
import { whose } from "./whose";

/** Feeds the first pipeline's report and the terminal. */
export function observe(sandbox: Sandbox, recordBytes: number, progress: Progress): Report {
  return observeAll(sandbox, recordBytes, progress)[0]!;
}

/** Feeds a report for each pipeline, and the terminal, from the producers' minutes, the services' events and the scaler's log lines. */
export function observeAll(sandbox: Sandbox, recordBytes: number, progress: Progress): Report[] {
  return sandbox.pipelines.map((pipeline) => observePipeline(sandbox, pipeline, recordBytes, progress));
}

function observePipeline(
  { cloud, deployment: { pipelines } }: Sandbox,
  { deployment, producer }: SandboxPipeline,
  recordBytes: number,
  progress: Progress,
): Report {
  const { streamName, applicationName } = deployment.outputs;
  const { pipeline: name } = deployment.config;
  const own = whose(deployment, pipelines);
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
    progress.minute(record, name);
  });
  const notices = noticesOfScaler();
  cloud.logs.subscribe(({ message }) => {
    if (!own.line(message)) return;
    // Lambda puts time, request and level before what the function wrote.
    const { notice, decision } = notices.log(message.slice(message.lastIndexOf("\t") + 1));
    if (decision) progress.decision(decision);
    if (notice) progress.notice(notice);
  });
  const words = scalingWords();
  cloud.events.subscribe((event) => {
    if (!own.event(event)) return;
    const change = scalingChange(event);
    if (change) report.change(change);
    const notice = words(event);
    if (notice) progress.notice(notice);
  });
  const named = name === "" ? {} : { pipeline: name };
  return { ...report, result: () => ({ ...named, ...report.result(), trace: [...played].join(", then ") }) };
}
