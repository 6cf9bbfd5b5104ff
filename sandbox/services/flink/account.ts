import type { Cloud, Shape } from "../../core/cloud";
import { Phase, second } from "../../core/clock";
import { serviceError } from "../../core/serviceError";
import { currentKpus, type Application, type ApplicationOperation, type ApplicationStatus } from "./application";
import type { JobRunner } from "./jobRunner";
import type { FlinkSettings } from "./options";

/** One account's Managed Service for Apache Flink in one region. AWS documents its error codes, hardly any of its texts. */
export interface FlinkAccount {
  cloud: Cloud;
  settings: FlinkSettings;
  applications: Map<string, Application>;
  /** Deleted applications whose name is free: traffic and bill may ask for them, and one that is made anew does their work. */
  deleted: Map<string, Application>;
}

export const flinkError = (code: string, message: string) => serviceError("kinesisanalytics", code, message);

export function applicationArn(cloud: Cloud, name: string): string {
  return `arn:${cloud.partition}:kinesisanalytics:${cloud.region}:${cloud.account}:application/${name}`;
}

export function findApplication(account: FlinkAccount, input: Shape): Application {
  const name: string = input.ApplicationName ?? String(input.ResourceARN).split(":application/")[1];
  const application = account.applications.get(name);
  if (application) return application;
  throw flinkError("ResourceNotFoundException", `Application ${name} under account ${account.cloud.account} not found.`);
}

/** Refuses an operation in a status that doesn't allow it. */
export function requireStatus(application: Application, operation: string, allowed: readonly ApplicationStatus[]): void {
  if (allowed.includes(application.status)) return;
  throw flinkError(
    "ResourceInUseException",
    `Cannot perform ${operation} on application ${application.arn} in state ${application.status}. It must be ${allowed.join(" or ")}.`,
  );
}

/** "Each change makes a new token": unique within a run, the same for the same run. */
export function newToken(account: FlinkAccount, application: { name: string }, ids: number): string {
  const text = `${application.name}/${ids}/${account.cloud.clock.now()}`;
  return Buffer.from(text).toString("base64url").slice(0, 512);
}

export function startOperation(account: FlinkAccount, application: Application, name: string): ApplicationOperation {
  const operation: ApplicationOperation = {
    id: `${application.name.slice(0, 40)}-operation-${++application.ids}`,
    name,
    status: "IN_PROGRESS",
    startedAt: account.cloud.clock.now(),
  };
  application.operations.push(operation);
  if (application.operations.length > operationsKept) application.operations.shift();
  return operation;
}

const operationsKept = 200;

export function endOperation(
  account: FlinkAccount,
  operation: ApplicationOperation | undefined,
  status: ApplicationOperation["status"],
): void {
  if (!operation || operation.status !== "IN_PROGRESS") return;
  operation.status = status;
  operation.endedAt = account.cloud.clock.now();
}

/** The change that is under way now completes in `seconds`, in Phase.Complete. */
export function completeLater(
  account: FlinkAccount,
  application: Application,
  seconds: number,
  operation: ApplicationOperation | undefined,
  task: () => void,
): void {
  const { clock } = account.cloud;
  const run = () => {
    application.pending = undefined;
    task();
  };
  if (seconds <= 0) return run();
  const cancel = clock.at(clock.now() + seconds * second, Phase.Complete, run);
  application.pending = { operation, cancel };
}

/** A change of an application: how long the model takes for it, or what is done with a job that runs for real. */
export interface Change {
  seconds: number;
  operation?: ApplicationOperation;
  work(runner: JobRunner): Promise<void>;
}

/** The change that is under way now is carried out, in Phase.Complete. `done` gets what went wrong with a real job. */
export function carryOut(
  account: FlinkAccount,
  application: Application,
  { seconds, operation, work }: Change,
  done: (error?: string) => void,
): void {
  const { runner } = account.settings;
  if (!runner) return completeLater(account, application, seconds, operation, done);
  let cancelled = false;
  const complete = (error?: string) => {
    if (cancelled) return;
    application.pending = undefined;
    done(error);
  };
  const { clock } = account.cloud;
  const later = (error?: string) => void clock.at(clock.now(), Phase.Complete, () => complete(error));
  application.pending = { operation, cancel: () => void (cancelled = true) };
  work(runner).then(
    () => later(),
    (error: Error) => later(error.message),
  );
}

const billedWhileStopped = new Set<ApplicationStatus>(["READY", "DELETING"]);

/**
 * Puts the application into a status from now on: what processes and what is billed follow from it.
 * @param meanwhile KPUs billed while a change is under way: the larger of old and new.
 */
export function enter(account: FlinkAccount, application: Application, status: ApplicationStatus, meanwhile?: number): void {
  const now = account.cloud.clock.now();
  application.status = status;
  const kpus = currentKpus(application);
  const processes = status === "RUNNING" && application.jobFailedAt === undefined;
  if (processes) application.job.runningSince ??= now;
  else application.job.runningSince = undefined;
  serveFrom(application, {
    from: now,
    kpus: processes ? kpus : 0,
    billedKpus: billedWhileStopped.has(status) ? 0 : (meanwhile ?? kpus),
  });
}

function serveFrom(application: Application, service: Application["served"][number]): void {
  bringUpToDate(application, service.from);
  const { served, ledger } = application;
  ledger.peakKpus = Math.max(ledger.peakKpus, service.billedKpus);
  if (served.at(-1)?.from === service.from) served.pop();
  served.push(service);
  forgetServed(application, service.from - 5 * 60_000);
}

/** KPU time up to `now` into the ledger; the sum is exact whenever it is called. */
export function bringUpToDate(application: Application, now: number): void {
  const { ledger, served } = application;
  const ms = now - ledger.at;
  if (ms <= 0) return;
  ledger.at = now;
  const billed = served.at(-1)?.billedKpus ?? 0;
  ledger.kpuMs += ms * billed;
  if (billed > 0) ledger.billedMs += ms;
}

/** Drops what served only before `time`. */
export function forgetServed(application: Application, time: number): void {
  const { served } = application;
  while (served.length > 1 && served[1]!.from <= time) served.shift();
}

export function log(
  account: FlinkAccount,
  application: Application,
  type: string,
  message: string,
  detail: Record<string, unknown> = {},
): void {
  account.cloud.events.append({
    time: account.cloud.clock.now(),
    source: "kinesisanalytics",
    type,
    message,
    detail: { application: application.name, ...detail },
  });
}
