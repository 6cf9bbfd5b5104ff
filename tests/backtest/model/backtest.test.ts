import { strict as assert } from "node:assert";
import { backtest } from "../../../backtest/model/backtest";
import type { StreamView } from "../../../backtest/model/policy";
import { applicationPlan, steady, streamPlan, workload } from "../support";

const list = (values: Float64Array) => [...values];

describe("a backtest's stream", () => {
  it("starts at 70 % of the busiest of the first three minutes", () => {
    const { stream } = backtest(workload([100, 1_401, 2_000, 9_000]), streamPlan({}));
    assert.deepEqual(list(stream!.shards), [3, 3, 3, 3]);
  });

  it("offers what was refused once more, before new records, and loses it when it is refused again", () => {
    // A shard: 60,000 a minute. 90,000 and 90,000: 30,000 wait, then 30,000 + 30,000 are taken, 60,000 wait; 60,000 more with none taken as new.
    const { stream, report } = backtest(workload([1_500, 1_500, 1_000, 0, 0]), streamPlan({}, { initial: 1 }));
    assert.deepEqual(list(stream!.accepted), [60_000, 60_000, 60_000, 60_000, 0]);
    assert.deepEqual(list(stream!.refused), [30_000, 60_000, 60_000, 0, 0]);
    assert.deepEqual([report.stream!.throttledRecords, report.stream!.lostRecords], [150_000, 0]);
    const twice = backtest(workload([3_000, 1_000, 0]), streamPlan({}, { initial: 1 })).report.stream!;
    // 120,000 wait, 60,000 of them are taken, 60,000 lost; 60,000 new ones are taken a minute later.
    assert.deepEqual([twice.offeredRecords, twice.throttledRecords, twice.lostRecords], [240_000, 180_000, 60_000]);
  });

  it("takes 1 MiB a second of large records", () => {
    const { stream } = backtest(workload([1_000], { recordBytes: 10_486 }), streamPlan({}, { initial: 1 }));
    assert.equal(Math.round(stream!.accepted[0]!), Math.round((60 * 1_048_576) / 10_486));
  });

  it("serves what was decided at the end of a tick three ticks later, and bills it from then", () => {
    const { stream, report, changes } = backtest(workload(steady(8, 700)), streamPlan({ 2: 2 }));
    assert.deepEqual(list(stream!.shards), [1, 1, 1, 1, 1, 2, 2, 2]);
    assert.equal(report.stream!.shardHours, 0.1833); // 11 shard-minutes
    assert.deepEqual(changes, [{ dimension: "stream", time: 3 * 60_000, kind: "update", from: 1, to: 2 }]);
  });

  it("knows the minutes before the tick when it decides", () => {
    const seen: number[][] = [];
    const policy = { name: "look", stream: () => ({ decide: ({ tick, minute }: StreamView) => void seen.push([tick, minute]) }) };
    backtest(workload(steady(3, 1)), policy);
    assert.deepEqual(seen, [
      [0, -1],
      [1, 0],
      [2, 1],
    ]);
  });

  it("refuses more than the double, less than the half, a second update at a time and the eleventh in a day", () => {
    const refused = (plan: Record<number, number>, minutes = 10, initial = 4) =>
      backtest(workload(steady(minutes, 1)), streamPlan(plan, { initial })).report.stream!.rejectedUpdates;
    assert.equal(refused({ 0: 9 }), 1);
    assert.equal(refused({ 0: 8 }), 0);
    assert.equal(refused({ 0: 1 }), 1);
    assert.equal(refused({ 0: 2 }), 0);
    assert.equal(refused({ 0: 3 }, 10, 5) + refused({ 0: 2 }, 10, 5), 1);
    assert.equal(refused({ 0: 5, 1: 6 }), 1);
    assert.equal(refused({ 0: 5, 2: 6 }), 0);
    const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [i * 10, i % 2 === 0 ? 5 : 4]));
    assert.equal(refused(eleven, 200), 1);
    // The first began in tick 1 and counts up to tick 1,440.
    assert.equal(refused({ ...eleven, 100: 4, 1439: 5 }, 1_500), 1);
    assert.equal(refused({ ...eleven, 100: 4, 1440: 5 }, 1_500), 0);
  });

  it("takes two minutes for every 64 shards begun", () => {
    const { stream } = backtest(workload(steady(8, 1)), streamPlan({ 0: 65 }, { initial: 64 }));
    assert.deepEqual(list(stream!.shards), [64, 64, 64, 64, 64, 65, 65, 65]);
  });

  it("splits and merges in half a minute each where an update is refused, if the policy does", () => {
    const { stream, report } = backtest(workload(steady(6, 1)), streamPlan({ 0: 5 }, { initial: 2, by: "splits" }));
    assert.deepEqual(list(stream!.shards), [2, 2.5, 4.5, 5, 5, 5]);
    const { reshards, splits, merges, rejectedUpdates } = report.stream!;
    assert.deepEqual([reshards, splits, merges, rejectedUpdates], [0, 3, 0, 1]);
  });

  it("serves at once and without a call what is free", () => {
    const { stream, report } = backtest(workload(steady(3, 1)), streamPlan({ 0: 9 }, { initial: 1, by: "free" }));
    assert.deepEqual(list(stream!.shards), [1, 9, 9]);
    assert.equal(report.stream!.reshards, 0);
  });
});

describe("a backtest's application", () => {
  it("stops for a rescale, is billed at the larger meanwhile, and drains first in, first out", () => {
    // 42,000 records a minute. Decided at the end of tick 1: stopped in tick 2; then 120,000 a minute.
    const { application, report } = backtest(workload(steady(5, 700)), applicationPlan({ 1: 2 }));
    assert.deepEqual(list(application!.processed), [42_000, 42_000, 0, 84_000, 42_000]);
    assert.deepEqual(list(application!.busy), [0.7, 0.7, NaN, 0.7, 0.35]);
    assert.deepEqual(list(application!.lagSeconds), [0, 0, 60, 0, 0]);
    assert.deepEqual(list(application!.kpus), [1, 1, 1, 2, 2]);
    assert.equal(report.flink!.kpuHours, 0.1333); // 8 KPU-minutes
    assert.deepEqual([report.flink!.rescales, report.flink!.lagMinutes, report.flink!.lagMaxSeconds], [1, 0, 60]);
  });

  it("bills the larger when it scales in", () => {
    const { report } = backtest(workload(steady(4, 1)), applicationPlan({ 0: 1 }, { initial: 3 }));
    assert.equal(report.flink!.kpuHours, 0.1333); // 3 + 3 + 1 + 1
  });

  it("is late by the age of the oldest record that waits", () => {
    // 90,000 arrive, 60,000 are taken: the rest came in the last 20 s. Then 60,000 of 120,000: 30,000 of the second minute wait.
    const { application } = backtest(workload([1_500, 1_500]), applicationPlan({}, { initial: 1 }));
    assert.deepEqual(list(application!.lagSeconds).map(Math.round), [20, 40]);
    assert.deepEqual(list(application!.backlog), [30_000, 60_000]);
  });

  it("stops for five minutes where a restart takes 300 s, and for half of one where it takes 30", () => {
    const long = backtest(workload(steady(8, 700), { restartSeconds: 300 }), applicationPlan({ 0: 2 })).application!;
    assert.deepEqual(list(long.busy).map(Number.isNaN), [false, true, true, true, true, true, false, false]);
    const short = backtest(workload(steady(3, 700), { restartSeconds: 30 }), applicationPlan({ 0: 2 }));
    assert.deepEqual(list(short.application!.processed), [42_000, 42_000, 42_000]);
    assert.equal(short.report.flink!.kpuHours, 0.0833); // 1 + 2 + 2
  });

  it("refuses a rescale while one is under way", () => {
    const { report } = backtest(workload(steady(9, 1), { restartSeconds: 300 }), applicationPlan({ 0: 2, 2: 3 }));
    assert.deepEqual([report.flink!.rescales, report.flink!.rejectedUpdates, report.flink!.peakKpus], [1, 1, 2]);
  });

  it("reads what the stream accepted; without a stream all", () => {
    const both = { ...streamPlan({}, { initial: 1 }), ...applicationPlan({}, { initial: 9 }) };
    assert.deepEqual(list(backtest(workload([2_000]), both).application!.arrived), [60_000]);
    const alone = backtest(workload([2_000]), applicationPlan({}));
    assert.deepEqual(list(alone.application!.arrived), [120_000]);
    assert.equal(alone.report.stream, null);
  });
});

describe("a backtest", () => {
  it("plays a month of minutes through a policy of both dimensions in well under 0.3 s", () => {
    const month = workload(Array.from({ length: 43_200 }, (_, i) => 5_000 + 4_000 * Math.sin(i / 200)));
    const both = { ...streamPlan({ 10: 8 }), ...applicationPlan({ 10: 8 }) };
    const times = Array.from({ length: 5 }, () => {
      const begin = performance.now();
      backtest(month, both);
      return performance.now() - begin;
    });
    assert.ok(Math.min(...times) < 300, `${times.join(", ")} ms`);
  });
});
