import { day, hour, minute } from "../sandbox/core/clock";
import { createCloud, type SandboxCloud } from "../sandbox/createCloud";
import { deployStack, projectFolder } from "../sandbox/deploy/deploy";
import { readStackFiles } from "../sandbox/deploy/stackFiles";
import { startPipeline } from "../sandbox/pipeline";
import { defaultTraffic } from "../sandbox/traffic/defaultTraffic";

const begin = Date.UTC(2026, 0, 5);

/**
 * A cloud in which the bench stack runs `count` times over, each with a stream, an application and traffic of its own; the traffic's
 * seeds count from `firstTraffic` on.
 */
export async function cloudOf(count: number, firstTraffic = 0): Promise<SandboxCloud> {
  const files = readStackFiles(projectFolder, "bench");
  const cloud = createCloud({ start: begin, seed: 1, region: "us-east-1", flink: { kpuLimit: 400 } });
  for (let index = 0; index < count; index++) {
    const stack = count === 1 ? files.stack : `${files.stack}${index}`;
    const deployment = await deployStack(cloud, { ...files, stack });
    startPipeline(cloud, deployment, defaultTraffic(firstTraffic + index), 500);
  }
  return cloud;
}

/** Sandboxes that pass the same simulated time. */
export interface Fleet {
  clouds: readonly SandboxCloud[];
  pipelines: number;
  /** Simulated minutes that a sandbox passes before the next has its turn; default: all of an hour. */
  turnMinutes?: number;
}

const hours = 9;

/**
 * Milliseconds that a simulated minute of one pipeline takes in each fleet: a row for each of the same simulated hours, of which the
 * fleets pass one after the other, so that the machine's ups and downs meet all of them. A day before that warms up.
 */
export async function pipelineMinuteTimes(fleets: readonly Fleet[]): Promise<number[][]> {
  const warming = await cloudOf(1);
  await warming.clock.advanceTo(begin + day);
  for (const fleet of fleets) await passHour(fleet);
  const times: number[][] = [];
  for (let i = 0; i < hours; i++) {
    const row: number[] = [];
    for (const fleet of fleets) {
      const started = performance.now();
      await passHour(fleet);
      row.push((performance.now() - started) / (fleet.pipelines * (hour / minute)));
    }
    times.push(row);
  }
  return times;
}

async function passHour({ clouds, turnMinutes = hour / minute }: Fleet): Promise<void> {
  for (let left = hour / minute; left > 0; left -= turnMinutes)
    for (const { clock } of clouds) await clock.advanceTo(clock.now() + turnMinutes * minute);
}

/** `count` sandboxes, each with one pipeline. */
export async function sandboxesOfOne(count: number): Promise<SandboxCloud[]> {
  const clouds: SandboxCloud[] = [];
  for (let i = 0; i < count; i++) clouds.push(await cloudOf(1, i));
  return clouds;
}
