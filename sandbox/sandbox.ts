import { minute } from "./core/clock";
import { createCloud, type CloudOptions, type SandboxCloud } from "./createCloud";
import { compactHeap } from "./deploy/compactHeap";
import { deployStack, stackConfig, type Deployment } from "./deploy/deploy";
import type { StackFiles } from "./deploy/stackFiles";
import { startPipeline } from "./pipeline";
import type { Producer } from "./traffic/producer";
import { defaultStart, type Traffic } from "./traffic/traffic";

export interface SandboxSettings extends Omit<CloudOptions, "start" | "region"> {
  files: StackFiles;
  traffic: Traffic;
  /** Bytes of a record. */
  recordBytes: number;
}

/** A deployed stack in its own cloud, with a producer that sends it traffic. */
export interface Sandbox {
  readonly cloud: SandboxCloud;
  readonly deployment: Deployment;
  readonly producer: Producer;
  /** When the traffic began, ms since the epoch. */
  readonly begin: number;
  /** Lets virtual time pass. */
  advance(minutes: number): Promise<void>;
  /** Runs `work` between two minutes, never in the middle of one. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** Minutes before the traffic in which the stack is deployed and everything comes up: no longer, idle minutes would scale in. */
const warmUpMinutes = 2;

/**
 * Deploys the stack some virtual minutes before the traffic begins, waits until the application runs, and starts the producer.
 * @throws ConfigError before any resource is registered; Error when the stack doesn't come up.
 */
export async function openSandbox(settings: SandboxSettings): Promise<Sandbox> {
  const { files, traffic, recordBytes, ...options } = settings;
  const config = stackConfig(files);
  const begin = traffic.start ?? defaultStart;
  // AWS raises the quota of 64 KPUs on request; a stack that may go higher is taken to have had it raised.
  const flink = { kpuLimit: Math.max(64, config.application.maxKpus), ...options.flink };
  const cloud = createCloud({ ...options, flink, start: begin - warmUpMinutes * minute, region: config.region });
  const deployment = await deployStack(cloud, files);
  // The page starts stack after stack in one process.
  compactHeap();
  await cloud.clock.advanceTo(begin);
  const producer = startPipeline(cloud, deployment, traffic, recordBytes);

  let queue: Promise<unknown> = Promise.resolve();
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };
  return {
    cloud,
    deployment,
    producer,
    begin,
    advance: (minutes) => exclusively(() => cloud.clock.advanceTo(cloud.clock.now() + minutes * minute)),
    exclusively,
  };
}
