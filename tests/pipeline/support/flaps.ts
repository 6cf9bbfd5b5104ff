import type { ScalingChange } from "../../../sandbox/report/report";
import type { AnyDimension, AnyPipeline } from "./anyScaling";
import { configOf, rateOf } from "./anyScaling";
import { minutesSince, openPipeline, steady, type PipelineRun } from "./pipelineRun";

/** What a pipeline did under constant traffic that it shouldn't; [] when nothing. */
export async function playConstant(one: AnyPipeline): Promise<string[]> {
  const run = await openPipeline({ stack: "bench", traffic: steady(rateOf(one)), config: configOf(one) });
  await untilRest(run, one);
  const stream = changesOf(run, "stream");
  // What the application reads is constant once the stream is, and its alarm's window holds nothing else.
  const constantFrom = (stream.at(-1)?.time ?? 0) + 60_000 * (3 + windowsOf(one.application).scaleIn);
  const application = changesOf(run, "flink").filter(({ time }) => time > constantFrom);
  const { rejectedUpdates: refused } = run.report().stream!;
  return [
    ...(turnsOf(stream) > 1 ? [`the stream flaps: ${described(run, stream)}`] : []),
    ...(turnsOf(application) > 1 ? [`the application flaps: ${described(run, application)}`] : []),
    ...(refused > 0 ? [`${refused} updates of the stream are refused`] : []),
    ...(run.report().flink!.rejectedUpdates > 0 ? ["updates of the application are refused"] : []),
  ];
}

const changesOf = (run: PipelineRun, dimension: "stream" | "flink") =>
  run.changes.filter((change) => change.dimension === dimension);

/** How often capacities that follow each other change their direction. */
export function turns(capacities: readonly number[]): number {
  const ways = capacities.slice(1).map((capacity, i) => Math.sign(capacity - capacities[i]!));
  return ways.filter((way, i) => i > 0 && way !== ways[i - 1]).length;
}

const turnsOf = (changes: readonly ScalingChange[]) => turns(changes.flatMap(({ from, to }, i) => (i === 0 ? [from, to] : [to])));

/** Until nothing can change any more, or as long as it takes to scale out several times, in twice, and to see what comes of it. */
async function untilRest(run: PipelineRun, { stream, application, restartSeconds }: AnyPipeline): Promise<void> {
  const all = [stream, application].map(windowsOf);
  const several = all.map(
    ({ scaleOut, outCooldown, scaleIn, inCooldown }) => 3 * (scaleOut + outCooldown + 6) + 2 * (scaleIn + inCooldown + 6),
  );
  const quiet =
    10 +
    Math.max(...all.flatMap(({ scaleOut, outCooldown, scaleIn, inCooldown }) => [scaleOut + outCooldown, scaleIn + inCooldown]));
  const most = Math.max(...several) + restartSeconds / 15 + 30;
  for (let passed = 0; passed < most; passed += 5) {
    await run.advance(5);
    const { time, flink } = run.last();
    const last = run.changes.at(-1)?.time ?? run.minutes[0]!.time;
    if (flink!.lagSeconds === 0 && minutesSince(last, time) > quiet) return;
  }
}

/** In minutes; target tracking has windows of its own. */
function windowsOf({ scaling }: AnyDimension) {
  const { policy, scaleOutMinutes = 2, scaleInMinutes = 90 } = scaling;
  const tracking = policy === "targetTracking";
  return {
    ...{ scaleOut: tracking ? 3 : scaleOutMinutes, scaleIn: tracking ? 15 : scaleInMinutes },
    ...{ outCooldown: (scaling.scaleOutCooldownSeconds ?? 300) / 60, inCooldown: (scaling.scaleInCooldownSeconds ?? 5400) / 60 },
  };
}

const described = (run: PipelineRun, changes: readonly ScalingChange[]) =>
  changes.map(({ time, from, to }) => `${minutesSince(run.minutes[0]!.time, time)} min: ${from} to ${to}`).join(", ");
