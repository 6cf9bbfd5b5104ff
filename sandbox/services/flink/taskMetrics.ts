import type { FlinkAccount } from "./account";
import { publisher, publishRecords, type Publish } from "./metricPublisher";
import type { Application, FlinkWorkload } from "./application";
import { busyPercent, type ProcessResult } from "./processResult";

const levels = ["APPLICATION", "TASK", "OPERATOR", "PARALLELISM"];
/** The model's job is one chained task of two operators; names as Flink makes them of a Kinesis source and a sink. */
export const taskName = "Source:_Kinesis_Source";
const operatorNames = ["Source:_Kinesis_Source", "Sink:_Writer"];
/** "PARALLELISM is not recommended for applications with a parallelism over 64": as many subtasks are published at most. */
const subtasksPublished = 64;

/**
 * Levels below the application, as MetricsLevel asks for ("a lower level includes the upper ones"). Busy, back-pressured and idle time
 * exist only there. The dimensions are Task, Operator and Parallelism as AWS's samples show them; the documentation names
 * the levels and not the dimensions.
 */
export function publishTaskLevels(
  account: FlinkAccount,
  application: Application,
  workload: FlinkWorkload,
  minuteStart: number,
  result: ProcessResult,
): void {
  const monitoring =
    application.version.configuration.FlinkApplicationConfigurationDescription.MonitoringConfigurationDescription;
  const depth = levels.indexOf(monitoring.MetricsLevel);
  if (depth < 1) return;
  const at = (dimensions: Record<string, string>) =>
    publisher(account, { Application: application.name, ...dimensions }, minuteStart);
  const out = result.processed * (workload.outputRatio ?? 1);
  const task = at({ Task: taskName });
  publishTimes(task, result);
  publishRecords(task, result.processed, out);
  if (depth < 2) return;
  for (const Operator of operatorNames) publishRecords(at({ Task: taskName, Operator }), result.processed, out);
  if (depth < 3) return;
  const subtasks = Math.min(application.currentParallelism, subtasksPublished);
  for (let i = 0; i < subtasks; i++) {
    publishTimes(at({ Task: taskName, Operator: operatorNames[0]!, Parallelism: String(i) }), result);
  }
}

/** Busy time follows utilisation; a saturated job is back-pressured by what it can't hand on (modelled). */
function publishTimes(publish: Publish, result: ProcessResult): void {
  const busy = Math.round(10 * busyPercent(result));
  publish("busyTimeMsPerSecond", busy, "Milliseconds");
  publish("backPressuredTimeMsPerSecond", 0, "Milliseconds");
  publish("idleTimeMsPerSecond", 1_000 - busy, "Milliseconds");
}
