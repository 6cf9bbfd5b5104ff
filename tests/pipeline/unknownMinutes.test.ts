import * as assert from "node:assert/strict";
import type { Delay } from "../../sandbox/services/cloudwatch/cloudwatch";
import { openPipeline, phases, steady, type PipelineRun, type Settings } from "./support/pipelineRun";

/** 60 % of the stacks as they are deployed: between their thresholds. */
const rate = 4_800;
const hours = 6 * 3_600;

describe("a minute of which something is not known is no reason to scale in", () => {
  for (const [stack, quiet] of [
    ["dev", 3],
    ["prod", 20],
  ] as const) {
    it(`${stack}: a job that fails after ${quiet} quiet minutes keeps its KPUs under full load`, async function () {
      this.timeout(60_000);
      const run = await opened({ stack, traffic: phases([15, rate], [quiet, 300], [1, rate]) }, 15 + quiet);
      run.cloud.flink.stop(run.deployment.outputs.applicationName);
      await run.advance(120);
      assert.deepEqual(scaledIn(run), []);
    });

    for (const [what, seconds] of [
      ["15 minutes late", 900],
      ["20 minutes late", 1_200],
      ["missing for hours", hours],
    ] as const) {
      it(`${stack}: all metrics of AWS/Kinesis ${what}`, async function () {
        this.timeout(60_000);
        const run = await opened({ stack, metricDelay: late(({ namespace }) => namespace === "AWS/Kinesis", seconds) }, 150);
        assert.deepEqual(run.changes, []);
      });

      it(`${stack}: metrics of AWS/Kinesis that become ${what}, and come in time again`, async function () {
        this.timeout(60_000);
        let from = Infinity;
        let to = Infinity;
        const now = () => run.cloud.clock.now();
        const between: Delay = ({ namespace }) =>
          namespace === "AWS/Kinesis" ? () => (now() >= from && now() < to ? seconds : 60) : 60;
        const run = await openPipeline({ stack, traffic: steady(rate), metricDelay: between });
        await run.advance(15);
        from = now();
        await run.advance(120);
        to = now();
        await run.advance(120);
        assert.deepEqual(run.changes, []);
      });
    }
  }

  const alone = ["IncomingRecords", "IncomingBytes", "WriteProvisionedThroughputExceeded"];
  for (const [lagMetric, singles] of [
    ["flink", [...alone, "GetRecords", "millisBehindLatest"]],
    ["iteratorAge", ["GetRecords"]],
    ["efo", ["IncomingRecords", "SubscribeToShardEvent"]],
  ] as const) {
    for (const single of singles) {
      for (const seconds of [1_200, hours]) {
        it(`${single} alone ${seconds / 60} minutes late, lag from ${lagMetric}`, async function () {
          this.timeout(60_000);
          const metricDelay = late(({ name }) => name.split(".")[0] === single, seconds);
          const run = await opened({ stack: "dev", config: lagFrom(lagMetric), metricDelay }, 60);
          assert.deepEqual(run.changes, []);
        });
      }
    }
  }
});

describe("producers that really stop", () => {
  for (const stack of ["dev", "prod"]) {
    for (const lagMetric of ["flink", "iteratorAge", "efo"]) {
      it(`${stack}: bring both dimensions down to their minimum, lag from ${lagMetric}`, async function () {
        this.timeout(60_000);
        const run = await opened({ stack, config: lagFrom(lagMetric), metricDelay: "random" }, 15);
        run.producer.stop();
        await run.advance(stack === "dev" ? 70 : 480);
        const { stream, application } = run.deployment.config;
        assert.deepEqual([run.last().stream!.shards, run.last().flink!.kpus], [stream.minShards, application.minKpus]);
      });
    }
  }

  it("bring them down when single records still come, a minute apart, at the minutes' borders", async function () {
    this.timeout(60_000);
    // A fiftieth of a record a second: a minute has one or none.
    const run = await opened({ stack: "dev", traffic: phases([15, rate], [1, 0.02]) }, 85);
    const { stream, application } = run.deployment.config;
    assert.deepEqual([run.last().stream!.shards, run.last().flink!.kpus], [stream.minShards, application.minKpus]);
  });
});

const lagFrom = (lagMetric: string) => ({ lagMetric, ...(lagMetric === "efo" ? { consumerName: "counter" } : {}) });

/** `seconds` for the metrics chosen, one minute for others. */
function late(chosen: (metric: Parameters<Delay>[0]) => boolean, seconds: number): Delay {
  return (metric) => (chosen(metric) ? seconds : 60);
}

async function opened(settings: Settings, minutes: number): Promise<PipelineRun> {
  const run = await openPipeline({ traffic: steady(rate), ...settings });
  await run.advance(minutes);
  return run;
}

const scaledIn = ({ changes }: PipelineRun) => changes.filter(({ from, to }) => to < from);
