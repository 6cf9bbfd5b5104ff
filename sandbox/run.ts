import { projectFolder } from "./deploy/deploy";
import { readStackFiles } from "./deploy/stackFiles";
import type { SandboxOptions } from "./options";
import { pace } from "./pace";
import { startReport, type PolicyReport } from "./report/report";
import { scalingChange } from "./report/scalingEvents";
import { openSandbox, type Sandbox } from "./sandbox";
import { noticesOfScaler } from "./terminal/notices";
import { startProgress } from "./terminal/progress";
import { scalingWords } from "./terminal/scalingWords";
import type { Screen } from "./terminal/screen";
import { printSummary } from "./terminal/summary";
import { defaultTraffic } from "./traffic/defaultTraffic";
import { readTrace } from "./traffic/trace";
import { minutesToRun, traceTraffic } from "./traffic/traffic";

/**
 * What `npm start` does: deploys the stack into a sandbox, plays the traffic, prints what happens and a summary.
 * @returns the report; the sandbox stays as it is at the end.
 * @throws InputError, StackError, ConfigError for the user's mistakes.
 */
export async function run(
  options: SandboxOptions,
  screen: Screen,
  stopped: () => boolean,
): Promise<{ report: PolicyReport; sandbox: Sandbox }> {
  const traffic = options.trace === undefined ? defaultTraffic(options.seed) : traceTraffic(readTrace(options.trace));
  const files = readStackFiles(projectFolder, options.stack);
  const { minutes, note } = minutesToRun(traffic, options.untilMinutes);
  const { seed, recordBytes, metricDelay, realSdk } = options;
  const sandbox = await openSandbox({ files, traffic, recordBytes, seed, metricDelay, realSdk });

  const progress = startProgress(screen, () => performance.now());
  const report = observe(sandbox, traffic.name, recordBytes, progress);
  if (note) progress.notice({ time: sandbox.begin, kind: "information", text: note });
  await pace({ minutes, speed: options.speed, stopped, step: () => sandbox.advance(1) });
  progress.end();
  printSummary(screen, report.result(), report.directions());
  return { report: report.result(), sandbox };
}

/** Feeds report and progress from the producer's minutes, the services' events and the scaler's log lines. */
function observe(sandbox: Sandbox, trace: string, recordBytes: number, progress: ReturnType<typeof startProgress>) {
  const { cloud, deployment, producer } = sandbox;
  const { streamName, applicationName } = deployment.outputs;
  cloud.kinesis.resetBilling(streamName);
  cloud.flink.resetBilling(applicationName);
  const report = startReport({
    ...{ trace, policy: "step", recordBytes, stream: true, flink: true },
    billed: () => ({
      shardHours: cloud.kinesis.billing(streamName).shardHours,
      kpuHours: cloud.flink.billing(applicationName).kpuHours,
    }),
  });
  producer.subscribe((record) => {
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
  return report;
}
