import { day, minute } from "../sandbox/core/clock";
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

/** Simulated days per second of the machine's time, after an hour of warming up. */
export async function daysPerSecond(cloud: SandboxCloud, days: number): Promise<number> {
  const from = cloud.clock.now() + 60 * minute;
  await cloud.clock.advanceTo(from);
  const started = performance.now();
  await cloud.clock.advanceTo(from + days * day);
  return days / ((performance.now() - started) / 1000);
}
