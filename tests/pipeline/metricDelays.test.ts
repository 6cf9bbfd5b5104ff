import * as assert from "node:assert/strict";
import { minute } from "../../sandbox/core/clock";
import { readTrace } from "../../sandbox/traffic/trace";
import { traceTraffic, type Traffic } from "../../sandbox/traffic/traffic";
import { describeWithTraces } from "../support/traces";
import { openPipeline, phases, type PipelineRun, type Settings } from "./support/pipelineRun";

/** Metrics are up to 3 minutes late; what follows from them moves by that, a cooldown and the pipeline's turns. */
const fewMinutes = 15 * minute;

/** 60 % of the stack dev as it is deployed. */
const base = 4_800;

describe("metrics that are up to three minutes late", () => {
  // Shapes that a false zero in the newest minutes would change: each of them after an hour in which everything comes to rest.
  const traffic = phases(
    ...([[30, base], [8, 1_500], [60, base]] as const), // quiet for less than the scale-in window of 10 minutes
    ...([[8, 0], [60, base]] as const), // no datapoints at all for less than the window
    ...([[8, 0], [6, 9_000], [60, base]] as const), // a spike after a pause
    ...([[2, 14_000], [60, base]] as const), // a spike of two minutes
    ...([[30, 14_000]] as const),
  );
  const minutes = 30 + 8 + 60 + 8 + 60 + 14 + 60 + 62 + 30;
  let prompt: PipelineRun;
  before(async function () {
    this.timeout(60_000);
    prompt = await opened({ stack: "dev", traffic }, minutes);
  });

  const delays: Settings[] = [
    { metricDelay: 0 },
    { metricDelay: 180 },
    ...[1, 2, 3].map((seed) => ({ seed, metricDelay: "random" as const })),
  ];
  for (const delay of delays) {
    it(`scale nothing that they would not scale in time (${JSON.stringify(delay)}), and let a load that stays scale out`, async function () {
      this.timeout(60_000);
      const late = await opened({ stack: "dev", traffic, ...delay }, minutes);
      assertCounterparts(late, prompt);
      const { stream, flink } = late.last();
      assert.ok(stream!.utilisation < 100 && flink!.utilisation < 100, JSON.stringify(late.last()));
    });
  }
});

describeWithTraces("metrics that are up to three minutes late, on real traffic", ["nyc_taxi_30min.csv"], (file) => {
  it("scale nothing that they would not scale in time", async function () {
    this.timeout(120_000);
    const traffic = withSpikes(traceTraffic(readTrace(file)), [600, 3, 3], [820, 1, 4], [1_000, 2, 2]);
    const prompt = await opened({ traffic }, 1_440);
    for (const seed of [1, 2]) assertCounterparts(await opened({ traffic, seed, metricDelay: "random" }, 1_440), prompt);
  });
});

async function opened(settings: Settings, minutes: number): Promise<PipelineRun> {
  const run = await openPipeline(settings);
  await run.advance(minutes);
  return run;
}

interface Decision {
  id: string;
  /** ms since the traffic began. */
  time: number;
  from: number;
  to: number;
}

/** What Application Auto Scaling decided: each change of the capacity asked for. */
function decisions({ lines, begin, deployment }: PipelineRun): Decision[] {
  const { stack, stream, application } = deployment.config;
  const asked: Record<string, number> = { [`${stack}-stream`]: stream.shards, [`${stack}-flink`]: application.kpus };
  return lines.flatMap(({ id, action, desired, time }) => {
    const from = asked[id];
    if (action !== "accept" || from === undefined || desired === undefined || desired === from) return [];
    asked[id] = desired;
    return [{ id, time: Date.parse(time) - begin, from, to: desired }];
  });
}

/** Every decision of the late run has one of the same dimension and direction in the prompt run, at most a few minutes away. */
function assertCounterparts(late: PipelineRun, prompt: PipelineRun): void {
  const inTime = decisions(prompt);
  const alone = decisions(late).filter(
    ({ id, time, from, to }) =>
      !inTime.some(
        (other) => other.id === id && other.to > other.from === to > from && Math.abs(other.time - time) <= fewMinutes,
      ),
  );
  assert.deepEqual(alone.map(inWords), [], `in time it was ${inTime.map(inWords).join(", ") || "nothing"}`);
}

const inWords = ({ id, from, to, time }: Decision) => `${id} ${from}>${to} at ${time / minute}`;

/** The traffic with `factor` times the demand from `start` for `length` minutes. */
function withSpikes(traffic: Traffic, ...spikes: readonly (readonly [start: number, length: number, factor: number])[]): Traffic {
  const factor = (index: number) =>
    spikes.reduce((product, [start, length, by]) => (index >= start && index < start + length ? product * by : product), 1);
  return { ...traffic, rate: (index) => traffic.rate(index) * factor(index) };
}
