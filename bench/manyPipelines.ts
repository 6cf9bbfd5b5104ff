import { day, hour } from "../sandbox/core/clock";
import { createCloud, type SandboxCloud } from "../sandbox/createCloud";
import { deployStack, projectFolder } from "../sandbox/deploy/deploy";
import { readStackFiles } from "../sandbox/deploy/stackFiles";
import { startPipeline } from "../sandbox/pipeline";
import { defaultTraffic } from "../sandbox/traffic/defaultTraffic";
import { median } from "./figure";

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

const windows = 5;

/** Simulated days per second of the machine's time: the median of five windows of `hours` each, after an hour of warming up. */
export async function daysPerSecond(cloud: SandboxCloud, hours: number): Promise<number> {
  await cloud.clock.advanceTo(cloud.clock.now() + hour);
  const rates: number[] = [];
  for (let i = 0; i < windows; i++) {
    const started = performance.now();
    await cloud.clock.advanceTo(cloud.clock.now() + hours * hour);
    rates.push((hours * hour) / day / ((performance.now() - started) / 1000));
  }
  return median(rates);
}
