import { minute } from "./core/clock";
import { createCloud, type CloudOptions, type SandboxCloud } from "./createCloud";
import { compactHeap } from "./deploy/compactHeap";
import { deployStack, stackConfigs, type DeployedPipeline, type Deployment } from "./deploy/deploy";
import type { StackFiles } from "./deploy/stackFiles";
import { startPipeline } from "./pipeline";
import type { Producer } from "./traffic/producer";
import { defaultStart, type Traffic } from "./traffic/traffic";

export interface SandboxSettings extends Omit<CloudOptions, "start" | "region"> {
  files: StackFiles;
  traffic: Traffic;
  /** Bytes of a record. */
  recordBytes: number;
  /** Called before anything is deployed: who serves the cloud can do so from its first call on. */
  opened?(cloud: SandboxCloud, exclusively: Sandbox["exclusively"]): void;
}

/** A pipeline of a deployed stack, with the producer that sends it traffic. */
export interface SandboxPipeline {
  readonly deployment: DeployedPipeline;
  readonly producer: Producer;
}

/** A deployed stack in its own cloud; its deployment and producer are those of the first pipeline. */
export interface Sandbox extends SandboxPipeline {
  readonly cloud: SandboxCloud;
  readonly deployment: Deployment;
  /** At least one, in the configuration's order. Each has a producer of its own. */
  readonly pipelines: readonly SandboxPipeline[];
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
 * Deploys the stack some virtual minutes before the traffic begins, waits until the applications run, and starts a producer for each
 * pipeline: all play the same traffic.
 * @throws ConfigError before any resource is registered; Error when the stack doesn't come up.
 */
export async function openSandbox(settings: SandboxSettings): Promise<Sandbox> {
  const { files, traffic, recordBytes, opened, ...options } = settings;
  const configs = stackConfigs(files);
  const begin = traffic.start ?? defaultStart;
  // AWS raises the quota of 64 KPUs on request; a stack that may go higher is taken to have had it raised.
  const flink = { kpuLimit: Math.max(64, ...configs.map(({ application }) => application.maxKpus)), ...options.flink };
  const cloud = createCloud({ ...options, flink, start: begin - warmUpMinutes * minute, region: configs[0]!.region });
  const exclusively = oneByOne();
  opened?.(cloud, exclusively);
  const deployment = await deployStack(cloud, files);
  // The page starts stack after stack in one process.
  compactHeap();
  await cloud.clock.advanceTo(begin);
  const pipelines = deployment.pipelines.map((pipeline) => {
    return { deployment: pipeline, producer: startPipeline(cloud, pipeline, traffic, recordBytes) };
  });

  return {
    cloud,
    deployment,
    producer: pipelines[0]!.producer,
    pipelines,
    begin,
    // Clients see whole milliseconds.
    advance: (minutes) => exclusively(() => cloud.clock.advanceTo(cloud.clock.now() + Math.round(minutes * minute))),
    exclusively,
  };
}

function oneByOne(): Sandbox["exclusively"] {
  let queue: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };
}

/** The sandbox as one of its pipelines' own. */
export function asPipeline(sandbox: Sandbox, { deployment, producer }: SandboxPipeline): Sandbox {
  return { ...sandbox, deployment: { ...sandbox.deployment, ...deployment }, producer };
}
