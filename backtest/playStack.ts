import { minute } from "../sandbox/core/clock";
import type { StackFiles } from "../sandbox/deploy/stackFiles";
import { startReport, type ScalingChange } from "../sandbox/report/report";
import { scalingChange } from "../sandbox/report/scalingEvents";
import { openSandbox, type Sandbox, type SandboxPipeline } from "../sandbox/sandbox";
import { noticesOfScaler } from "../sandbox/terminal/notices";
import { scalingWords } from "../sandbox/terminal/scalingWords";
import { traceTraffic } from "../sandbox/traffic/traffic";
import { whose } from "../sandbox/whose";
import type { Backtest } from "./model/backtest";
import type { ApplicationMinutes, StreamMinutes } from "./model/policy";
import { startedAtLoad, stackWorkloads, type Circumstances } from "./stackWorkload";

/** What the policies of a stack did to one of its pipelines, with their reasons. */
export interface StackBacktest extends Backtest {
  pipeline: string;
  /** What the alarms and the scaler said, by the minute in which they did. */
  words: { tick: number; text: string }[];
}

/** Minutes between two calls of `progress`. */
const progressMinutes = 60;

/**
 * Plays the trace through a stack: the program is deployed into services in this process, its alarms and policies are evaluated each
 * minute, and the scaler that would run in Lambda decides.
 * @param progress the minutes that have passed, now and then.
 * @throws ConfigError, InputError for the user's mistakes.
 */
export async function playStack(
  files: StackFiles,
  circumstances: Circumstances,
  progress: (minutes: number) => void = () => undefined,
): Promise<StackBacktest[]> {
  const { trace, recordBytes } = circumstances;
  const workloads = stackWorkloads(files, circumstances);
  const traffic = traceTraffic(trace);
  const kinesis = { updatesPerDay: Math.max(...workloads.map(({ workload }) => workload.updatesPerDay)) };
  const sandbox = await openSandbox({ files: startedAtLoad(files, circumstances), traffic, recordBytes, seed: 1, kinesis });
  const recordings = sandbox.pipelines.map((pipeline) => record(sandbox, pipeline, circumstances));
  for (let passed = 0; passed < trace.rates.length; passed += progressMinutes) {
    await sandbox.advance(Math.min(progressMinutes, trace.rates.length - passed));
    progress(Math.min(passed + progressMinutes, trace.rates.length));
    // Signals are heard.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return recordings.map((finished) => finished());
}

function record(sandbox: Sandbox, { deployment, producer }: SandboxPipeline, circumstances: Circumstances): () => StackBacktest {
  const { trace, recordBytes, prices } = circumstances;
  const { cloud, begin } = sandbox;
  const { streamName, applicationName } = deployment.outputs;
  const own = whose(deployment, sandbox.deployment.pipelines);
  cloud.kinesis.resetBilling(streamName);
  cloud.flink.resetBilling(applicationName);
  const report = startReport({
    ...{ trace: trace.name, policy: "sluice", recordBytes, prices, stream: true, flink: true },
    counted() {
      const stream = cloud.kinesis.billing(streamName);
      const flink = cloud.flink.billing(applicationName);
      return {
        ...{ shardHours: stream.shardHours, streamRejected: stream.rejectedUpdates },
        ...{ kpuHours: flink.kpuHours, flinkRejected: flink.rejectedUpdates },
      };
    },
  });
  const tickOf = (time: number) => Math.floor((time - begin) / minute);
  const { stream, application, add } = minutesOf(trace.rates.length);
  producer.subscribe((passed) => {
    report.minute(passed);
    add(tickOf(passed.time), passed);
  });
  const changes: ScalingChange[] = [];
  const words: StackBacktest["words"] = [];
  const asked = scalingWords();
  cloud.events.subscribe((event) => {
    if (!own.event(event)) return;
    const notice = asked(event);
    if (notice) words.push({ tick: tickOf(notice.time), text: notice.text });
    const change = scalingChange(event);
    if (!change) return;
    report.change(change);
    changes.push({ ...change, time: trace.start + change.time - begin });
  });
  const notices = noticesOfScaler();
  cloud.logs.subscribe(({ message }) => {
    if (!own.line(message)) return;
    // Lambda puts time, request and level before what the function wrote.
    const { notice } = notices.log(message.slice(message.lastIndexOf("\t") + 1));
    if (notice) words.push({ tick: tickOf(notice.time), text: notice.text });
  });
  const { pipeline } = deployment.config;
  return () => ({
    ...{ pipeline, stream, application, changes, words },
    report: { ...(pipeline !== "" && { pipeline }), ...report.result() },
  });
}

type Passed = Parameters<Parameters<SandboxPipeline["producer"]["subscribe"]>[0]>[0];

function minutesOf(length: number) {
  const array = () => new Float64Array(length);
  const stream: StreamMinutes = { offered: array(), accepted: array(), refused: array(), lost: array(), shards: array() };
  const application: ApplicationMinutes = {
    ...{ arrived: array(), processed: array(), busy: array(), backlog: array(), lagSeconds: array(), kpus: array() },
  };
  let backlog = 0;
  return {
    stream,
    application,
    add(tick: number, { offered, accepted, throttled, lost, stream: served, flink }: Passed): void {
      stream.offered[tick] = offered;
      stream.accepted[tick] = accepted;
      stream.refused[tick] = throttled + lost;
      stream.lost[tick] = lost;
      stream.shards[tick] = served!.shards;
      application.arrived[tick] = accepted;
      application.processed[tick] = backlog + accepted - flink!.backlog;
      // CPU is CloudWatch's here; nobody reads it from the record.
      application.busy[tick] = NaN;
      application.backlog[tick] = backlog = flink!.backlog;
      application.lagSeconds[tick] = flink!.lagSeconds;
      application.kpus[tick] = flink!.kpus;
    },
  };
}
