import { hour, minute } from "../sandbox/core/clock";
import { cloudOf } from "./manyPipelines";

/**
 * Tells the parent process how many milliseconds a simulated minute of one pipeline takes in a sandbox of as many pipelines as the
 * argument says; on average over the hours from the second to the last. A single pipeline passes them in little time: it does so in
 * many sandboxes, one after the other, the first of which only warm up.
 */
async function main(pipelines: number): Promise<void> {
  const single = pipelines === 1;
  const warming = single ? 20 : 1;
  const counted = single ? 20 : 1;
  const hours = 17;
  for (let i = 0; i < warming; i++) await timeToPass(single ? 1 : 10, hours, i);
  let sum = 0;
  for (let i = 0; i < counted; i++) sum += await timeToPass(pipelines, hours, i);
  process.send?.(sum / (counted * pipelines * (hours - 1) * (hour / minute)));
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
