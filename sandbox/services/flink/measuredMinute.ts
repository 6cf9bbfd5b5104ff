import { enter, log, type FlinkAccount } from "./account";
import { currentKpus, type Application, type FlinkWorkload } from "./application";
import type { JobMinute, TaskMinute, TaskTimes } from "./jobRunner";
import { publisher, publishLag, publishRecords, type Publish } from "./metricPublisher";

/** A job that fails, or runs again, by itself: the application's status stays RUNNING. */
export function followJob(account: FlinkAccount, application: Application, measured: JobMinute | undefined): void {
  if (application.status !== "RUNNING" || !measured) return;
  application.job.restarts = measured.restarts;
  if (measured.runs === (application.jobFailedAt === undefined)) return;
  application.jobFailedAt = measured.runs ? undefined : account.cloud.clock.now();
  enter(account, application, "RUNNING");
  if (measured.runs) log(account, application, "JobRestarted", `The job of ${application.name} runs again`);
  else log(account, application, "JobFailed", `The job of ${application.name} failed`);
}

/** What a real job's metrics say, under the names that Managed Flink gives them; nothing of it is modelled. */
export function publishMeasured(
  account: FlinkAccount,
  application: Application,
  workload: FlinkWorkload,
  minuteStart: number,
  measured: JobMinute,
  bytesRead: number,
): void {
  const publish = publisher(account, { Application: application.name }, minuteStart);
  publishProcess(publish, Math.max(1, currentKpus(application)), measured);
  const { checkpoints } = measured;
  publish("lastCheckpointSize", checkpoints.lastBytes, "Bytes");
  publish("lastCheckpointDuration", checkpoints.lastMs, "Milliseconds");
  publish("numberOfFailedCheckpoints", checkpoints.failed, "Count");
  publishRecords(
    publish,
    sum(measured.tasks, "recordsIn"),
    sum(measured.tasks, "recordsOut"),
    sum(measured.tasks, "lateRecords"),
  );
  if (measured.inputWatermark !== undefined) publish("currentInputWatermark", measured.inputWatermark, "Milliseconds");
  if (measured.outputWatermark !== undefined) publish("currentOutputWatermark", measured.outputWatermark, "Milliseconds");
  const { lagMilliseconds, read: records } = measured;
  if (lagMilliseconds !== undefined)
    publishLag(account, application, workload, minuteStart, { lagMilliseconds, records, bytes: bytesRead });
  publishTasks(account, application, minuteStart, measured);
}

/** One process is the task manager of all KPUs here; a KPU is a core. */
function publishProcess(publish: Publish, kpus: number, measured: JobMinute): void {
  const cpuPercent = Math.min(100, (100 * measured.cpuCores) / kpus);
  publish("cpuUtilization", cpuPercent, "Percent", kpus);
  publish("containerCPUUtilization", cpuPercent, "Percent", 2 * kpus);
  publish("heapMemoryUtilization", measured.heapPercent, "Percent", kpus);
  publish("threadsCount", measured.threads, "Count", kpus);
  publish("oldGenerationGCCount", measured.oldGenerationCollections, "Count", kpus);
  publish("oldGenerationGCTime", measured.oldGenerationMs, "Milliseconds", kpus);
}

const levels = ["APPLICATION", "TASK", "OPERATOR", "PARALLELISM"];

function publishTasks(account: FlinkAccount, application: Application, minuteStart: number, { tasks }: JobMinute): void {
  const monitoring =
    application.version.configuration.FlinkApplicationConfigurationDescription.MonitoringConfigurationDescription;
  const depth = levels.indexOf(monitoring.MetricsLevel);
  if (depth < 1) return;
  for (const task of tasks) {
    const at = (dimensions: Record<string, string>) =>
      publisher(account, { Application: application.name, Task: task.name, ...dimensions }, minuteStart);
    publishTimes(at({}), busiest(task));
    publishRecords(at({}), task.recordsIn, task.recordsOut, task.lateRecords);
    if (depth < 3) continue;
    task.subtasks.forEach((times, i) => publishTimes(at({ Operator: task.name, Parallelism: String(i) }), times));
  }
}

function busiest({ subtasks }: TaskMinute): TaskTimes {
  return subtasks.reduce((most, times) => (times.busy > most.busy ? times : most), { busy: 0, backPressured: 0, idle: 0 });
}

function publishTimes(publish: Publish, { busy, backPressured, idle }: TaskTimes): void {
  publish("busyTimeMsPerSecond", busy, "Milliseconds");
  publish("backPressuredTimeMsPerSecond", backPressured, "Milliseconds");
  publish("idleTimeMsPerSecond", idle, "Milliseconds");
}

const sum = (tasks: readonly TaskMinute[], key: "recordsIn" | "recordsOut" | "lateRecords") =>
  tasks.reduce((total, task) => total + task[key], 0);
