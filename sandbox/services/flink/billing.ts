import { hour } from "../../core/clock";
import { bringUpToDate, type FlinkAccount } from "./account";
import { currentKpus, type Application, type Ledger } from "./application";

/** What an application has used and what happened to it, up to now. Exact: hours are sums of milliseconds. */
export interface ApplicationBilling {
  /** KPUs over time, the larger of old and new while a change is under way; without the orchestration KPU. */
  kpuHours: number;
  /** Hours in which anything is billed: each costs one orchestration KPU more. */
  billedHours: number;
  peakKpus: number;
  /** KPUs at the parallelism that runs. */
  kpus: number;
  /** Completed updates that changed the KPUs of the running application; autoscaling's count too. */
  rescales: number;
  updates: number;
  failedUpdates: number;
  /** Refused UpdateApplication calls. */
  rejectedUpdates: number;
  processedRecords: number;
  /** Records that the stream dropped unread at the end of its retention. */
  expiredRecords: number;
}

export function emptyLedger(now: number): Ledger {
  return {
    at: now,
    kpuMs: 0,
    billedMs: 0,
    peakKpus: 0,
    rescales: 0,
    updates: 0,
    failedUpdates: 0,
    rejectedUpdates: 0,
    processedRecords: 0,
    expiredRecords: 0,
  };
}

export function billingOf(account: FlinkAccount, application: Application): ApplicationBilling {
  bringUpToDate(application, account.cloud.clock.now());
  const { at: _at, kpuMs, billedMs, ...counters } = application.ledger;
  return { ...counters, kpuHours: kpuMs / hour, billedHours: billedMs / hour, kpus: currentKpus(application) };
}

/** Counts from now on: a report starts after the deployment. */
export function resetBilling(account: FlinkAccount, application: Application): void {
  const now = account.cloud.clock.now();
  application.ledger = { ...emptyLedger(now), peakKpus: application.served.at(-1)?.billedKpus ?? 0 };
}
