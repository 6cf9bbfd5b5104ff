import { fork, type ChildProcess } from "node:child_process";
import * as path from "node:path";
import { createCloud, type SandboxCloud } from "../sandbox/createCloud";
import { compactHeap } from "../sandbox/deploy/compactHeap";
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
  compactHeap();
  return cloud;
}

/** Of every sandbox in a turn: an hour of a hundred pipelines, some four days of one. */
const pipelineHours = 100;
/** Turns that count. All sandboxes pass whole days in them: a hundred pipelines one, a single one a hundred. */
const turns = 24;

/**
 * Milliseconds that a simulated minute of one pipeline takes in a sandbox of as many as each count says. Each sandbox is in a process
 * of its own, as every `npm start` is; they take turns, so that a slower spell of the machine meets all. The first turn warms up.
 * @throws Error when a process ends without an answer.
 */
export async function pipelineMinutes(counts: readonly number[]): Promise<number[]> {
  const sandboxes = counts.map((count) => fork(path.join(__dirname, "pipelineMinute.ts"), [String(count)]));
  const sums = counts.map(() => 0);
  try {
    for (const sandbox of sandboxes) await turnOf(sandbox);
    for (let turn = 0; turn < turns; turn++) {
      for (const [i, sandbox] of sandboxes.entries()) sums[i]! += await turnOf(sandbox);
    }
  } finally {
    for (const sandbox of sandboxes) sandbox.kill();
  }
  return sums.map((sum) => sum / turns);
}

function turnOf(sandbox: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A sandbox that was timed ended with ${code}.`));
    sandbox.once("exit", ended);
    sandbox.once("message", (ms: number) => {
      sandbox.off("exit", ended);
      resolve(ms);
    });
    sandbox.send(pipelineHours);
  });
}
