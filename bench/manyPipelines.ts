import { fork } from "node:child_process";
import * as path from "node:path";
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

/**
 * Milliseconds that a simulated minute of one pipeline takes in a sandbox of so many, in a process of its own, as every `npm start` is.
 * @throws Error when the process ends without an answer.
 */
export function pipelineMinute(pipelines: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(__dirname, "pipelineMinute.ts"), [String(pipelines)]);
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`The process with ${pipelines} pipelines ended with ${code}.`)));
  });
}
