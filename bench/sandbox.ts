import { deflateRawSync } from "node:zlib";
import { day } from "../sandbox/core/clock";
import { createCloud } from "../sandbox/createCloud";
import { deployStack, projectFolder } from "../sandbox/deploy/deploy";
import { archiveFiles } from "../sandbox/deploy/provider/lambda";
import { readStackFiles } from "../sandbox/deploy/stackFiles";
import { atLeast, atMost, median, plainFigure, type Figure } from "./figure";
import { cloudOf, pipelineMinuteTimes } from "./manyPipelines";

const minutesADay = 1_440;

/** How fast virtual time goes with everything on, and how that grows with the number of pipelines. */
export async function speedBench(): Promise<Figure[]> {
  const [one, ten, hundred] = [0, 1, 2] as const;
  const rounds = await pipelineMinuteTimes([
    { sandboxes: 40, pipelines: 1 },
    { sandboxes: 4, pipelines: 10 },
    { sandboxes: 1, pipelines: 100 },
  ]);
  const time = (i: number) => median(rounds.map((times) => times[i]!));
  const ratio = (i: number, to: number) => median(rounds.map((times) => times[i]! / times[to]!));
  const daysPerSecond = (i: number, pipelines: number) => 1_000 / (time(i) * minutesADay * pipelines);
  return [
    atLeast("simulated days a second, 1 pipeline", daysPerSecond(one, 1), "days/s", 1),
    plainFigure("simulated days a second, 10 pipelines", daysPerSecond(ten, 10), "days/s"),
    plainFigure("simulated days a second, 100 pipelines", daysPerSecond(hundred, 100), "days/s"),
    atMost("time per pipeline, 10 pipelines to 1", ratio(ten, one), "x", 1.2),
    atMost("time per pipeline, 100 pipelines to 1", ratio(hundred, one), "x", 1.2),
  ];
}

/** Memory of 90 simulated days: flat after the first two weeks, which is how long metrics are kept. */
export async function memoryBench(): Promise<Figure[]> {
  const cloud = await cloudOf(1);
  const begin = cloud.clock.now();
  await cloud.clock.advanceTo(begin + 16 * day);
  const early = usedMegabytes();
  await cloud.clock.advanceTo(begin + 90 * day);
  const late = usedMegabytes();
  return [
    plainFigure("heap after 16 simulated days", early, "MB"),
    plainFigure("heap after 90 simulated days", late, "MB"),
    atMost("heap after 90 days to heap after 16", late / early, "x", 1.1),
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

function usedMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}
