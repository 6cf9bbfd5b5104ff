import { strict as assert } from "node:assert";
import { endpointOf } from "../../../bench/scalerEndpoint";
import { capacityMetrics } from "../../../scaler/names";
import { equalShards } from "../fakeAws";
import { parametersOf, scenario, streamConfig } from "../scenario";
import type { Scenario } from "../scenario";

describe("the minute run of a large stack", () => {
  it("reads any number of dimensions page by page, and waits between batches under the services' API rates", async () => {
    const one = manyStreams(200);
    await one.run();
    assert.equal(one.aws.called("GetParametersByPath").length, 61);
    assert.equal(one.aws.called("DescribeStreamSummary").length, 201);
    assert.deepEqual(
      one.aws.pauses.filter((pause) => pause === 1_000),
      // Two while 61 pages of parameters are read, ten between the batches of dimensions.
      Array.from({ length: 12 }, () => 1_000),
    );
  });

  it("ends before the Lambda's 55 s with 500 dimensions, also when the last ones that are looked at want to change", async () => {
    const endpoint = await endpointOf(250, { callMilliseconds: 20 });
    const runs = async (count: number) => {
      for (let i = 0; i < count; i++) {
        const { seconds, throttled, failed } = await endpoint.run();
        assert.ok(seconds < 55, `${seconds} s`);
        assert.deepEqual({ throttled, failed }, { throttled: 0, failed: 0 });
      }
    };
    await runs(10);
    for (const id of endpoint.ids.slice(0, 60)) await endpoint.patch(id, 6);
    await runs(10);
  });

  it("writes two parameters a second for a large stack, as many as fit into a run, and goes on with others in the next", async () => {
    const one = manyStreams(200);
    const written: number[] = [];
    const adopted = () => Object.keys(one.aws.streams).filter((id) => id !== "orders" && one.state(id).actual !== undefined);
    while (adopted().length < 200) {
      one.aws.calls.length = 0;
      one.aws.pauses.length = 0;
      await one.run();
      written.push(one.aws.called("PutParameter").length);
      assert.equal(one.aws.pauses.filter((pause) => pause === 500).length, written.at(-1)! - 1);
      assert.equal(one.metrics(capacityMetrics.actual).length, 201, "what isn't written is published all the same");
      one.lines.length = 0;
    }
    // No time passes here while services answer: the ten seconds between the batches are gone before anything is written.
    assert.deepEqual(written, [68, 68, 65]);
  });

  it("says that a change waits for SSM's rate, and begins it in one of the next runs", async () => {
    const one = manyStreams(100);
    for (let i = 0; i < 3; i++) await one.run();
    for (let i = 0; i < 100; i++) await one.patch(`s${i}`, 4);
    one.lines.length = 0;
    await one.run();
    assert.equal(one.aws.called("UpdateShardCount").length, 19);
    assert.ok(one.decisions().some(({ reason }) => reason.includes("as many parameters as SSM's rate allows")));
    await one.runs(12);
    const counts = Object.entries(one.aws.streams).map(([id, { shards }]) => (id === "orders" ? 4 : shards.length));
    assert.deepEqual([...new Set(counts)], [4]);
  });
});

/** A stack of `count` pipelines of one stream of two shards each, beside the scenario's own stream. */
function manyStreams(count: number): Scenario {
  const one = scenario({ flink: false });
  for (let i = 0; i < count; i++) {
    Object.assign(one.aws.parameters, parametersOf(`s${i}`, { ...streamConfig, name: `s${i}`, pipeline: `p${i}` }));
    one.aws.streams[`s${i}`] = { status: "ACTIVE", onDemand: false, shards: equalShards(2) };
  }
  return one;
}
