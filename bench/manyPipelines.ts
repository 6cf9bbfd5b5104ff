import { fork, type ChildProcess } from "node:child_process";
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

/** What runs in a process of its own: several sandboxes of few pipelines take long enough to be timed. */
export interface Fleet {
  sandboxes: number;
  pipelines: number;
}

const hours = 14;

/**
 * Milliseconds that a simulated minute of one pipeline takes in each fleet: a row for each of the same simulated hours, of which the
 * fleets pass one after the other, so that the machine's ups and downs meet all of them.
 */
export async function pipelineMinuteTimes(fleets: readonly Fleet[]): Promise<number[][]> {
  const processes: ChildProcess[] = [];
  try {
    for (const { sandboxes, pipelines } of fleets) {
      const child = fork(path.join(__dirname, "fleet.ts"), [String(sandboxes), String(pipelines)]);
      processes.push(child);
      await answerOf(child);
    }
    const rows: number[][] = [];
    for (let i = 0; i < hours; i++) {
      const row: number[] = [];
      for (const child of processes) {
        child.send("pass an hour");
        row.push(await answerOf(child));
      }
      rows.push(row);
    }
    return rows;
  } finally {
    for (const child of processes) child.kill();
  }
}

/** @throws Error when the process ends before it answers. */
function answerOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A fleet's process ended with ${code}.`));
    child.once("exit", ended);
    child.once("message", (milliseconds: number) => {
      child.off("exit", ended);
      resolve(milliseconds);
    });
  });
}
