import * as assert from "node:assert/strict";
import { openPipeline, minutesSince, steady, type PipelineRun } from "./support/pipelineRun";

/** 60 % of 8 shards, and of the KPUs that match them. */
const rate = 4_800;
const settle = 15;

describe("a producer that stops dead", () => {
  for (const stack of ["dev", "bench"]) {
    describe(`on the stack ${stack}`, () => {
      let run: PipelineRun;
      let stoppedAt: number;
      let low: ReturnType<PipelineRun["last"]>;

      before(async function () {
        this.timeout(60_000);
        run = await openPipeline({ stack, traffic: steady(rate) });
        await run.advance(settle);
        assert.deepEqual(run.changes, [], "the traffic fits the stack");
        run.producer.stop();
        stoppedAt = settle;
        await run.advance(window(run) + 60);
        low = run.last();
      });

      it("leaves no datapoints of the stream", async () => {
        const { streamName } = run.deployment.outputs;
        const result = run.cloud.cloudwatch.query(
          [
            {
              Id: "r",
              MetricStat: {
                Metric: {
                  Namespace: "AWS/Kinesis",
                  MetricName: "IncomingRecords",
                  Dimensions: [{ Name: "StreamName", Value: streamName }],
                },
                Period: 60,
                Stat: "Sum",
              },
            },
          ],
          run.begin,
          run.cloud.clock.now(),
        )[0]!;
        const real = [...result.values].filter((value) => !Number.isNaN(value)).length;
        assert.equal(real, stoppedAt);
      });

      it("scales in first when the scale-in alarm's window has passed, at most 4 minutes later", () => {
        const first = minutesSince(run.begin, run.changes[0]!.time) - stoppedAt;
        assert.ok(run.changes[0]!.to < run.changes[0]!.from);
        assert.ok(first >= window(run) && first <= window(run) + 4, `after ${first} minutes`);
      });

      it("brings both dimensions down to their minimum", () => {
        const { stream, application } = run.deployment.config;
        assert.equal(low.stream!.shards, stream.minShards);
        assert.equal(low.flink!.kpus, application.minKpus);
      });

      it("brings both back when the traffic resumes", async function () {
        this.timeout(60_000);
        run.producer.resume();
        await run.advance(60);
        const { stream, flink, throttled } = run.last();
        assert.ok(stream!.utilisation < 75, `stream at ${stream!.utilisation} %`);
        assert.ok(flink!.utilisation < 75, `application at ${flink!.utilisation} %`);
        assert.equal(throttled, 0);
        assert.ok(flink!.lagSeconds < 60, `${flink!.lagSeconds} s behind`);
      });
    });
  }
});

describe("a backlog of 30 minutes without new records", () => {
  const opened = async (kpus: number) => {
    // No more KPUs than these: the backlog isn't worked off in a moment.
    const config = { kpus, maxKpus: kpus };
    const run = await openPipeline({ stack: "dev", traffic: steady(rate), config });
    await run.advance(settle);
    run.cloud.flink.stop(run.deployment.outputs.applicationName);
    await run.advance(30);
    return run;
  };
  const scaleIns = ({ changes }: PipelineRun) => changes.filter(({ dimension, from, to }) => dimension === "flink" && to < from);
  const drained = ({ minutes }: PipelineRun, since: number) =>
    minutes.findIndex(({ flink }, i) => i >= since && flink!.backlog === 0);

  it("is drained before the application scales in, and then it scales in", async function () {
    this.timeout(60_000);
    const run = await opened(12);
    run.producer.stop();
    run.cloud.flink.resume(run.deployment.outputs.applicationName);
    const resumed = run.minutes.length;
    await run.advance(90);
    const empty = drained(run, resumed);
    assert.ok(empty - resumed >= window(run), `drained after ${empty - resumed} minutes: longer than the alarm's window`);
    const first = minutesSince(run.begin, scaleIns(run)[0]!.time);
    assert.ok(first > empty, `scaled in at minute ${first}, drained at ${empty}`);
    assert.equal(run.last().flink!.kpus, run.deployment.config.application.minKpus);
  });

  it("keeps the application's KPUs while the job fails and reports no lag", async function () {
    this.timeout(60_000);
    const run = await opened(12);
    run.producer.stop();
    await run.advance(60);
    assert.deepEqual(scaleIns(run), []);
    run.cloud.flink.resume(run.deployment.outputs.applicationName);
    await run.advance(60);
    assert.equal(run.last().flink!.backlog, 0);
  });
});

function window({ deployment }: PipelineRun): number {
  return deployment.config.stream.scaling.scaleInMinutes;
}
