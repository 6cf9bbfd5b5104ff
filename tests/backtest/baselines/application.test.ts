import { strict as assert } from "node:assert";
import { flinkOperator, flinkOperatorIdeal } from "../../../backtest/baselines/flinkOperator";
import { kdaStep } from "../../../backtest/baselines/kdaStep";
import { msfExamples } from "../../../backtest/baselines/msfExamples";
import { msfNative } from "../../../backtest/baselines/msfNative";
import { targetTrackingCpu } from "../../../backtest/baselines/targetTrackingCpu";
import { backtest } from "../../../backtest/model/backtest";
import { changesOf, steady, workload } from "../support";

/** Four KPUs at 70 %, then a load from minute 3 on. */
const fourThen = (minutes: number, rate: number) => [...steady(3, 2_800), ...steady(minutes, rate)];

describe("msf-native", () => {
  it("doubles after fifteen minutes of 75 % CPU", () => {
    // Minutes 3 to 17: known at the end of 18, begun in 19.
    assert.deepEqual(changesOf(fourThen(30, 3_000), msfNative), [[19, 4, 8]]);
    assert.deepEqual(changesOf(fourThen(30, 2_990), msfNative), []);
  });

  it("begins its window anew after a rescale", () => {
    const [first, second] = changesOf(fourThen(60, 7_000), msfNative);
    assert.deepEqual(
      [first, second],
      [
        [19, 4, 8],
        [36, 8, 16],
      ],
    );
  });

  it("halves after six hours below 10 %, and never below what it was configured with", () => {
    const changes = changesOf([...fourThen(30, 3_100), ...steady(900, 10)], msfNative);
    assert.deepEqual(changes, [
      [19, 4, 8],
      [394, 8, 4],
    ]);
  });
});

describe("msf-examples", () => {
  it("doubles after five minutes above 80 %, and again after the update and five minutes while it rings", () => {
    // Known at the end of 8, begun in 9, seen as done at the end of 10; five minutes later it looks at the alarm.
    const changes = changesOf(fourThen(40, 15_000), msfExamples);
    assert.deepEqual(changes.slice(0, 2), [
      [9, 4, 8],
      [16, 8, 16],
    ]);
  });

  it("halves after five minutes of at most 20 %, and ends at the minimum", () => {
    assert.deepEqual(changesOf(fourThen(60, 40), msfExamples), [
      [9, 4, 2],
      [16, 2, 1],
    ]);
  });

  it("ends where the alarm is quiet, and begins again when it rings again", () => {
    const rates = [...fourThen(12, 3_500), ...steady(10, 2_000), ...steady(12, 7_500)];
    assert.deepEqual(changesOf(rates, msfExamples), [
      [9, 4, 8],
      [31, 8, 16],
    ]);
  });
});

describe("flink-operator", () => {
  it("scales out above 80 % busy to 60 %, with what a restart leaves", () => {
    // Minutes 2 to 6: 82 % of 4,000. For 60 %, and two minutes of restart to catch up with in five: 3,280 / 0.6 + 3,280 x 2 / 5 = 6,779.
    assert.deepEqual(changesOf(fourThen(20, 3_400), flinkOperator)[0], [8, 4, 7]);
    assert.deepEqual(changesOf(fourThen(20, 3_150), flinkOperator), []);
  });

  it("scales in an hour after it first could, by 60 % at most, to the largest that it would have gone to", () => {
    const changes = changesOf([...steady(3, 7_000), ...steady(100, 500)], flinkOperator);
    assert.deepEqual(
      changes.map(([, ...move]) => move),
      [[10, 4]],
    );
    assert.ok(changes[0]![0]! >= 66 && changes[0]![0]! <= 70, String(changes[0]));
  });

  it("sees no lag of a Kinesis source: a backlog alone moves it only where lag is visible", () => {
    // Half an hour of 100 %: the backlog stays when the load is gone, behind a rate that fits the KPUs.
    const rates = [...steady(3, 700), ...steady(30, 1_000), ...steady(1, 40_000), ...steady(40, 990)];
    const kpus = (policy: typeof flinkOperator) => backtest(workload(rates), policy).report.flink!.peakKpus;
    assert.ok(kpus(flinkOperatorIdeal) > kpus(flinkOperator), `${kpus(flinkOperatorIdeal)} > ${kpus(flinkOperator)}`);
  });

  it("waits for a full window after a restart", () => {
    const changes = changesOf(fourThen(60, 20_000), flinkOperator);
    assert.ok(changes[1]![0]! - changes[0]![0]! >= 1 + 1 + 5, String(changes));
  });
});

describe("kda-step", () => {
  /** Two KPUs that are left alone, then a load from minute 3 on. */
  const twoThen = (minutes: number, rate: number) => [...steady(3, 1_400), ...steady(minutes, rate)];

  it("adds by the KPUs that are missing", () => {
    // The size of the step by the load in KPUs above those that are there.
    const steps = { 2_000: 3, 2_900: 3, 3_000: 4, 4_000: 6, 5_000: 10 };
    for (const [load, to] of Object.entries(steps)) assert.deepEqual(changesOf(twoThen(3, Number(load)), kdaStep), [[5, 2, to]]);
    assert.deepEqual(changesOf(twoThen(3, 1_999), kdaStep), []);
  });

  it("takes away when two minutes fit one KPU less, by how much they do", () => {
    assert.deepEqual(changesOf(twoThen(4, 1_000), kdaStep), [[6, 2, 1]]);
    assert.deepEqual(changesOf(twoThen(4, 1_001), kdaStep), []);
    // Ten KPUs: 6,900 are 2.1 below the nine.
    assert.deepEqual(changesOf(steady(4, 6_900), kdaStep), [[3, 10, 7]]);
  });

  it("adds within ten minutes only what a larger step adds more", () => {
    // One more in tick 5, seen in 6. Then 4.1 above the two that there were: eight instead of the one.
    const changes = changesOf([...twoThen(4, 2_100), ...steady(3, 5_100)], kdaStep);
    assert.deepEqual(changes, [
      [5, 2, 3],
      [9, 3, 6],
    ]);
  });
});

describe("target-tracking-cpu", () => {
  it("scales out in proportion after three minutes above 70 %", () => {
    assert.deepEqual(changesOf(fourThen(6, 3_600), targetTrackingCpu), [[7, 4, 6]]);
    assert.deepEqual(changesOf(fourThen(6, 2_800), targetTrackingCpu), []);
  });

  it("scales in by the largest of fifteen minutes below 63 %", () => {
    const changes = changesOf([...steady(3, 6_300), ...steady(5, 3_000), ...steady(12, 1_000)], targetTrackingCpu);
    // Nine KPUs; 3,000 is the largest: 9 x (3,000 / 9,000) / 0.7.
    assert.deepEqual(changes[0], [19, 9, 5]);
  });
});
