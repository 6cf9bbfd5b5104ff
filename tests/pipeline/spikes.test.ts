import * as assert from "node:assert/strict";
import type { Traffic } from "../../sandbox/traffic/traffic";
import { openPipeline, phases, type PipelineRun } from "./support/pipelineRun";

/** 60 % of 8 shards and 8 KPUs of the stack bench. */
const base = 4_800;
const cases: Record<string, { traffic: Traffic; highest: number }> = {
  "doubles while the first scaling is under way": { traffic: phases([10, base], [4, 9_000], [46, 14_000]), highest: 14_000 },
  "triples at once and stays": { traffic: phases([10, base], [50, 14_000]), highest: 14_000 },
  "rises a little above the threshold": { traffic: phases([10, base], [50, 6_400]), highest: 6_400 },
};

describe("a spike, with either reading of what a percent step is a percent of while an activity runs", () => {
  for (const [name, { traffic, highest }] of Object.entries(cases)) {
    describe(`that ${name}`, () => {
      const runs = new Map<string, PipelineRun>();
      before(async function () {
        this.timeout(60_000);
        for (const percentBase of ["actual", "desired"] as const) {
          const run = await openPipeline({ traffic, percentBase });
          await run.advance(60);
          runs.set(percentBase, run);
        }
      });

      // Per shard and KPU 1,000 records/s. Steps bring any utilisation to 60 % or just below. While less is there than needed, throttled
      // demand counts once more and a backlog counts as demand, so that up to twice the target's capacity is needed to catch up.
      for (const percentBase of ["actual", "desired"]) {
        it(`is served, without more than twice what the target needs (percent of ${percentBase})`, () => {
          const { minutes, last } = runs.get(percentBase)!;
          const needed = Math.ceil(highest / 600);
          for (const { stream, flink } of minutes) {
            assert.ok(Math.max(stream!.shards, stream!.desired ?? 0) <= 2 * needed, `${stream!.desired} shards`);
            assert.ok(Math.max(flink!.kpus, flink!.desired ?? 0) <= 2 * needed, `${flink!.desired} KPUs`);
          }
          assert.ok(last().stream!.utilisation < 75 && last().flink!.utilisation < 75, JSON.stringify(last()));
          assert.ok(last().flink!.lagSeconds < 60);
        });

        it(`is answered by scaling out alone (percent of ${percentBase})`, () => {
          const { changes } = runs.get(percentBase)!;
          assert.deepEqual(
            changes.filter(({ kind, from, to }) => kind === "update" && to < from),
            [],
          );
        });
      }
    });
  }
});
