import * as assert from "node:assert/strict";
import { filesOf, openPipeline, phases, type PipelineRun } from "./support/pipelineRun";
import { secondUp } from "./support/secondUp";

/** 60 % of 8 shards and 8 KPUs of the stack bench, then 85 %, then 25 %. */
const traffic = phases([10, 4_800], [40, 6_800], [60, 2_000]);
const config = { scaleInMinutes: 30, scaleInDatapoints: 30 };

/** The first change in each direction: from what, to what, as it was begun or told. */
function firstOfEach({ lines }: PipelineRun, id: string, action: "begin" | "observe") {
  const changes = lines.flatMap(({ id: whose, action: is, from, actual, desired }) =>
    whose === id && is === action ? [{ from: from ?? actual!, to: desired! }] : [],
  );
  return { out: changes.find(({ from, to }) => to > from), in: changes.find(({ from, to }) => to < from) };
}

describe("a pipeline of which one dimension observes and the other acts", function () {
  this.timeout(60_000);
  const dimensions = { "bench-stream": "streamMode", "bench-flink": "applicationMode" } as const;
  const counts = ({ cloud, deployment: { outputs } }: PipelineRun) => ({
    "bench-stream": cloud.kinesis.look(outputs.streamName)!.openShards,
    "bench-flink": cloud.flink.look(outputs.applicationName)!.kpus,
  });
  let acting: PipelineRun;
  before(async () => {
    acting = await openPipeline({ traffic, config });
    await acting.advance(110);
  });

  for (const [observer, other] of [
    ["bench-stream", "bench-flink"],
    ["bench-flink", "bench-stream"],
  ] as const)
    it(`tells of ${observer} what acting does at its first decision in each direction, and scales ${other} alone`, async () => {
      const run = await openPipeline({ traffic, config: { ...config, [dimensions[observer]]: "observe" } });
      await run.advance(110);
      const told = firstOfEach(run, observer, "observe");
      assert.ok(told.out && told.in);
      assert.deepEqual(told, firstOfEach(acting, observer, "begin"));
      assert.deepEqual(firstOfEach(run, other, "begin"), firstOfEach(acting, other, "begin"));
      assert.equal(counts(run)[observer], 8);
      assert.equal(counts(run)[other], counts(acting)[other]);
    });

  it("asks for what the load needs, not for more each time because of the backlog of the KPUs that are there", async () => {
    const run = await openPipeline({ traffic: phases([10, 4_800], [170, 14_000]), config: { applicationMode: "observe" } });
    await run.advance(180);
    assert.ok(run.last().flink!.lagSeconds > 3_600);
    const told = run.lines.flatMap(({ id, action, desired }) => (id === "bench-flink" && action === "observe" ? desired! : []));
    // At first what the shards let through, and then the load, with the throttled records that come once more. At 60 % it needs 24.
    assert.equal(told.length, 2, `${told}`);
    assert.ok(told[1]! >= 24 && told[1]! <= 36, `${told}`);
  });
});

describe("a pipeline that observed and acts after another pulumi up", function () {
  this.timeout(60_000);

  it("carries out nothing of what was asked for, and scales by what the policies see then", async () => {
    const run = await openPipeline({ traffic, config: { ...config, mode: "observe" } });
    await run.advance(30);
    const { updated, replaced } = await secondUp(run, filesOf("bench", config));
    const changed = Object.keys(updated).sort();
    assert.deepEqual(replaced, []);
    assert.deepEqual(changed, [
      "bench-dashboard",
      "bench-flink-config",
      "bench-flink-scale-in-alarm",
      "bench-flink-scale-out-alarm",
      "bench-stream-config",
    ]);
    const before = run.lines.length;
    await run.advance(10);
    const told = run.lines
      .slice(before)
      .flatMap(({ id, action, actual, desired }) =>
        action === "wait" || action === "done" ? [] : [`${id} ${action}: ${desired} desired, ${actual} there`],
      );
    assert.deepEqual(told, [
      "bench-stream adopt: 8 desired, 8 there",
      "bench-flink adopt: 8 desired, 8 there",
      "bench-stream accept: 13 desired, 8 there",
      "bench-flink accept: 11 desired, 8 there",
      "bench-stream begin: 13 desired, 8 there",
      "bench-flink begin: 11 desired, 8 there",
    ]);
  });
});
