import { strict as assert } from "node:assert";
import { playStack } from "../../backtest/playStack";
import { startedAtLoad, stackWorkloads } from "../../backtest/stackWorkload";
import { usEast1 } from "../../components/prices";
import { minute } from "../../sandbox/core/clock";
import { projectFolder } from "../../sandbox/deploy/deploy";
import { readStackFiles } from "../../sandbox/deploy/stackFiles";
import { scalingChange } from "../../sandbox/report/scalingEvents";
import { openSandbox } from "../../sandbox/sandbox";
import { traceTraffic } from "../../sandbox/traffic/traffic";
import { traffic } from "./support";

/** Six hours with a hill and a burst. */
const rates = Array.from(
  { length: 360 },
  (_, i) => 4_000 + 8_000 * Math.exp(-(((i - 180) / 50) ** 2)) + (i > 290 && i < 310 ? 20_000 : 0),
);
const circumstances = { trace: traffic(...rates), recordBytes: 500, prices: usEast1 };
const bench = readStackFiles(projectFolder, "bench");

describe("a stack's backtest", () => {
  it("takes the decisions of the sandbox with the serialised Lambda: minute, from, to", async function () {
    this.timeout(300_000);
    const [played] = await playStack(bench, circumstances);
    const own = played!.changes.map(({ dimension, time, from, to }) => [dimension, time / minute, from, to]);

    const sandbox = await openSandbox({
      ...{ files: startedAtLoad(bench, circumstances), traffic: traceTraffic(circumstances.trace), recordBytes: 500, seed: 7 },
    });
    const theirs: unknown[] = [];
    sandbox.cloud.events.subscribe((event) => {
      const change = scalingChange(event);
      if (change) theirs.push([change.dimension, (change.time - sandbox.begin) / minute, change.from, change.to]);
    });
    await sandbox.advance(rates.length);
    assert.deepEqual(own, theirs);
    assert.ok(own.length >= 4, `${own.length} changes`);
    assert.equal(played!.report.stream!.reshards, own.filter(([dimension]) => dimension === "stream").length);
  });

  it("tells every change's minutes and reasons", async function () {
    this.timeout(180_000);
    const reached: number[] = [];
    const short = { ...circumstances, trace: traffic(...rates.slice(90, 290)) };
    const [played] = await playStack(bench, short, (minutes) => reached.push(minutes));
    assert.deepEqual(reached, [60, 120, 180, 200]);
    const first = played!.changes.find(({ dimension }) => dimension === "stream")!;
    const tick = first.time / minute;
    assert.ok(
      played!.words.some(({ tick: told, text }) => told === tick - 1 && /-stream: \d+ asked for, utilisation \d+ %/.test(text)),
    );
    // Two minutes after it began.
    assert.deepEqual([played!.stream!.shards[tick + 1], played!.stream!.shards[tick + 2]], [first.from, first.to]);
    assert.equal(played!.report.minutes, 200);
  });
});

describe("a stack's workload", () => {
  it("is what its configuration says", () => {
    const [{ workload } = {}] = stackWorkloads(bench, circumstances);
    assert.deepEqual([workload!.recordsPerKpuPerMinute, workload!.restartSeconds, workload!.updatesPerDay], [60_000, 60, 10]);
    assert.deepEqual([workload!.shards, workload!.kpus], [{ min: 1, max: 400 }, { min: 1, max: 400 }]); // prettier-ignore
  });

  it("starts at 70 %, in each of several pipelines", () => {
    const { config } = startedAtLoad(bench, circumstances);
    assert.deepEqual([config["sluice:shards"], config["sluice:kpus"]], [6, 6]);
    const several = {
      ...bench,
      config: { ...bench.config, "sluice:pipelines": { a: {}, b: { recordsPerKpuPerMinute: 30_000 } } },
    };
    const started = startedAtLoad(several, circumstances).config["sluice:pipelines"];
    assert.deepEqual(started, { a: { shards: 6, kpus: 6 }, b: { recordsPerKpuPerMinute: 30_000, shards: 6, kpus: 12 } });
  });

  it("refuses a trace that is shorter than an alarm's window", () => {
    const short = { ...circumstances, trace: traffic(...rates.slice(0, 90)) };
    assert.throws(() => stackWorkloads(bench, short), /t\.csv has 90 minutes; an alarm of stack bench looks at 90/);
    stackWorkloads(bench, { ...circumstances, trace: traffic(...rates.slice(0, 91)) });
  });
});
