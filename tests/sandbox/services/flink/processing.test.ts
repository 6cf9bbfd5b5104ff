// Source: the workload model (docs); Implement application scaling in Managed Service for Apache Flink for KPUs
import assert = require("node:assert/strict");
import fc from "fast-check";
import { emptyBacklog } from "../../../../sandbox/services/flink/backlog";
import { flinkFixture, highest, named } from "./fixture";

describe("a minute of an application", () => {
  it("processes what arrives up to recordsPerKpuPerMinute times its KPUs", async () => {
    const f = flinkFixture({ parallelism: 2 });
    assert.deepEqual(await f.minute(100_000), {
      servingKpus: 2,
      kpus: 2,
      billedKpus: 2,
      capacity: 120_000,
      processed: 100_000,
      backlog: 0,
      lagMilliseconds: 0,
      ranMs: 60_000,
    });
    const over = await f.minute(150_000);
    assert.deepEqual([over.processed, over.backlog], [120_000, 30_000]);
  });

  it("counts KPUs as parallelism / ParallelismPerKPU, rounded up", async () => {
    const { kpus, capacity } = await flinkFixture({ parallelism: 7, perKpu: 2 }).minute(0);
    assert.deepEqual([kpus, capacity], [4, 240_000]);
  });

  it("stops for 60 s at a rescale, is billed at the larger count, then drains first in, first out", async () => {
    const f = flinkFixture({ parallelism: 2 });
    await f.minute(60_000);
    f.scale(4);
    const stopped = await f.minute(60_000);
    assert.deepEqual([stopped.processed, stopped.backlog, stopped.servingKpus, stopped.billedKpus], [0, 60_000, 0, 4]);
    assert.equal(stopped.lagMilliseconds, 60_000);
    const drained = await f.minute(60_000);
    assert.deepEqual([drained.processed, drained.backlog, drained.lagMilliseconds, drained.servingKpus], [120_000, 0, 0, 4]);
  });

  it("is billed at the larger count while it scales in, too", async () => {
    const f = flinkFixture({ parallelism: 4 });
    f.scale(2);
    assert.equal((await f.minute(0)).billedKpus, 4);
    assert.equal((await f.minute(0)).billedKpus, 2);
  });

  it("serves part of a minute where a restart ends within it", async () => {
    const f = flinkFixture({ parallelism: 2, workload: { restartSeconds: 90 } });
    f.scale(4);
    assert.equal((await f.minute(0)).ranMs, 0);
    const half = await f.minute(500_000);
    assert.deepEqual([half.ranMs, half.servingKpus, half.processed], [30_000, 2, 120_000]);
  });

  it("has the age of the oldest unread record at the minute's end as its lag", async () => {
    const f = flinkFixture({ parallelism: 1 });
    // 60,000 of 80,000 evenly spread records are read: the oldest unread one came after 45 s.
    assert.equal((await f.minute(80_000)).lagMilliseconds, 15_000);
    // 20,000 of the first minute and 40,000 of 80,000: the oldest unread one came after 30 s.
    assert.equal((await f.minute(80_000)).lagMilliseconds, 30_000);
    // The 40,000 left, and 20,000 of this minute's.
    assert.equal((await f.minute(20_000)).lagMilliseconds, 0);
  });

  it("loses what the stream's retention drops unread", async () => {
    const f = flinkFixture({ parallelism: 1, workload: { retentionHours: 24 } });
    f.flink.stop("app");
    for (let i = 0; i < 24 * 60; i++) await f.minute(100);
    assert.equal(f.flink.look("app")!.backlog, 144_000);
    await f.minute(100);
    assert.equal(f.flink.look("app")!.backlog, 144_000);
    assert.equal(f.flink.billing("app").expiredRecords, 100);
  });

  it("reads nothing that arrived before the first start, and everything after it", async () => {
    const f = flinkFixture({ start: false, parallelism: 1 });
    assert.equal((await f.minute(1_000)).backlog, 0);
    f.call("StartApplication", { ApplicationName: "app" });
    assert.equal((await f.minute(1_000)).processed, 1_000);
    f.call("StopApplication", { ApplicationName: "app" });
    await f.minute(1_000);
    assert.equal((await f.minute(1_000)).backlog, 2_000);
  });

  it("conserves records: arrived = processed + unread, whatever comes and however it scales", async () => {
    const step = fc.record({ records: fc.integer({ min: 0, max: 400_000 }), scale: fc.option(fc.integer({ min: 1, max: 8 })) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
        const f = flinkFixture({ parallelism: 2 });
        let [arrived, processed] = [0, 0];
        for (const { records, scale } of steps) {
          if (scale !== null && f.status() === "RUNNING") f.scale(scale);
          const result = await f.minute(records);
          arrived += records;
          processed += result.processed;
          assert.ok(result.processed <= result.capacity + 1e-6);
          assert.ok(Math.abs(arrived - processed - result.backlog) < 1e-3);
          assert.equal(result.lagMilliseconds > 0, result.backlog > 0);
        }
      }),
      { seed: 11, numRuns: 40 },
    );
  });

  it("must know what a KPU processes", () => {
    const f = flinkFixture();
    f.call("CreateApplication", {
      ApplicationName: "other",
      RuntimeEnvironment: "FLINK-1_20",
      ServiceExecutionRole: "arn:aws:iam::1:role/r",
    });
    assert.throws(() => f.flink.process("other", 0, 1), /call configure\("other", \{ recordsPerKpuPerMinute \}\) first/);
    assert.throws(() => f.flink.configure("other", { recordsPerKpuPerMinute: 0 }), /must be a number above 0, got 0/);
  });
});

describe("a job that fails", () => {
  it("processes nothing until it runs again, while the status stays RUNNING and the bill goes on", async () => {
    const f = flinkFixture({ parallelism: 2 });
    f.flink.stop("app", 120);
    const down = await f.minute(1_000);
    assert.deepEqual([f.status(), down.processed, down.billedKpus], ["RUNNING", 0, 2]);
    assert.equal(highest(f.published, "downtime"), 60_000);
    assert.equal(named(f.published, "containerCPUUtilization").length, 0);
    await f.minute(1_000);
    f.published.length = 0;
    const up = await f.minute(1_000);
    assert.equal(up.processed, 3_000);
    assert.deepEqual([highest(f.published, "fullRestarts"), highest(f.published, "downtime")], [1, 0]);
    assert.equal(highest(f.published, "uptime"), 60_000);
  });

  it("stays down until it is resumed where no time is given", async () => {
    const f = flinkFixture();
    f.flink.stop("app");
    await f.minute(10);
    assert.equal((await f.minute(10)).processed, 0);
    f.flink.resume("app");
    assert.equal((await f.minute(10)).processed, 30);
  });
});

describe("the backlog", () => {
  it("takes the oldest records first", () => {
    const backlog = emptyBacklog();
    backlog.add(0, 100);
    backlog.add(60_000, 100);
    assert.equal(backlog.take(150), 150);
    assert.equal(backlog.total(), 50);
    assert.equal(backlog.age(120_000), 30_000);
    assert.equal(backlog.take(100), 50);
    assert.deepEqual([backlog.total(), backlog.age(120_000)], [0, 0]);
  });

  it("holds a long outage and lets go of what was read", () => {
    const backlog = emptyBacklog();
    for (let i = 0; i < 10_000; i++) backlog.add(i * 60_000, 1);
    assert.equal(backlog.take(9_999), 9_999);
    assert.equal(backlog.total(), 1);
    assert.equal(backlog.age(10_000 * 60_000), 60_000);
  });
});
