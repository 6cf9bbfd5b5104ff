import { hour, minute } from "../sandbox/core/clock";
import type { SandboxCloud } from "../sandbox/createCloud";
import { cloudOf } from "./manyPipelines";

/**
 * A sandbox of as many pipelines as the argument says. Each message is a number of pipeline-hours: it passes them and tells the
 * parent process how many milliseconds a simulated minute of one pipeline took.
 */
function main(pipelines: number): void {
  let cloud: SandboxCloud | undefined;

  const pass = async (pipelineHours: number): Promise<number> => {
    cloud ??= await cloudOf(pipelines);
    const started = performance.now();
    await cloud.clock.advanceTo(cloud.clock.now() + (pipelineHours / pipelines) * hour);
    return (performance.now() - started) / (pipelineHours * (hour / minute));
  };

  process.on("message", (pipelineHours: number) => void pass(pipelineHours).then((ms) => process.send?.(ms)));
}

main(Number(process.argv[2]));
