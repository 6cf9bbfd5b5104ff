import { strict as assert } from "node:assert";
import { capacityMetrics } from "../../../scaler/names";
import type { Stored } from "../../../scaler/aws/parameters";
import { pipelinesOf } from "../../../scaler/run/reconcile";
import { equalShards } from "../fakeAws";
import { flinkConfig, minute, parametersOf, scenario, streamConfig } from "../scenario";

const entry = (id: string, pipeline: string, kind: "stream" | "flink" = "stream") =>
  ({ id, config: { ...(kind === "stream" ? streamConfig : flinkConfig), pipeline } }) as Stored;

/** `count` streams in pipelines of their own, without the scenario's own ones. */
function streams(count: number) {
  const one = scenario({ flink: false });
  one.aws.parameters = {};
  for (let i = 0; i < count; i++) {
    const name = `s${String(i).padStart(2, "0")}`;
    Object.assign(one.aws.parameters, parametersOf(name, { ...streamConfig, name, pipeline: name }));
    one.aws.streams[name] = { status: "ACTIVE", onDemand: false, shards: equalShards(2) };
  }
  return one;
}

describe("the pipelines of a stack", () => {
  it("are by name, each with its stream first and then by id: the first one holds the pipeline's turn", () => {
    const entries = [entry("d", "b"), entry("z", "a", "flink"), entry("c", "b"), entry("a", "b", "flink"), entry("y", "a")];
    for (const order of [entries, [...entries].reverse()])
      assert.deepEqual(
        pipelinesOf(order).map((members) => members.map(({ id }) => id)),
        [
          ["y", "z"],
          ["c", "d", "a"],
        ],
      );
  });

  it("may have any name", () => {
    const names = ["__proto__", "constructor", "toString"];
    assert.deepEqual(
      pipelinesOf(names.map((name) => entry(name, name))).map(([first]) => first?.id),
      names,
    );
  });

  it("are begun with others first each minute, so that a rate limit never starves the same ones", async () => {
    const one = streams(10);
    const firsts: string[] = [];
    for (let i = 0; i < 12; i++) {
      one.aws.calls.length = 0;
      await one.run();
      const looked = one.aws.called("DescribeStreamSummary").map(({ StreamName }) => String(StreamName));
      assert.equal(new Set(looked).size, 10, "all of them, each once");
      firsts.push(looked[0] ?? "");
    }
    assert.ok(new Set(firsts).size >= 8, `first in twelve minutes: ${firsts.join(" ")}`);
    for (let i = 1; i < firsts.length; i++) assert.notEqual(firsts[i], firsts[i - 1]);
    const again = streams(10);
    again.now = one.now - minute;
    await again.run();
    assert.equal(again.aws.called("DescribeStreamSummary")[0]?.StreamName, firsts.at(-1), "the minute alone decides");
  });

  it("of up to 20 dimensions are looked at without a pause, their parameters written without one", async () => {
    const pauses = async (count: number) => {
      const one = streams(count);
      await one.run();
      assert.equal(one.aws.called("PutParameter").length, count);
      return one.aws.pauses;
    };
    assert.deepEqual(await pauses(1), []);
    assert.deepEqual(await pauses(20), []);
    const paced = await pauses(21);
    assert.equal(paced.filter((pause) => pause === 1_000).length, 1);
    assert.equal(paced.filter((pause) => pause === 500).length, 20);
  });

  it("go on without one that fails in a way that nobody foresaw, which is told as an error of its dimensions", async () => {
    const one = scenario();
    Object.assign(one.aws.parameters, parametersOf("other", { ...streamConfig, name: "clicks", pipeline: "other" }));
    one.aws.streams["clicks"] = { status: "ACTIVE", onDemand: false, shards: equalShards(2) };
    const unspeakable = Object.defineProperty(new Error(), "message", {
      get: () => {
        throw new Error("no words");
      },
    });
    one.aws.faults.push({ operation: "DescribeStreamSummary", error: unspeakable, matching: "orders" });
    await one.run();
    const errors = one.metrics(capacityMetrics.errors).map(({ id, value, timestamp }) => [id, value, timestamp - one.now]);
    assert.deepEqual(errors.sort(), [
      ["dev-flink", 1, 0],
      ["dev-stream", 1, 0],
      ["other", 0, 0],
    ]);
    const told = one.lines.filter((line) => line.includes('"sluice":"error"'));
    assert.ok(told.length === 2 && told.every((line) => line.includes("Error: no words")), told.join("\n"));
  });
});
