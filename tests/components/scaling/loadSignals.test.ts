import * as assert from "node:assert/strict";
import type { MetricQuery } from "../../../components/metrics/metricQuery";
import { busyTime, cpuLoad, flinkUtilisation, loadUtilisation } from "../../../components/scaling/signals/application";
import { expressionSignal } from "../../../components/scaling/signals/expression";
import { lagThatStays } from "../../../components/scaling/signals/lag";
import { toScaleIn, toScaleOut, toTrack, type Reading } from "../../../components/scaling/signals/reading";
import { streamUtilisation } from "../../../components/scaling/signals/stream";
import { compileQueries } from "../../../sandbox/services/cloudwatch/math/compile";
import { asSeries } from "../../../sandbox/services/cloudwatch/math/values";
import { flink, names } from "./names";

const missing = Number.NaN;
type Minute = Record<string, number>;

/** The signal's values in minutes that follow each other; NaN: no datapoint. Both readings of a point missing in MIN and MAX must agree. */
function values(queries: MetricQuery[], minutes: Minute[]): number[] {
  const rows = queries.map(({ id, expression, label }) => ({ id, label: label ?? id, expression }));
  const frame = {
    ...{ start: 0, period: 60, length: minutes.length },
    metric: (index: number) => minutes.map((minute) => minute[queries[index]!.metric!.metricName] ?? missing),
    search: () => [],
  };
  const [skipped, zero] = (["skipped", "zero"] as const).map((reading) => {
    const compiled = compileQueries(rows, reading).find((row) => queries.find(({ id }) => id === row.id)!.returnData)!;
    return Array.from(asSeries(compiled.run(frame)), (value) => Math.round(value * 100) / 100);
  });
  assert.deepEqual(skipped, zero);
  return skipped!;
}

const quiet = { DesiredCapacity: 4, ActualCapacity: 4, SettledCapacity: 4, millisBehindLatest: 0 };

describe("an application's utilisation by its CPU", () => {
  const cpu = (reading: Reading, ...minutes: Minute[]) =>
    values(
      loadUtilisation(reading, names, cpuLoad(names), flink, 60),
      minutes.map((minute) => ({ ...quiet, ...minute })),
    );
  const load = { containerCPUUtilization: 80 };

  it("is the CPU, of the KPUs that serve as a share of those asked for", () => {
    assert.deepEqual(cpu(toScaleOut, load), [80]);
    assert.deepEqual(cpu(toScaleOut, { ...load, DesiredCapacity: 8 }), [40]);
    assert.deepEqual(cpu(toScaleIn, { ...load, DesiredCapacity: 8 }), [40]);
    assert.deepEqual(cpu(toScaleOut, { ...load, ActualCapacity: missing, DesiredCapacity: 8 }), [80], "not known what serves");
  });

  it("counts a backlog as demand: all of it at once in catchUpSeconds", () => {
    assert.deepEqual(cpu(toScaleOut, { ...load, millisBehindLatest: 450_000 }), [120]);
    assert.deepEqual(cpu(toScaleOut, { ...load, millisBehindLatest: -1 }), [80]);
  });

  it("counts no more than the target while a backlog drains in time, which takes all of any capacity", () => {
    const full = { containerCPUUtilization: 100 };
    const draining = [60_000, 45_000, 30_000].map((millisBehindLatest) => ({ ...full, millisBehindLatest }));
    assert.deepEqual(cpu(toScaleOut, ...draining), [106.67, 63, 62], "the first has none before it");
    const slowly = [60_000, 59_000].map((millisBehindLatest) => ({ ...full, millisBehindLatest }));
    assert.deepEqual(cpu(toScaleOut, ...slowly), [106.67, 106.56]);
    const short = [3_000, 0].map((millisBehindLatest) => ({ ...full, millisBehindLatest }));
    assert.deepEqual(cpu(toScaleOut, ...short)[1], 100, "what is over counts as it is");
    const shorter = [2_000, 1_000].map((millisBehindLatest) => ({ ...full, millisBehindLatest }));
    assert.deepEqual(cpu(toScaleOut, ...shorter)[1], 100.11, "while it lasts, too");
    const ending = [3_001, 0].map((millisBehindLatest) => ({ ...full, millisBehindLatest }));
    assert.deepEqual(cpu(toScaleOut, ...ending)[1], 60, "the minute in which it ends, too");
    assert.deepEqual(cpu(toScaleOut, ...draining.map((minute) => ({ ...minute, containerCPUUtilization: 20 })))[2], 20.67);
  });

  it("has no datapoint to scale out by without a CPU, and is full to scale in by once the minute is settled", () => {
    assert.deepEqual(cpu(toScaleOut, {}), [missing]);
    assert.deepEqual(cpu(toScaleIn, {}), [100]);
    assert.deepEqual(cpu(toScaleIn, { SettledCapacity: missing }), [missing]);
    assert.deepEqual(cpu(toScaleIn, { containerCPUUtilization: 20, millisBehindLatest: missing }), [100]);
    assert.deepEqual(cpu(toScaleOut, { ...load, DesiredCapacity: missing }), [missing]);
    assert.deepEqual(cpu(toScaleIn, { ...load, DesiredCapacity: missing }), [missing]);
  });

  it("is the larger of load and backlog to scale in by", () => {
    assert.deepEqual(cpu(toScaleIn, { containerCPUUtilization: 20, millisBehindLatest: 30_000 }), [50]);
  });

  it("lies at the target for target tracking where nothing is known, and where a backlog is left", () => {
    assert.deepEqual(cpu(toTrack(60), {}), [60]);
    assert.deepEqual(cpu(toTrack(60), { containerCPUUtilization: 20, millisBehindLatest: 59_000 }), [60]);
    assert.deepEqual(cpu(toTrack(60), { containerCPUUtilization: 20, millisBehindLatest: 6_000 }), [20.13]);
    assert.deepEqual(cpu(toTrack(60), { containerCPUUtilization: 90 }), [90]);
  });
});

describe("an application's utilisation by its busy time", () => {
  it("is the busiest subtask's of a task, in percent of a second", () => {
    const queries = loadUtilisation(toScaleOut, names, busyTime(names, "Window"), flink, 60);
    assert.deepEqual(values(queries, [{ ...quiet, busyTimeMsPerSecond: 730 }]), [73]);
    assert.deepEqual(queries.find(({ id }) => id === "u")!.metric, {
      ...{ namespace: "AWS/KinesisAnalytics", metricName: "busyTimeMsPerSecond", stat: "Maximum", period: 60 },
      dimensions: { Application: "counter", Task: "Window" },
    });
  });
});

describe("what target tracking reads of a backlog", () => {
  const backlog = (...lags: number[]) =>
    lags.map((millisBehindLatest) => ({ ...quiet, millisBehindLatest, containerCPUUtilization: 59, IncomingRecords: 2_360 }));
  const queries = {
    throughput: flinkUtilisation(toTrack(60), names, { ...flink, recordsPerKpuPerMinute: 1_000 }),
    load: loadUtilisation(toTrack(60), names, cpuLoad(names), flink, 60),
  };

  it("is none while it drains in time: one that a restart left at the target would scale out what has just been scaled in", () => {
    for (const [name, of] of Object.entries(queries)) {
      assert.deepEqual(values(of, backlog(90_000, 65_000, 40_000)), [64.9, 60, 60], name);
      assert.deepEqual(values(of, backlog(90_000, 89_000, 88_000)), [64.9, 64.83, 64.77], name);
    }
  });
});

describe("a lag that stays", () => {
  const lag = (...lags: number[]) =>
    values(
      lagThatStays(names, "flink", 900),
      lags.map((millisBehindLatest) => ({ DesiredCapacity: 4, millisBehindLatest })),
    );

  it("is the lag in seconds while it grows or holds", () => {
    assert.deepEqual(lag(0, 30_000, 90_000, 90_000), [0, 30, 90, 90]);
    assert.deepEqual(lag(-1, -1), [0, 0]);
  });

  it("is none while it drains fast enough to be gone in catchUpSeconds", () => {
    assert.deepEqual(lag(150_000, 140_625, 131_250), [150, 0, 0]);
    assert.deepEqual(lag(150_000, 140_700), [150, 140.7], "nearly");
  });

  it("has no datapoint without a lag, or without capacity", () => {
    assert.deepEqual(lag(missing), [missing]);
    assert.deepEqual(values(lagThatStays(names, "flink", 900), [{ millisBehindLatest: 5 }]), [missing]);
  });
});

describe("an expression of one's own", () => {
  const metrics = [{ id: "m", namespace: "App", metricName: "Waiting" }];
  const thresholds = { scaleOutAt: 100, target: 60, scaleInAt: 40 };
  const signal = (math: string) => expressionSignal(names, "application", { math, metrics, ...thresholds, unit: "messages" });

  it("is read per minute with capacity, and may use what is asked for and what is there", () => {
    const { queries, unit } = signal("m / desired * actual");
    assert.equal(unit, "messages");
    const minute = { Waiting: 30, DesiredCapacity: 3, ActualCapacity: 2 };
    assert.deepEqual(values(queries(toScaleOut), [minute]), [20]);
    assert.deepEqual(values(queries(toScaleOut), [{ ...minute, DesiredCapacity: missing }]), [missing]);
    assert.deepEqual(
      queries(toScaleIn).map(({ id, metric, expression }) => [id, metric?.metricName ?? expression, metric?.stat]),
      [
        ["desired", "DesiredCapacity", "Minimum"],
        ["actual", "ActualCapacity", "Maximum"],
        ["m", "Waiting", "Average"],
        ["signal", "(m / desired * actual) * desired / desired", undefined],
      ],
    );
    assert.equal(signal("m / desired").queries(toScaleOut).length, 3);
  });

  it("reads the stream's capacity where it is of the stream", () => {
    const [desired] = expressionSignal(names, "stream", { math: "m", metrics, ...thresholds }).queries(toScaleOut);
    assert.deepEqual(desired!.metric!.dimensions, { Stack: "dev", Dimension: "dev-stream" });
  });
});

describe("the stream's utilisation for target tracking", () => {
  it("lies at the target in a settled minute that isn't known", () => {
    const settled = { DesiredCapacity: 4, ActualCapacity: 4, SettledCapacity: 4 };
    assert.deepEqual(values(streamUtilisation(toTrack(50), names), [settled]), [50]);
    assert.deepEqual(values(streamUtilisation(toTrack(50), names), [{ ...settled, SettledCapacity: missing }]), [missing]);
  });
});
