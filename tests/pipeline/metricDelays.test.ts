import * as assert from "node:assert/strict";
import { minute } from "../../sandbox/core/clock";
import type { ScalingChange } from "../../sandbox/report/report";
import { readTrace } from "../../sandbox/traffic/trace";
import { traceTraffic, type Traffic } from "../../sandbox/traffic/traffic";
import { describeWithTraces } from "../support/traces";
import { openPipeline, phases, type PipelineRun, type Settings } from "./support/pipelineRun";

/** Metrics are up to 3 minutes late; what follows from them moves by that, a cooldown and the pipeline's turns. */
const fewMinutes = 15 * minute;

describe("metrics that are up to three minutes late", () => {
  /** Demand of 60 % of the stack dev at its start, then what the name says. */
  const base = 4_800;
  const cases: Record<string, Traffic> = {
    "one quiet minute less than the scale-in window": phases([20, base], [9, 1_500], [60, base]),
    "two minutes of spike": phases([20, base], [2, 14_000], [60, base]),
    "a producer that pauses for less than the window": phases([20, base], [9, 0], [60, base]),
    "a spike after a pause": phases([20, base], [9, 0], [6, 9_000], [60, base]),
  };
  for (const [name, traffic] of Object.entries(cases)) {
    it(`scale nothing that they would not scale in time: ${name}`, async function () {
      this.timeout(120_000);
      const open = (settings: Settings) => changesOf({ stack: "dev", traffic, ...settings }, 70);
      const prompt = await open({});
      for (const seed of [1, 2, 3, 4, 5]) assertCounterparts(await open({ seed, metricDelay: "random" }), prompt, `seed ${seed}`);
      for (const metricDelay of [0, 180]) assertCounterparts(await open({ metricDelay }), prompt, `${metricDelay} s`);
    });
  }

  it("still let a load scale out that stays", async function () {
    this.timeout(120_000);
    const traffic = phases([20, base], [30, 14_000]);
    for (const seed of [1, 2, 3, 4]) {
      const run = await openPipeline({ stack: "dev", traffic, seed, metricDelay: "random" });
      await run.advance(50);
      const { stream, flink } = run.last();
      assert.ok(stream!.utilisation < 100 && flink!.utilisation < 100, `seed ${seed}: ${JSON.stringify(run.last())}`);
    }
  });
});

describeWithTraces("metrics that are up to three minutes late, on real traffic", ["nyc_taxi_30min.csv"], (file) => {
  it("scale nothing that they would not scale in time", async function () {
    this.timeout(120_000);
    const taxi = traceTraffic(readTrace(file));
    const traffic = withSpikes(taxi, [600, 3, 3], [820, 1, 4], [1_000, 2, 2]);
    const prompt = await changesOf({ traffic }, 1_440);
    for (const seed of [1, 2, 3]) {
      const late = await changesOf({ traffic, seed, metricDelay: "random" }, 1_440);
      assertCounterparts(late, prompt, `seed ${seed}`);
    }
  });
});

async function changesOf(settings: Settings, minutes: number): Promise<ScalingChange[]> {
  const run: PipelineRun = await openPipeline(settings);
  await run.advance(minutes);
  return run.changes.map((change) => ({ ...change, time: change.time - run.begin }));
}

/** Every change of the late run has one of the same dimension and direction in the prompt run, at most a few minutes away. */
function assertCounterparts(late: readonly ScalingChange[], prompt: readonly ScalingChange[], what: string): void {
  const alone = late.filter(
    (change) =>
      !prompt.some(
        (other) =>
          other.dimension === change.dimension &&
          Math.sign(other.to - other.from) === Math.sign(change.to - change.from) &&
          Math.abs(other.time - change.time) <= fewMinutes,
      ),
  );
  assert.deepEqual(alone.map(inWords), [], `${what}: in time it was ${prompt.map(inWords).join(", ") || "nothing"}`);
}

const inWords = ({ dimension, kind, from, to, time }: ScalingChange) => `${dimension} ${kind} ${from}>${to} at ${time / minute}`;

/** The traffic with `factor` times the demand from `start` for `length` minutes. */
function withSpikes(traffic: Traffic, ...spikes: readonly (readonly [start: number, length: number, factor: number])[]): Traffic {
  const factor = (index: number) =>
    spikes.reduce((product, [start, length, by]) => (index >= start && index < start + length ? product * by : product), 1);
  return { ...traffic, rate: (index) => traffic.rate(index) * factor(index) };
}
