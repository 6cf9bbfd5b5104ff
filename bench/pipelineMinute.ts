import { hour, minute } from "../sandbox/core/clock";
import { cloudOf } from "./manyPipelines";

/**
 * Tells the parent process how many milliseconds a simulated minute of one pipeline takes in a sandbox of as many pipelines as the
 * argument says; on average over the hours from the second to the last. A single pipeline passes them in little time: it does so in
 * many sandboxes, one after the other. As many, of ten pipelines at most, warm up before.
 */
async function main(pipelines: number): Promise<void> {
  const sandboxes = pipelines === 1 ? 20 : 1;
  const hours = 17;
  for (let i = 0; i < sandboxes; i++) await timeToPass(Math.min(pipelines, 10), hours, i);
  let sum = 0;
  for (let i = 0; i < sandboxes; i++) sum += await timeToPass(pipelines, hours, i);
  process.send?.(sum / (sandboxes * pipelines * (hours - 1) * (hour / minute)));
}

/** Milliseconds that a new sandbox takes from its second hour on. */
async function timeToPass(pipelines: number, hours: number, firstTraffic: number): Promise<number> {
  const { clock } = await cloudOf(pipelines, firstTraffic);
  await clock.advanceTo(clock.now() + hour);
  const started = performance.now();
  await clock.advanceTo(clock.now() + (hours - 1) * hour);
  return performance.now() - started;
}

void main(Number(process.argv[2]));
