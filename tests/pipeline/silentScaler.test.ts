import * as assert from "node:assert/strict";
import { resourceOf } from "./support/deployed";
import { openPipeline, phases, type PipelineRun } from "./support/pipelineRun";

const silence = 30;
const settle = 25;

/** Minutes from the change of load to the last run before the silence: around the moments at which the alarms fire. */
const cases = [
  { stack: "dev", what: "rising", rate: 14_000, offsets: [1, 2, 3, 4, 6] },
  { stack: "dev", what: "falling", rate: 600, offsets: [1, 11, 12, 13] },
  { stack: "prod", what: "rising", rate: 14_000, offsets: [2, 3] },
  { stack: "prod", what: "falling", rate: 600, offsets: [1, 91, 92] },
];

describe("while the minute's run is silent", () => {
  for (const { stack, what, rate, offsets } of cases) {
    for (const offset of offsets) {
      it(`${stack}, ${what} load for ${offset} min: at most one step is asked for, nothing done, an alarm says so, and then it goes on`, async function () {
        this.timeout(60_000);
        const run = await openPipeline({ stack, traffic: phases([settle, 4_800], [1, rate]) });
        await run.advance(settle + offset);
        await setRule(run, "DisableRule");
        await run.advance(1);
        const [lines, changes] = [run.lines.length, run.changes.length];
        await run.advance(silence);
        const asked = askedFor(run, lines);
        for (const values of Object.values(asked)) assert.ok(values.length <= 1, JSON.stringify(asked));
        assert.equal(run.changes.length, changes);
        const told = run.cloud.cloudwatch
          .alarms()
          .filter(({ state, description }) => state === "ALARM" && silent.test(description));
        assert.equal(told.length, 2);

        await setRule(run, "EnableRule");
        await run.advance(40);
        for (const { dimension, from, to } of run.changes)
          assert.ok(what === "rising" ? to > from : to < from, `${dimension} ${from}>${to}`);
        const { stream, flink } = run.last();
        if (what === "rising") assert.ok(stream!.utilisation < 75 && flink!.utilisation < 100, JSON.stringify(run.last()));
      });
    }
  }

  for (const stack of ["dev", "prod"]) {
    it(`${stack}: a load that rises and falls meanwhile asks for nothing more`, async function () {
      this.timeout(60_000);
      const waves = [14_000, 300, 14_000, 300, 14_000, 300].map((rate) => [5, rate] as const);
      const run = await openPipeline({ stack, traffic: phases([settle, 4_800], ...waves, [1, 4_800]) });
      await run.advance(settle);
      await setRule(run, "DisableRule");
      await run.advance(silence);
      assert.deepEqual([askedFor(run, 0), run.changes], [{}, []]);
      await setRule(run, "EnableRule");
      await run.advance(20);
      for (const { from, to } of run.changes) assert.ok(to > from, `${from}>${to}`);
    });
  }
});

const silent = /^The scaler has not published the (shards|KPUs) for ten minutes: it is silent/;

/** PATCHes that changed what is asked for, by dimension. */
function askedFor({ lines }: PipelineRun, since: number): Record<string, number[]> {
  const asked: Record<string, number[]> = {};
  for (const { action, id, desired } of lines.slice(since)) if (action === "accept") (asked[id] ??= []).push(desired!);
  return asked;
}

async function setRule(run: PipelineRun, operation: "DisableRule" | "EnableRule"): Promise<void> {
  const { id } = resourceOf(run, "aws:cloudwatch/eventRule:EventRule").deployed;
  await run.cloud.call("events", operation, { Name: id }, run.cloud.deployer);
}
