import { hour, minute } from "../sandbox/core/clock";
import { createCloud, type SandboxCloud } from "../sandbox/createCloud";
import { deployStack, projectFolder } from "../sandbox/deploy/deploy";
import { readStackFiles } from "../sandbox/deploy/stackFiles";
import { startPipeline } from "../sandbox/pipeline";
import { defaultTraffic } from "../sandbox/traffic/defaultTraffic";

const begin = Date.UTC(2026, 0, 5);

/** A cloud in which the bench stack runs `count` times over, each with a stream, an application and traffic of its own. */
export async function cloudOf(count: number): Promise<SandboxCloud> {
  const files = readStackFiles(projectFolder, "bench");
  const cloud = createCloud({ start: begin, seed: 1, region: "us-east-1", flink: { kpuLimit: 400 } });
  for (let index = 0; index < count; index++) {
    const stack = count === 1 ? files.stack : `${files.stack}${index}`;
    const deployment = await deployStack(cloud, { ...files, stack });
    startPipeline(cloud, deployment, defaultTraffic(index), 500);
  }
  return cloud;
}

/** Sandboxes whose minutes pass in turn. */
export type Fleet = readonly SandboxCloud[];

const rounds = 7;
/** What is played in each window, whatever the number of pipelines. */
const pipelineMinutes = 3_000;

/**
 * Milliseconds that a simulated minute of one pipeline takes in each fleet: rounds of one window each, after an hour of warming up, so
 * that the machine's ups and downs meet all of them.
 */
export async function pipelineMinuteTimes(fleets: readonly { fleet: Fleet; pipelines: number }[]): Promise<number[][]> {
  for (const { fleet } of fleets) await pass(fleet, hour / minute);
  const times: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    const row: number[] = [];
    for (const { fleet, pipelines } of fleets) {
      const started = performance.now();
      await pass(fleet, pipelineMinutes / pipelines);
      row.push((performance.now() - started) / pipelineMinutes);
    }
    times.push(row);
  }
  return times;
}

async function pass(fleet: Fleet, minutes: number): Promise<void> {
  for (let i = 0; i < minutes; i++) for (const { clock } of fleet) await clock.advanceTo(clock.now() + minute);
}

export async function fleetOf(count: number): Promise<Fleet> {
  const fleet: SandboxCloud[] = [];
  for (let i = 0; i < count; i++) fleet.push(await cloudOf(1));
  return fleet;
}
