import { hour, minute } from "../../core/clock";
import type { FlinkAccount } from "./account";
import { currentKpus, type Application, type FlinkWorkload } from "./application";
import type { JobMinute } from "./jobRunner";
import { publishMeasured } from "./measuredMinute";
import { publisher, publishLag, publishRecords, type Publish } from "./metricPublisher";
import { busyPercent, type ProcessResult } from "./processResult";
import { publishTaskLevels } from "./taskMetrics";

/** Managed memory of a KPU in bytes (modelled: 40 % of 3 GiB, Flink's default fraction). */
const managedMemoryPerKpu = 0.4 * 3 * 1_073_741_824;

/**
 * The minute's metrics as "Metrics and dimensions in Managed Service for Apache Flink" lists them. Records, lag, uptime, restarts and
 * KPUs follow from the model; CPU is busy time; memory, disk, threads, garbage collection, checkpoints and watermarks are
 * modelled, not measured. A stopped job has no task managers: nothing but its restart times is published.
 * @param measured of a job that runs for real: what it shows instead. "none": it shows nothing.
 */
export function publishMinute(
  account: FlinkAccount,
  application: Application,
  workload: FlinkWorkload,
  minuteStart: number,
  result: ProcessResult,
  bytesRead: number,
  measured?: JobMinute | "none",
): void {
  const publish = publisher(account, { Application: application.name }, minuteStart);
  publishHourlyKpus(account, application, minuteStart, result);
  publishJobTimes(account, application, publish, minuteStart);
  if (result.ranMs === 0 || measured === "none") return;
  if (measured) return publishMeasured(account, application, workload, minuteStart, measured, bytesRead);
  publishResources(application, publish, result);
  publishCheckpoints(application, publish, result);
  publishProgress(publish, workload, minuteStart, result);
  const { lagMilliseconds, processed: records } = result;
  publishLag(account, application, workload, minuteStart, { lagMilliseconds, records, bytes: bytesRead });
  publishTaskLevels(account, application, workload, minuteStart, result);
}

/** "KPUs: one sample per hour", the orchestration KPU included. */
function publishHourlyKpus(account: FlinkAccount, application: Application, minuteStart: number, result: ProcessResult): void {
  if ((minuteStart + minute) % hour !== 0 || result.billedKpus === 0) return;
  publisher(account, { Application: application.name }, minuteStart + minute - hour)(
    "KPUs",
    Math.ceil(result.billedKpus) + 1,
    "Count",
  );
}

const generation = (application: Application): number => Number(/^FLINK-(\d+)_/.exec(application.version.runtime)?.[1] ?? 1);

/** Flink 1.x: uptime, downtime and fullRestarts; 2.x: the times of the job's states and numRestarts. Published while there is a job. */
function publishJobTimes(account: FlinkAccount, application: Application, publish: Publish, minuteStart: number): void {
  const { job, jobFailedAt, status } = application;
  if (status !== "RUNNING") return;
  const end = minuteStart + minute;
  const uptime = job.runningSince === undefined ? 0 : Math.max(0, end - job.runningSince);
  const downtime = jobFailedAt === undefined ? 0 : Math.max(0, end - jobFailedAt);
  if (generation(application) < 2) {
    publish("uptime", uptime, "Milliseconds");
    publish("downtime", downtime, "Milliseconds");
    publish("fullRestarts", job.restarts, "Count");
    return;
  }
  // Deprecated in 2.2 and still emitted; the documentation gives "Application, Flow" for the state times and not which Flow,
  // so they go out with the application alone, as alarms and dashboards read them.
  publish("uptime", uptime, "Milliseconds");
  publish("downtime", downtime, "Milliseconds");
  publish("numRestarts", job.restarts, "Count");
  publish("runningTime", uptime, "Milliseconds");
  publish("restartingTime", downtime, "Milliseconds");
  publish("cancellingTime", 0, "Milliseconds");
  publish("failingTime", 0, "Milliseconds");
}

/** "cpuUtilization: one sample per task manager; container metrics: two." A KPU is a task manager here. */
function publishResources(application: Application, publish: Publish, result: ProcessResult): void {
  const taskManagers = Math.max(1, currentKpus(application));
  const busy = busyPercent(result);
  publish("cpuUtilization", 0.9 * busy, "Percent", taskManagers);
  publish("containerCPUUtilization", busy, "Percent", 2 * taskManagers);
  publish("containerMemoryUtilization", 55 + 0.1 * busy, "Percent", 2 * taskManagers);
  publish("containerDiskUtilization", 5, "Percent", 2 * taskManagers);
  publish("heapMemoryUtilization", 35 + 0.3 * busy, "Percent", taskManagers);
  publish("threadsCount", 90, "Count", taskManagers);
  const { job } = application;
  if (busy > 50) {
    job.gcCount++;
    job.gcTimeMs += 4 * (busy - 50);
  }
  publish("oldGenerationGCCount", job.gcCount, "Count", taskManagers);
  publish("oldGenerationGCTime", job.gcTimeMs, "Milliseconds", taskManagers);
  publish("managedMemoryTotal", managedMemoryPerKpu, "Bytes", taskManagers);
  publish("managedMemoryUsed", 0.3 * managedMemoryPerKpu, "Bytes", taskManagers);
  publish("managedMemoryUtilization", 30, "Percent", taskManagers);
}

function publishCheckpoints(application: Application, publish: Publish, result: ProcessResult): void {
  const configured =
    application.version.configuration.FlinkApplicationConfigurationDescription.CheckpointConfigurationDescription;
  if (!configured.CheckpointingEnabled) return;
  publish("lastCheckpointSize", 50 * 1_048_576 * Math.max(1, currentKpus(application)), "Bytes");
  publish("lastCheckpointDuration", Math.round(800 + 12 * busyPercent(result)), "Milliseconds");
  publish("numberOfFailedCheckpoints", application.job.failedCheckpoints, "Count");
}

function publishProgress(publish: Publish, workload: FlinkWorkload, minuteStart: number, result: ProcessResult): void {
  const into = result.processed;
  const out = into * (workload.outputRatio ?? 1);
  publishRecords(publish, into, out);
  const watermark = minuteStart + minute - result.lagMilliseconds - 1_000;
  publish("currentInputWatermark", watermark, "Milliseconds");
  publish("currentOutputWatermark", watermark, "Milliseconds");
}
