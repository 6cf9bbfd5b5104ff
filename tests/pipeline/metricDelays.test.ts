import * as assert from "node:assert/strict";
import { minute } from "../../sandbox/core/clock";
import type { Shape } from "../../sandbox/core/cloud";
import { readTrace } from "../../sandbox/traffic/trace";
import { traceTraffic, type Traffic } from "../../sandbox/traffic/traffic";
import { describeWithTraces } from "../support/traces";
import { resourceOf } from "./support/deployed";
import { openPipeline, phases, type PipelineRun, type Settings } from "./support/pipelineRun";

/** The newest minute that a decision can know ends this long before it, and late metrics make it up to so many minutes older. */
const lateMinutes = 6;

/** 60 % of the stack dev as it is deployed. */
const base = 4_800;

describe("metrics that are up to three minutes late", () => {
  // Shapes that a false zero in the newest minutes would change.
  const parts = [
    ...([
      [30, base],
      [8, 1_500],
      [60, base],
    ] as const), // quiet for less than the scale-in window of 10 minutes
    ...([
      [8, 0],
      [60, base],
    ] as const), // no datapoints at all for less than the window
    ...([
      [8, 0],
      [6, 9_000],
      [60, base],
    ] as const), // a spike after a pause
    ...([
      [2, 14_000],
      [60, base],
    ] as const), // a spike of two minutes
    ...([[40, 9_000]] as const),
  ];
  const minutes = parts.reduce((sum, [length]) => sum + length, 0);
  const delays: Settings[] = [
    { metricDelay: 0 },
    { metricDelay: 180 },
    ...[1, 2, 3].map((seed) => ({ seed, metricDelay: "random" as const })),
  ];
  for (const delay of delays) {
    it(`scale nothing that they wouldn't scale in time, and let a load that stays scale out (${JSON.stringify(delay)})`, async function () {
      this.timeout(60_000);
      const run = await opened({ stack: "dev", traffic: phases(...parts), ...delay }, minutes);
      await assertDecidedByWhatWas(run);
      const { stream, flink } = run.last();
      assert.ok(stream!.utilisation < 100 && flink!.utilisation < 100, JSON.stringify(run.last()));
    });
  }
});

describeWithTraces("metrics that are up to three minutes late, on real traffic", ["nyc_taxi_30min.csv"], (file) => {
  for (const seed of [1, 2]) {
    it(`scale nothing that they wouldn't scale in time (seed ${seed})`, async function () {
      this.timeout(60_000);
      const traffic = withSpikes(traceTraffic(readTrace(file)), [600, 3, 3], [820, 1, 4], [1_000, 2, 2]);
      const run = await opened({ traffic, seed, metricDelay: "random" }, 1_440);
      assert.ok(decisions(run).length >= 10);
      await assertDecidedByWhatWas(run);
    });
  }
});

async function opened(settings: Settings, minutes: number): Promise<PipelineRun> {
  const run = await openPipeline(settings);
  await run.advance(minutes);
  return run;
}

interface Decision {
  id: string;
  /** ms since the epoch. */
  time: number;
  from: number;
  to: number;
}

/** What Application Auto Scaling decided: each change of the capacity asked for. */
function decisions({ lines, deployment }: PipelineRun): Decision[] {
  const { stack, stream, application } = deployment.config;
  const asked: Record<string, number> = { [`${stack}-stream`]: stream.shards, [`${stack}-flink`]: application.kpus };
  return lines.flatMap(({ id, action, desired, time }) => {
    const from = asked[id];
    if (from === undefined || desired === undefined || desired === from) return [];
    asked[id] = desired;
    // What is given up or adopted changes what is asked for too, and is no decision of an alarm.
    if (action !== "accept") return [];
    return [{ id, time: Date.parse(time), from, to: desired }];
  });
}

/**
 * Each decision stands when it is looked at again with all metrics in: in some window that ended a few minutes before, M of N minutes
 * were beyond the alarm's threshold. (Runs can't be compared with each other: after the first difference they live different lives.)
 */
async function assertDecidedByWhatWas(run: PipelineRun): Promise<void> {
  await run.advance(5);
  for (const decision of decisions(run)) {
    const { id, time, from, to } = decision;
    const name = `${id}-scale-${to > from ? "out" : "in"}-alarm`;
    const AlarmNames = [resourceOf(run, "aws:cloudwatch/metricAlarm:MetricAlarm", name).deployed.id];
    const { MetricAlarms } = await run.cloud.call("cloudwatch", "DescribeAlarms", { AlarmNames }, run.cloud.deployer);
    const { EvaluationPeriods: n, DatapointsToAlarm: m = n, Threshold: threshold, Metrics } = MetricAlarms[0];
    const begin = time - (n + lateMinutes + 1) * minute;
    const beyond = utilisations(run, Metrics, begin, time, decision).map((value) =>
      to > from ? value >= threshold : value < threshold,
    );
    const windows = beyond.map((_, i) => beyond.slice(i, i + n).filter(Boolean).length);
    const most = Math.max(...windows);
    assert.ok(
      most >= m,
      `${id} ${from}>${to} at minute ${(time - run.begin) / minute}: ${most} of ${n} minutes were beyond ${threshold} %, not ${m}`,
    );
  }
}

/** Utilisation by minute in percent of the capacity before the decision: the capacity it asked for is published for minutes before it. */
function utilisations({ cloud }: PipelineRun, metrics: Shape[], begin: number, end: number, { from, to }: Decision): number[] {
  const queries = metrics.map((query) => ({ ...query, ReturnData: query.ReturnData || query.Id === "c" }));
  const results = cloud.cloudwatch.query(queries, begin, end);
  const capacity = results.find(({ id }) => id === "c")!.values;
  const utilisation = results.find(({ id }) => id !== "c")!.values;
  // CloudWatch evaluates the newest datapoints that there are: a minute without one is passed over.
  return [...utilisation]
    .map((value, i) => (capacity[i] === to ? (value * to) / from : value))
    .filter((value) => !Number.isNaN(value));
}

/** The traffic with `factor` times the demand from `start` for `length` minutes. */
function withSpikes(traffic: Traffic, ...spikes: readonly (readonly [start: number, length: number, factor: number])[]): Traffic {
  const factor = (index: number) =>
    spikes.reduce((product, [start, length, by]) => (index >= start && index < start + length ? product * by : product), 1);
  return { ...traffic, rate: (index) => traffic.rate(index) * factor(index) };
}
