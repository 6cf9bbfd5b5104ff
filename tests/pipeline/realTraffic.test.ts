import * as assert from "node:assert/strict";
import { readTrace } from "../../sandbox/traffic/trace";
import { traceTraffic } from "../../sandbox/traffic/traffic";
import { describeWithTraces } from "../support/traces";
import { openPipeline, type PipelineRun, type Settings } from "./support/pipelineRun";

const day = 1440;

describeWithTraces("a week of taxi rides on the stack bench", ["nyc_taxi_30min.csv"], (file) => {
  const traffic = traceTraffic(readTrace(file));
  const open = (settings: Settings = {}) => openPipeline({ traffic, ...settings });
  let week: PipelineRun;

  before(async function () {
    this.timeout(120_000);
    week = await open();
    await week.advance(7 * day);
  });

  const capacities = (dimension: "stream" | "flink") =>
    week.changes.filter((change) => change.dimension === dimension && change.kind === "update");

  for (const dimension of ["stream", "flink"] as const) {
    it(`scales the ${dimension} out and in`, () => {
      const changes = capacities(dimension);
      const out = changes.filter(({ from, to }) => to > from).length;
      assert.ok(out >= 7, `scaled out ${out} times in seven days`);
      assert.ok(changes.length - out >= 7, `scaled in ${changes.length - out} times in seven days`);
    });
  }

  it("keeps what is there and what is asked for between minimum and maximum in every minute", () => {
    const { stream, application } = week.deployment.config;
    assert.equal(week.minutes.length, 7 * day);
    for (const { time, stream: shards, flink: kpus } of week.minutes) {
      const at = new Date(time).toISOString();
      // Nothing has been asked for before the first minute run.
      const wanted = { shards: shards!.desired ?? stream.shards, kpus: kpus!.desired ?? application.kpus };
      for (const count of [shards!.shards, wanted.shards]) within(count, stream.minShards, stream.maxShards, `shards at ${at}`);
      for (const count of [kpus!.kpus, wanted.kpus]) within(count, application.minKpus, application.maxKpus, `KPUs at ${at}`);
    }
  });

  it("makes no call that AWS refuses, and has no error to report", () => {
    const { stream, flink } = week.report();
    assert.equal(stream!.rejectedUpdates, 0);
    assert.equal(flink!.rejectedUpdates, 0);
    assert.deepEqual(
      week.lines.filter(({ sluice }) => sluice === "error"),
      [],
    );
  });

  it("starts at most 10 UpdateShardCount calls in any 24 hours, none beyond double or half", () => {
    const updates = capacities("stream");
    for (const [i, { time, from, to }] of updates.entries()) {
      const before = updates.slice(0, i).filter((other) => time - other.time < 86_400_000).length;
      assert.ok(before < 10, `${before + 1} updates in 24 hours at ${new Date(time).toISOString()}`);
      assert.ok(to <= 2 * from && to >= from / 2, `${from} to ${to} shards`);
    }
  });

  it("has about the peak that the traffic needs, and loses less than one record in a thousand", () => {
    const { minutes, stream, flink } = week.report();
    const highest = Math.max(...week.minutes.map(({ demand }) => demand));
    assert.equal(minutes, 7 * day);
    // A shard and a KPU take 1,000 records/s here; the target is 60 %.
    for (const [name, peak] of [
      ["shards", stream!.peakShards],
      ["KPUs", flink!.peakKpus],
    ] as const) {
      within(peak, highest / 1000, (2.5 * highest) / 1000, `peak of ${name} at ${highest} records/s`);
    }
    assert.ok(stream!.lostRecords < stream!.offeredRecords / 1000, `${stream!.lostRecords} lost`);
    assert.ok(flink!.lagMinutes < (7 * day) / 100, `${flink!.lagMinutes} minutes of lag`);
  });

  it("gives the same report and the same event log with the same seed, and others with another seed", async function () {
    this.timeout(120_000);
    const runs = [];
    for (const seed of [7, 7, 8]) {
      const run = await open({ seed, metricDelay: "random" });
      await run.advance(day / 2);
      runs.push({ report: run.report(), events: run.events, lines: run.lines });
    }
    const [first, again, other] = runs;
    assert.deepEqual(again!.report, first!.report);
    assert.deepEqual(again!.events, first!.events);
    assert.deepEqual(again!.lines, first!.lines);
    assert.notDeepEqual(other!.events, first!.events);
  });
});

function within(value: number | undefined, low: number, high: number, what: string): void {
  assert.ok(value !== undefined && value >= low && value <= high, `${what}: ${value} is not from ${low} to ${high}`);
}
