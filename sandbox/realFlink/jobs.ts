import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { JobRunner, JobStart } from "../services/flink/jobRunner";
import type { Cluster } from "./cluster";
import { counted, type Counted } from "./counted";
import { sampleJob } from "./measure";
import { rootCause, type FlinkRest } from "./rest";

export interface JobsOptions {
  cluster: Cluster;
  jar: string;
  /** Properties of each group that has a stream, beside those of the application: where it is, and whose key the job has. */
  connection(role: string): Readonly<Record<string, string>>;
  /** Virtual seconds per second: intervals that an application configures are shorter by it. */
  speed: number;
}

/** An application as this runner knows it. */
interface Hosted {
  name: string;
  /** Id of the job that runs. */
  job?: string;
  counted: Counted;
  /** Ends when all that was asked for so far is done. */
  queue: Promise<unknown>;
}

export interface Jobs extends JobRunner {
  close(): void;
}

const pollMs = 100;
const sampleMs = 500;
/** A job that isn't running by then, or that failed so often, has not started. */
const startSeconds = 60;
const startAttempts = 3;

/** Runs applications' jobs in a Flink cluster, through its REST API: savepoints are snapshots, parallelism is what was asked for. */
export function createJobs(options: JobsOptions): Jobs {
  const { rest, folder } = options.cluster;
  const applications = new Map<string, Hosted>();
  const jarId = placeJar(options);
  const hosted = (name: string) => {
    let application = applications.get(name);
    if (!application) applications.set(name, (application = { name, counted: counted(), queue: Promise.resolve() }));
    return application;
  };
  const inTurn = <T>(name: string, work: (application: Hosted) => Promise<T>): Promise<T> => {
    const application = hosted(name);
    const result = application.queue.then(() => work(application));
    application.queue = result.catch(() => undefined);
    return result;
  };
  const savepoints = (application: string) => path.join(folder, "savepoints", application);
  const placeOf = (application: string, snapshot: string) => {
    const text = path.join(savepoints(application), `${snapshot}.txt`);
    return fs.existsSync(text) ? fs.readFileSync(text, "utf8") : path.join(savepoints(application), snapshot);
  };
  const keepSavepoint = async (application: Hosted, name: string, operation: "stop" | "savepoints") => {
    const targetDirectory = savepoints(application.name);
    const place = await takeSavepoint(rest, application.job!, operation, targetDirectory);
    fs.mkdirSync(targetDirectory, { recursive: true });
    fs.writeFileSync(path.join(targetDirectory, `${name}.txt`), place);
  };

  const sampling = sampleRegularly(rest, applications);
  return {
    start: (name, job) =>
      inTurn(name, async (application) => {
        const file = writeProperties(options, name, job);
        const place = job.snapshot === undefined ? undefined : placeOf(name, job.snapshot);
        application.job = await startJob(rest, jarId, file, job, place, options.speed);
      }),
    stop: (name, snapshot) =>
      inTurn(name, async (application) => {
        const id = application.job;
        if (id === undefined) return;
        if (snapshot === undefined) await rest.patch(`/jobs/${id}?mode=cancel`);
        else await keepSavepoint(application, snapshot, "stop");
        await stateOf(rest, id, ["FINISHED", "CANCELED", "FAILED"]);
        // What it read until its end.
        application.counted.add(id, await sampleJob(rest, id), performance.now());
        application.counted.end();
        application.job = undefined;
      }),
    snapshot: (name, snapshot) => inTurn(name, (application) => keepSavepoint(application, snapshot, "savepoints")),
    forget: (name, snapshot) =>
      inTurn(name, async () => {
        fs.rmSync(placeOf(name, snapshot).replace(/^file:/, ""), { recursive: true, force: true });
        fs.rmSync(path.join(savepoints(name), `${snapshot}.txt`), { force: true });
      }),
    measured: (name) => applications.get(name)?.counted.take(),
    close: () => clearInterval(sampling),
  };
}

/** Where Flink looks for jars that were uploaded: no need to send it over. */
function placeJar({ cluster, jar }: JobsOptions): string {
  const id = `${randomUUID()}_${path.basename(jar)}`;
  const uploads = path.join(cluster.folder, "upload", "flink-web-upload");
  fs.mkdirSync(uploads, { recursive: true });
  fs.copyFileSync(jar, path.join(uploads, id));
  return id;
}

/** Runtime properties in the file that Managed Flink would write. */
function writeProperties({ cluster, connection }: JobsOptions, name: string, { properties, role }: JobStart): string {
  const file = path.join(cluster.folder, `${name}.properties.json`);
  const groups = properties.map(({ PropertyGroupId, PropertyMap }) => ({
    PropertyGroupId,
    PropertyMap: { ...PropertyMap, ...("stream.arn" in PropertyMap && connection(role)) },
  }));
  fs.writeFileSync(file, JSON.stringify(groups));
  return file;
}

async function startJob(
  rest: FlinkRest,
  jar: string,
  propertiesFile: string,
  { parallelism, checkpointing, allowNonRestoredState }: JobStart,
  savepointPath: string | undefined,
  speed: number,
): Promise<string> {
  const { jobid } = await rest.post(`/jars/${jar}/run`, {
    programArgsList: [propertiesFile],
    parallelism,
    allowNonRestoredState,
    ...(savepointPath !== undefined && { savepointPath }),
    flinkConfiguration: checkpointing.enabled
      ? { "execution.checkpointing.interval": `${Math.max(100, Math.round(checkpointing.intervalMs / speed))} ms` }
      : {},
  });
  const until = performance.now() + startSeconds * 1_000;
  for (;;) {
    const { state, vertices } = await rest.get(`/jobs/${jobid}`);
    if (state === "RUNNING" && vertices.every(({ status }: { status: string }) => status === "RUNNING")) return jobid;
    const [restarts] = await rest.get(`/jobs/${jobid}/metrics?get=numRestarts`);
    const failed = ["FAILED", "CANCELED"].includes(state);
    if (failed || Number(restarts?.value ?? 0) >= startAttempts || performance.now() > until) {
      const exceptions = await rest.get(`/jobs/${jobid}/exceptions`);
      if (!failed) await rest.patch(`/jobs/${jobid}?mode=cancel`);
      throw new Error(rootCause(exceptions["root-exception"] ?? `The job was ${state} after ${startSeconds} s.`));
    }
    await pause(pollMs);
  }
}

/** The savepoint's place. */
async function takeSavepoint(rest: FlinkRest, job: string, operation: "stop" | "savepoints", folder: string): Promise<string> {
  const targetDirectory = `file://${folder}`;
  const body = operation === "stop" ? { targetDirectory, drain: false } : { "target-directory": targetDirectory };
  const { "request-id": request } = await rest.post(`/jobs/${job}/${operation}`, body);
  for (;;) {
    const { status, operation: done } = await rest.get(`/jobs/${job}/savepoints/${request}`);
    if (status.id === "COMPLETED") {
      if (done["failure-cause"]) throw new Error(rootCause(done["failure-cause"]["stack-trace"]));
      return done.location;
    }
    await pause(pollMs);
  }
}

async function stateOf(rest: FlinkRest, job: string, wanted: readonly string[]): Promise<void> {
  while (!wanted.includes((await rest.get(`/jobs/${job}`)).state)) await pause(pollMs);
}

function sampleRegularly(rest: FlinkRest, applications: ReadonlyMap<string, Hosted>): NodeJS.Timeout {
  let busy = false;
  const sample = async () => {
    if (busy) return;
    busy = true;
    for (const application of applications.values()) {
      const { job } = application;
      // A job that ends meanwhile is counted by who ends it.
      const sampled = job === undefined ? undefined : await sampleJob(rest, job).catch(() => undefined);
      if (sampled && application.job === job && sampled.runs !== undefined)
        application.counted.add(job!, sampled, performance.now());
    }
    busy = false;
  };
  return setInterval(() => void sample(), sampleMs);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
