import { strict as assert } from "node:assert";
import { aasKinesis } from "../../../backtest/baselines/aasKinesis";
import { epsagon } from "../../../backtest/baselines/epsagon";
import { kinesisAutoScaling } from "../../../backtest/baselines/kinesisAutoScaling";
import { kinesisScalingUtils } from "../../../backtest/baselines/kinesisScalingUtils";
import { onDemand, onDemandAdvantage } from "../../../backtest/baselines/onDemand";
import { substation } from "../../../backtest/baselines/substation";
import { backtest } from "../../../backtest/model/backtest";
import { changesOf, steady, workload } from "../support";

/** Four shards at 70 %, then a load that begins in minute 3: its first decision is at the end of minute 4 or later. */
const fourThen = (minutes: number, rate: number) => [...steady(3, 2_800), ...steady(minutes, rate)];

describe("kinesis-auto-scaling", () => {
  it("doubles after 25 minutes at 75 %", () => {
    // 25 minutes from minute 3 on: known at the end of minute 28, begun in 29.
    assert.deepEqual(changesOf(fourThen(40, 3_000), kinesisAutoScaling), [[29, 4, 8]]);
    assert.deepEqual(changesOf(fourThen(40, 2_999), kinesisAutoScaling), []);
  });

  it("halves below 25 % in 57 of 60 periods of five minutes", () => {
    const [first] = changesOf(fourThen(330, 900), kinesisAutoScaling);
    // The last 285 of 300 minutes are low from minute 287 on, but 60 periods are needed: known at the end of 300, begun in 301.
    assert.deepEqual(first, [301, 4, 2]);
    assert.deepEqual(changesOf(fourThen(330, 1_000), kinesisAutoScaling), []);
  });

  it("asks for less than the half of an odd number, which Kinesis refuses", () => {
    const three = backtest(workload([...steady(3, 2_100), ...steady(310, 100)]), kinesisAutoScaling).report.stream!;
    assert.equal(three.reshards, 0);
    assert.ok(three.rejectedUpdates > 0);
  });
});

describe("kinesis-scaling-utils", () => {
  it("adds one shard after five of fifteen minutes above 75 %, every 15 minutes", () => {
    // Looked at every five minutes once fifteen are known: at the end of 15.
    assert.deepEqual(changesOf(fourThen(35, 3_900), kinesisScalingUtils), [
      [16, 4, 5],
      [31, 5, 6],
    ]);
  });

  it("takes one shard away after fifteen minutes below 25 %, every hour", () => {
    assert.deepEqual(changesOf(fourThen(100, 100), kinesisScalingUtils), [
      [21, 4, 3],
      [81, 3, 2],
    ]);
  });

  it("goes on by splits when the day's updates are spent", () => {
    const { report } = backtest(workload(fourThen(200, 20_000)), kinesisScalingUtils);
    assert.deepEqual([report.stream!.reshards, report.stream!.splits], [10, 3]);
  });
});

describe("aas-kinesis", () => {
  it("adds a shard for each minute above 80 %, ten minutes after the last one", () => {
    // Minute 3 is known at the end of 4, begun in 5, seen as done at the end of 7; ten minutes later again.
    assert.deepEqual(changesOf(fourThen(20, 5_000), aasKinesis), [
      [5, 4, 5],
      [18, 5, 6],
    ]);
    assert.deepEqual(changesOf(fourThen(20, 4_000), aasKinesis), [[5, 4, 5]]);
  });

  it("takes one away below 16 % in three periods of five minutes", () => {
    assert.deepEqual(changesOf(fourThen(20, 639), aasKinesis), [[19, 4, 3]]);
    assert.deepEqual(changesOf(fourThen(20, 641), aasKinesis), []);
  });
});

describe("epsagon", () => {
  it("adds by size after five minutes at 75 %", () => {
    assert.deepEqual(changesOf(fourThen(12, 3_100), epsagon)[0]?.slice(1), [4, 6]);
    assert.deepEqual(changesOf([...steady(3, 2_100), ...steady(12, 2_900)], epsagon)[0]?.slice(1), [3, 6]);
    assert.deepEqual(changesOf([...steady(3, 42_000), ...steady(12, 59_000)], epsagon)[0]?.slice(1), [60, 75]);
  });

  it("goes to twice the day's busiest period after a day at 25 % or less", () => {
    const changes = changesOf([...steady(3, 7_000), ...steady(1_500, 2_400)], epsagon);
    // Ten shards; a day of periods after the first three minutes; 2 x 10 x 0.24.
    assert.deepEqual(changes, [[1_444, 10, 5]]);
  });
});

describe("substation", () => {
  it("grows by size after five minutes at 70 %, rounded down", () => {
    assert.deepEqual(changesOf(steady(8, 2_100), substation), [[6, 3, 6]]);
    assert.deepEqual(changesOf(steady(8, 4_900), substation), [[6, 7, 12]]);
    assert.deepEqual(changesOf(steady(8, 14_000), substation), [[6, 20, 30]]);
    assert.deepEqual(changesOf(steady(8, 28_000), substation), [[6, 40, 50]]);
  });

  it("shrinks by the same after an hour at 35 %, rounded up, half an hour apart", () => {
    assert.deepEqual(changesOf(fourThen(120, 400), substation), [
      [64, 4, 2],
      [96, 2, 1],
    ]);
  });
});

describe("on-demand", () => {
  it("has four shards at least, and the double of the peak fifteen minutes later", () => {
    const { stream } = backtest(workload([...steady(20, 1_000), ...steady(20, 3_000)]), onDemand);
    assert.deepEqual([stream!.shards[0], stream!.shards[34], stream!.shards[35]], [4, 4, 6]);
  });

  it("throttles more than the double of the peak for fifteen minutes", () => {
    const { stream } = backtest(workload([...steady(20, 1_000), ...steady(20, 9_000)]), onDemand);
    assert.deepEqual(
      [20, 34, 35].map((i) => stream!.refused[i]! > 0),
      [true, true, false],
    );
  });

  it("forgets a peak after thirty days", () => {
    const month = 30 * 1440;
    const { stream } = backtest(workload([...steady(20, 9_000), ...steady(month + 60, 1_000)]), onDemand);
    assert.deepEqual([stream!.shards[month], stream!.shards[month + 59]], [18, 4]);
  });

  it("is paid by what goes through", () => {
    const hour = workload(steady(60, 1_000));
    const { costUsd, putUsd, reshards } = backtest(hour, onDemand).report.stream!;
    const gib = (bytes: number) => (3_600_000 * bytes) / 1024 ** 3;
    assert.equal(costUsd, Number((0.04 + 0.08 * gib(1024) + 0.04 * gib(500)).toFixed(4)));
    assert.deepEqual([putUsd, reshards], [0, 0]);
    assert.equal(backtest(hour, onDemandAdvantage).report.stream!.costUsd, Number((101.25 / 24).toFixed(4)));
  });
});
