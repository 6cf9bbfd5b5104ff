import { setTimeout as sleep } from "node:timers/promises";
import { deflateRawSync } from "node:zlib";
import { day } from "../sandbox/core/clock";
import { createCloud } from "../sandbox/createCloud";
import { deployStack, projectFolder } from "../sandbox/deploy/deploy";
import { archiveFiles } from "../sandbox/deploy/provider/lambda";
import { readStackFiles } from "../sandbox/deploy/stackFiles";
import { atLeast, atMost, plainFigure, type Figure } from "./figure";
import { cloudOf, pipelineMinutes } from "./manyPipelines";

const minutesADay = 1_440;

/** How fast virtual time goes with everything on, and how that grows with the number of pipelines. */
export async function speedBench(): Promise<Figure[]> {
  const pipelineDays = (await pipelineMinutes([1, 10, 100])).map((ms) => 1_000 / (ms * minutesADay));
  const [one = NaN, ten = NaN, hundred = NaN] = pipelineDays;
  return [
    atLeast("simulated days a second, 1 pipeline", one, "days/s", 1),
    plainFigure("simulated days a second, 10 pipelines", ten / 10, "days/s"),
    plainFigure("simulated days a second, 100 pipelines", hundred / 100, "days/s"),
    atLeast("days a second with 10 pipelines, times 10, to 1 pipeline's", ten / one, "x", 0.8),
    atLeast("days a second with 100 pipelines, times 100, to 1 pipeline's", hundred / one, "x", 0.8),
  ];
}

/** Memory of 90 simulated days: flat after the first two weeks, which is how long metrics are kept. */
export async function memoryBench(): Promise<Figure[]> {
  const cloud = await cloudOf(1);
  const begin = cloud.clock.now();
  await cloud.clock.advanceTo(begin + 16 * day);
  const early = await usedMegabytes();
  await cloud.clock.advanceTo(begin + 90 * day);
  const late = await usedMegabytes();
  return [
    plainFigure("memory after 16 simulated days", early, "MB"),
    plainFigure("memory after 90 simulated days", late, "MB"),
    atMost("memory after 90 days to memory after 16", late / early, "x", 1.1),
  ];
}

/** The Lambda package as `pulumi up` would upload it. */
export async function packageBench(): Promise<Figure[]> {
  const cloud = createCloud({ start: Date.UTC(2026, 0, 5), seed: 1, region: "us-east-1", flink: { kpuLimit: 400 } });
  const { resources } = await deployStack(cloud, readStackFiles(projectFolder, "bench"));
  const scaler = resources.find(({ type }) => type === "aws:lambda/function:Function");
  const files = await archiveFiles(scaler?.inputs.code);
  const text = Object.values(files).join("");
  // A zip of one file: its deflated bytes and some 150 bytes of headers.
  return [
    plainFigure("Lambda code, text", Buffer.byteLength(text) / 1024, "KB"),
    atMost("Lambda package, zipped", (deflateRawSync(text).length + 150) / 1024, "KB", 64),
  ];
}

/** Heap and buffers in use: metrics and logs are in buffers, which go some time after the objects that held them. */
async function usedMegabytes(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await sleep(100);
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
}
