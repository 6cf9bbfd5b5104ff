import { strict as assert } from "node:assert";
import { otherDimension } from "../../../scaler/names";
import { scenario } from "../scenario";
import type { Scenario } from "../scenario";

describe("a dimension beside one whose configuration can't be read", () => {
  const broken = '{"kind":"flink"}';
  const spoil = (one: Scenario, id: string) => void one.aws.parameters[`/sluice/dev/${id}/config`]?.push(broken);

  it("begins nothing as long as what was begun may be under way, and says so", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-stream", 12);
    await one.run();
    assert.equal(one.aws.called("UpdateShardCount").length, 1);
    spoil(one, "dev-stream");
    await one.patch("dev-flink", 8);
    for (let i = 0; i < 14; i++) await one.run();
    assert.equal(one.aws.called("UpdateApplication").length, 0);
    assert.match(
      one.decisions("dev-flink").at(-1)?.reason ?? "",
      /^waits for its turn: parameter config of dev-stream is broken: .*; what it began may be under way$/,
    );
    await one.run();
    assert.equal(one.aws.called("UpdateApplication").length, 1);
  });

  it("restarts an application with an affected connector only when the parents of the last reshard are read", async () => {
    const updates = async (drainAfterReshard: boolean) => {
      const one = scenario({ flink: { drainAfterReshard } });
      await one.run();
      await one.patch("dev-stream", 12);
      await one.runs(2);
      assert.equal(one.state("dev-stream").change, undefined);
      spoil(one, "dev-stream");
      await one.patch("dev-flink", 8);
      await one.run();
      const atOnce = one.aws.called("UpdateApplication").length;
      for (let i = 0; i < 14; i++) await one.run();
      return [atOnce, one.aws.called("UpdateApplication").length];
    };
    assert.deepEqual(await updates(true), [0, 1]);
    assert.deepEqual(await updates(false), [1, 1]);
  });

  it("goes on at once where nothing was begun, or nobody can tell", async () => {
    for (const state of ['{"actual":4}', "not json"]) {
      const one = scenario();
      await one.run();
      one.aws.parameters["/sluice/dev/dev-flink/state"]?.push(state);
      spoil(one, "dev-flink");
      await one.patch("dev-stream", 12);
      await one.run();
      assert.equal(one.aws.called("UpdateShardCount").length, 1);
    }
  });

  it("waits likewise beside one whose configuration alone is gone, which is told each minute", async () => {
    const one = scenario();
    await one.run();
    await one.patch("dev-stream", 12);
    await one.run();
    delete one.aws.parameters["/sluice/dev/dev-stream/config"];
    await one.patch("dev-flink", 8);
    const before = one.lines.length;
    await one.run();
    assert.equal(one.aws.called("UpdateApplication").length, 0);
    assert.ok(one.lines.slice(before).some((line) => line.includes("parameter config of dev-stream is missing: run pulumi up")));
    for (let i = 0; i < 14; i++) await one.run();
    assert.equal(one.aws.called("UpdateApplication").length, 1);
  });

  it("is known by its id", () => {
    const ids = ["dev-stream", "dev-flink", "a-stream-flink", "dev-streams", "stream", "dev-flink-x", "calm"];
    assert.deepEqual(ids.map(otherDimension), [
      ...["dev-flink", "dev-stream", "a-stream-stream"],
      ...[undefined, undefined, undefined, undefined],
    ]);
  });
});
