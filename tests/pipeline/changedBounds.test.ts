import * as assert from "node:assert/strict";
import { resourceOf } from "./support/deployed";
import { filesOf, openPipeline, steady } from "./support/pipelineRun";
import { secondUp } from "./support/secondUp";

/** Bounds of shards and of KPUs before and after; the stack begins with 8 shards and 8 KPUs, and 4,800 records/s suit these. */
const cases: [string, before: [number, number], after: [number, number]][] = [
  ["both lower, without overlap", [16, 32], [2, 8]],
  ["both higher, without overlap", [2, 8], [16, 32]],
  ["a lower minimum", [8, 64], [1, 64]],
  ["a higher minimum, above the capacity", [1, 64], [16, 64]],
  ["a lower maximum, below the capacity", [1, 64], [1, 4]],
  ["a higher maximum", [1, 8], [1, 64]],
];

describe("bounds that change with a second pulumi up", function () {
  this.timeout(60_000);
  for (const [what, before, after] of cases)
    it(`arrive at Application Auto Scaling and the scaler: ${what}, ${before.join("..")} to ${after.join("..")}`, async () => {
      const run = await openPipeline({ stack: "dev", traffic: steady(3_000), config: bounds(before) });
      await run.advance(5);
      const plan = await secondUp(run, filesOf("dev", bounds(after)));
      assert.deepEqual([plan.created, plan.replaced], [[], []]);
      await run.advance(25);

      for (const name of ["dev-stream-target", "dev-flink-target"]) {
        const { id } = resourceOf(run, "aws:appautoscaling/target:Target", name).deployed;
        const input = { ServiceNamespace: "custom-resource", ResourceIds: [id] };
        const { ScalableTargets } = await run.cloud.call(
          "application-autoscaling",
          "DescribeScalableTargets",
          input,
          run.cloud.deployer,
        );
        assert.deepEqual([ScalableTargets[0].MinCapacity, ScalableTargets[0].MaxCapacity], after, name);
      }
      const { streamName, applicationName } = run.deployment.outputs;
      const shards = run.cloud.kinesis.look(streamName)!.openShards;
      const { kpus } = run.cloud.flink.look(applicationName)!;
      for (const capacity of [shards, kpus])
        assert.ok(capacity >= after[0] && capacity <= after[1], `${shards} shards, ${kpus} KPUs`);
      const { updated } = await secondUp(run, filesOf("dev", bounds(after)), { preview: true });
      assert.deepEqual(
        Object.keys(updated).filter((name) => /-target$/.test(name)),
        [],
      );
    });
});

function bounds([min, max]: [number, number]) {
  const begin = Math.min(Math.max(8, min), max);
  return { minShards: min, maxShards: max, shards: begin, minKpus: min, maxKpus: max, kpus: begin };
}
