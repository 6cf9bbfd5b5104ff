import { hour, minute } from "../sandbox/core/clock";
import type { SandboxCloud } from "../sandbox/createCloud";
import { cloudOf } from "./manyPipelines";

/**
 * A process with `sandboxes` of `pipelines` each (its arguments), as every `npm start` is a process of its own. Each message from its
 * parent lets an hour pass in each sandbox, one after the other; the answer is the milliseconds of a simulated minute of one pipeline.
 */
async function main(sandboxes: number, pipelines: number): Promise<void> {
  const warming = await cloudOf(10);
  await passHours(warming, 20);
  const clouds: SandboxCloud[] = [];
  for (let i = 0; i < sandboxes; i++) clouds.push(await cloudOf(pipelines, i));
  for (const cloud of clouds) await passHours(cloud, 1);
  process.on("message", () => void passAndTell());
  process.send?.(0);

  const passAndTell = async () => {
    const started = performance.now();
    for (const cloud of clouds) await passHours(cloud, 1);
    process.send?.((performance.now() - started) / (sandboxes * pipelines * (hour / minute)));
  };
}

const passHours = ({ clock }: SandboxCloud, hours: number) => clock.advanceTo(clock.now() + hours * hour);

const [sandboxes, pipelines] = process.argv.slice(2).map(Number);
void main(sandboxes ?? 1, pipelines ?? 1);
