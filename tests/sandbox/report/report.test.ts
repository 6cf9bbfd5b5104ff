import { strict as assert } from "node:assert";
import { hour, minute } from "../../../sandbox/core/clock";
import { type ScalingChange, startReport } from "../../../sandbox/report/report";
import type { MinuteRecord } from "../../../sandbox/traffic/minuteRecord";

const quiet: MinuteRecord = {
  time: 0,
  demand: 0,
  offered: 0,
  retried: 0,
  accepted: 0,
  throttled: 0,
  lost: 0,
  waiting: 0,
  stream: { shards: 8, desired: 8, utilisation: 0 },
  flink: { kpus: 16, billedKpus: 16, desired: 16, utilisation: 0, lagSeconds: 0, backlog: 0 },
};
const both = { trace: "day.csv", policy: "bench", recordBytes: 500, stream: true, flink: true };
const update = (time: number, from: number, to: number, dimension: "stream" | "flink" = "stream"): ScalingChange => ({
  dimension,
  kind: "update",
  time,
  from,
  to,
});
const withLag = (lagSeconds: number): MinuteRecord => ({ ...quiet, flink: { ...quiet.flink!, lagSeconds } });

describe("the report", () => {
  it("has exactly the fields of the format, in its order", () => {
    const report = startReport(both);
    report.minute(quiet);
    assert.equal(
      JSON.stringify(report.result()),
      '{"trace":"day.csv","policy":"bench","minutes":1,"costUsd":0.0332,' +
        '"stream":{"shardHours":0.1333,"costUsd":0.002,"putUsd":0,"offeredRecords":0,"throttledRecords":0,"lostRecords":0,"reshards":0,' +
        '"splits":0,"merges":0,"reversals":0,"rejectedUpdates":0,"peakShards":8},' +
        '"flink":{"kpuHours":0.2667,"costUsd":0.0312,"rescales":0,"reversals":0,"rejectedUpdates":0,"lagMinutes":0,"lagP99Seconds":0,' +
        '"lagMaxSeconds":0,"peakKpus":16}}',
    );
  });

  it("is null for a dimension that the policy leaves alone, which costs nothing", () => {
    const stream = startReport({ ...both, flink: false });
    stream.minute(quiet);
    stream.change(update(0, 16, 32, "flink"));
    assert.equal(stream.result().flink, null);
    assert.equal(stream.result().costUsd, stream.result().stream?.costUsd);
    const flink = startReport({ ...both, stream: false });
    flink.minute({ ...quiet, stream: undefined });
    assert.equal(flink.result().stream, null);
    assert.equal(flink.result().costUsd, flink.result().flink?.costUsd);
  });

  it("counts shard-hours and KPU-hours by the minute, the orchestration KPU in the cost alone", () => {
    const report = startReport(both);
    for (let i = 0; i < 24 * 60; i++) report.minute(quiet);
    const { stream, flink, minutes, costUsd } = report.result();
    assert.equal(minutes, 1440);
    assert.deepEqual([stream?.shardHours, stream?.costUsd], [192, 2.88]);
    assert.deepEqual([flink?.kpuHours, flink?.costUsd], [384, 44.88]);
    assert.equal(costUsd, 47.76);
  });

  it("bills a restart at the larger of old and new, while the peak is what the application had", () => {
    const report = startReport(both);
    report.minute({ ...quiet, flink: { ...quiet.flink!, kpus: 16, billedKpus: 32 } });
    assert.equal(report.result().flink?.kpuHours, 0.5333);
    assert.equal(report.result().flink?.peakKpus, 16);
  });

  it("adds records up, and prices the accepted ones in PUT payload units apart from capacity", () => {
    const report = startReport({ ...both, recordBytes: 30_000 });
    report.minute({ ...quiet, offered: 3_000_000, accepted: 2_000_000, throttled: 1_000_000 });
    report.minute({ ...quiet, offered: 0, retried: 1_000_000, accepted: 400_000, lost: 600_000 });
    const stream = report.result().stream;
    assert.deepEqual([stream?.offeredRecords, stream?.throttledRecords, stream?.lostRecords], [3_000_000, 1_000_000, 600_000]);
    // 2.4 million records of two units.
    assert.equal(stream?.putUsd, 0.0672);
    assert.equal(stream?.costUsd, 0.004);
  });

  it("keeps the peaks", () => {
    const report = startReport(both);
    for (const shards of [8, 31, 12]) report.minute({ ...quiet, stream: { ...quiet.stream!, shards } });
    for (const kpus of [4, 62]) report.minute({ ...quiet, flink: { ...quiet.flink!, kpus } });
    assert.deepEqual([report.result().stream?.peakShards, report.result().flink?.peakKpus], [31, 62]);
  });

  it("counts updates, splits, merges and refusals of each service", () => {
    const report = startReport(both);
    report.change(update(0, 8, 16));
    report.change({ ...update(0, 16, 17), kind: "split" });
    report.change({ ...update(0, 17, 16), kind: "merge" });
    report.change(update(0, 16, 32, "flink"));
    report.refused("stream");
    report.refused("stream");
    report.refused("flink");
    const { stream, flink } = report.result();
    assert.deepEqual([stream?.reshards, stream?.splits, stream?.merges, stream?.rejectedUpdates], [1, 1, 1, 2]);
    assert.deepEqual([flink?.rescales, flink?.rejectedUpdates], [1, 1]);
    assert.deepEqual(report.directions(), { stream: { out: 2, in: 1 }, flink: { out: 1, in: 0 } });
  });

  it("counts a reversal where a scaling comes within an hour, inclusive, after one in the other direction", () => {
    const reversals = (...changes: [minute: number, from: number, to: number][]) => {
      const report = startReport(both);
      for (const [at, from, to] of changes) report.change(update(at * minute, from, to));
      return report.result().stream?.reversals;
    };
    assert.equal(reversals([0, 8, 16], [60, 16, 8]), 1);
    assert.equal(reversals([0, 8, 16], [61, 16, 8]), 0);
    assert.equal(reversals([0, 8, 16], [30, 16, 32]), 0);
    assert.equal(reversals([0, 16, 8], [10, 8, 16]), 1);
    assert.equal(reversals([0, 8, 16], [10, 16, 12], [20, 12, 10]), 2, "the second scale-in is within the scale-out's hour too");
  });

  it("counts reversals of each dimension by itself, and none of a plan's splits and merges", () => {
    const report = startReport(both);
    report.change(update(0, 8, 16));
    report.change(update(minute, 32, 16, "flink"));
    report.change({ ...update(2 * minute, 16, 15), kind: "merge" });
    const { stream, flink } = report.result();
    assert.deepEqual([stream?.reversals, flink?.reversals], [0, 0]);
    report.change(update(hour, 16, 32, "flink"));
    assert.equal(report.result().flink?.reversals, 1);
  });

  it("counts minutes that end with more than 60 s of lag, and the nearest-rank 99th percentile of all minutes", () => {
    const report = startReport(both);
    for (const lag of [...Array.from({ length: 97 }, () => 0), 60, 61, 900]) report.minute(withLag(lag));
    const flink = report.result().flink;
    assert.deepEqual([flink?.lagMinutes, flink?.lagP99Seconds, flink?.lagMaxSeconds], [2, 61, 900]);
  });

  it("takes the hours that the services billed where they tell them", () => {
    const report = startReport({ ...both, counted: () => ({ shardHours: 10, kpuHours: 20 }) });
    for (let i = 0; i < 60; i++) report.minute(quiet);
    const { stream, flink } = report.result();
    assert.deepEqual([stream?.shardHours, stream?.costUsd, flink?.kpuHours, flink?.costUsd], [10, 0.15, 20, 2.31]);
  });

  it("can be asked in the middle of a run", () => {
    const report = startReport(both);
    report.minute(quiet);
    report.result();
    report.minute(quiet);
    assert.equal(report.result().minutes, 2);
  });
});
