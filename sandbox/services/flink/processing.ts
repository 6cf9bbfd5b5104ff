import { hour, minute } from "../../core/clock";
import { forgetServed, type FlinkAccount } from "./account";
import { currentKpus, type Application, type FlinkWorkload } from "./application";
import { autoscale } from "./autoscaling";
import { publishMinute } from "./applicationMetrics";
import { followJob } from "./measuredMinute";
import { busyPercent, type ProcessResult } from "./processResult";

/**
 * The minute [minuteStart, +60 s): what arrived joins the backlog, the KPUs that served take from it, first in, first out.
 * What arrives within the minute can be processed within it.
 */
export function processMinute(
  account: FlinkAccount,
  application: Application,
  minuteStart: number,
  records: number,
  bytes: number,
): ProcessResult {
  const workload = requireWorkload(application);
  const { backlog, ledger } = application;
  const { runner } = account.settings;
  const measured = runner?.measured(application.name);
  if (runner) followJob(account, application, measured);
  const end = minuteStart + minute;
  const { kpuMs, billedMs, ranMs } = servedDuring(application, minuteStart, end);
  const capacity = (workload.recordsPerKpuPerMinute * kpuMs) / minute;
  if (application.everStarted) backlog.add(minuteStart, records);
  const processed = backlog.take(runner ? (measured?.read ?? 0) : capacity);
  ledger.expiredRecords += backlog.expire(end - (workload.retentionHours ?? 24) * hour);
  ledger.processedRecords += processed;
  const result: ProcessResult = {
    servingKpus: kpuMs / minute,
    kpus: currentKpus(application),
    billedKpus: billedMs / minute,
    capacity,
    processed,
    backlog: backlog.total(),
    lagMilliseconds: Math.round(measured?.lagMilliseconds ?? backlog.age(end)),
    ranMs,
  };
  const bytesRead = records > 0 ? (processed * bytes) / records : 0;
  publishMinute(account, application, workload, minuteStart, result, bytesRead, runner && (measured ?? "none"));
  autoscale(account, application, ranMs > 0 ? busyPercent(result) : undefined);
  forgetServed(application, end);
  return result;
}

function requireWorkload(application: Application): FlinkWorkload {
  if (application.workload) return application.workload;
  throw new Error(
    `Application ${application.name} has no workload: call configure("${application.name}", { recordsPerKpuPerMinute }) first.`,
  );
}

function servedDuring(application: Application, from: number, to: number): { kpuMs: number; billedMs: number; ranMs: number } {
  const { served } = application;
  const sums = { kpuMs: 0, billedMs: 0, ranMs: 0 };
  served.forEach((service, i) => {
    const ms = Math.min(to, served[i + 1]?.from ?? Infinity) - Math.max(from, service.from);
    if (ms <= 0) return;
    sums.kpuMs += ms * service.kpus;
    sums.billedMs += ms * service.billedKpus;
    if (service.kpus > 0) sums.ranMs += ms;
  });
  return sums;
}
