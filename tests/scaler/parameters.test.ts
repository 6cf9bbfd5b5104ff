import { strict as assert } from "node:assert";
import { isBroken, readOne, stateText, writeState } from "../../scaler/parameters";
import type { Stored } from "../../scaler/parameters";
import { fakeAws } from "./fakeAws";
import type { FakeAws } from "./fakeAws";
import { minute, parametersOf, scenario, start, streamConfig } from "./scenario";

const name = "/sluice/dev/dev-stream/state";

async function read(aws: FakeAws): Promise<Stored> {
  const stored = await readOne(aws, "/sluice/dev", "dev-stream");
  assert.ok(stored && !isBroken(stored));
  return stored;
}

function parameters(): FakeAws {
  const aws = fakeAws();
  Object.assign(aws.parameters, parametersOf("dev-stream", streamConfig));
  return aws;
}

describe("the state parameter", () => {
  it("is written only when it changes", async () => {
    const aws = parameters();
    const stored = await read(aws);
    assert.equal(await writeState(aws, "/sluice/dev", stored, { actual: 8 }, start), "written");
    assert.equal(await writeState(aws, "/sluice/dev", stored, { actual: 8 }, start), "unchanged");
    assert.equal(await writeState(aws, "/sluice/dev", await read(aws), { actual: 8, change: undefined }, start), "unchanged");
    assert.equal(aws.parameters[name]?.length, 2);
  });

  it("has one text for one state, in whatever order its fields came", () => {
    assert.equal(
      stateText({ plan: { from: 1, to: 2, since: 3 }, actual: 8 }, start),
      stateText({ actual: 8, plan: { from: 1, to: 2, since: 3 } }, start),
    );
  });

  it("forgets updates that no longer count", () => {
    assert.equal(stateText({ actual: 8, updates: [[start / minute - 2_000, 4]] }, start), '{"actual":8}');
  });

  it("goes back to the other run's word when that wrote in between", async () => {
    const aws = parameters();
    const ours = await read(aws);
    const theirs = await read(aws);
    assert.equal(await writeState(aws, "/sluice/dev", theirs, { actual: 9 }, start), "written");
    assert.equal(await writeState(aws, "/sluice/dev", ours, { actual: 7 }, start), "lost");
    assert.deepEqual(aws.parameter(name), { actual: 9 });
  });

  it("keeps its own word against another run's when a call was made", async () => {
    const aws = parameters();
    const ours = await read(aws);
    const theirs = await read(aws);
    await writeState(aws, "/sluice/dev", theirs, { actual: 9 }, start);
    assert.equal(await writeState(aws, "/sluice/dev", ours, { actual: 7 }, start, true), "written");
    assert.deepEqual(aws.parameter(name), { actual: 7 });
  });
});

describe("a desired that is accepted while the minute run gives up an older one", () => {
  it("is not lost, whatever the clocks say", async () => {
    for (const clock of [-90_000, 0, 90_000]) {
      const one = scenario({ flink: false });
      await one.run();
      const stream = one.aws.streams["orders"];
      if (stream) stream.onDemand = true;
      await one.patch("dev-stream", 12);
      for (let i = 0; i < 15; i++) await one.run();
      let patched = false;
      one.aws.before = async ({ operation }) => {
        if (operation !== "DescribeStreamSummary" || patched) return;
        patched = true;
        const record = { desired: 20, at: one.now + clock };
        one.aws.parameters["/sluice/dev/dev-stream/desired"]?.push(JSON.stringify(record));
      };
      await one.run();
      assert.equal(one.decisions().at(-1)?.action, "giveUp");
      if (stream) stream.onDemand = false;
      await one.runs(5);
      assert.equal(one.state("dev-stream").actual, 20);
    }
  });
});
