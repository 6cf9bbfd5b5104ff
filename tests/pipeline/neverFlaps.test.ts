import * as assert from "node:assert/strict";
import type { ScaledDimension } from "../../components/scaling/scaledDimension";
import { anyPipelines, scaledApplication, scaledStream } from "./support/anyScaling";
import { decisions, edges } from "./support/decisions";
import { playConstant, turns } from "./support/flaps";

/** More of them: SLUICE_FLAP_RUNS=200 SLUICE_FLAP_SEED=2 npx mocha tests/pipeline/neverFlaps.test.ts */
const runs = Number(process.env["SLUICE_FLAP_RUNS"] ?? 10);
const configurations = 10 * runs;
const seed = Number(process.env["SLUICE_FLAP_SEED"] ?? 1);

describe("a configuration that is accepted, under constant traffic", function () {
  this.timeout(60_000);
  const pipelines = anyPipelines(seed);
  for (let i = 1; i <= runs; i++)
    it(`turns at most once in each dimension, and nothing is refused: ${i} of seed ${seed}`, async () => {
      const one = pipelines.next().value!;
      assert.deepEqual(await playConstant(one), [], JSON.stringify(one));
    });
});

describe("what Application Auto Scaling decides on a constant demand", () => {
  it(`turns at most once: every capacity at every edge of ${configurations} configurations of seed ${seed}`, function () {
    this.timeout(600_000);
    const pipelines = anyPipelines(seed);
    for (let i = 0; i < configurations; i++) {
      const one = pipelines.next().value!;
      const { application, restartSeconds, catchUpSeconds } = one;
      // What drains in time is no demand to target tracking.
      const restart = application.scaling.policy === "targetTracking" ? 1 : 1 + restartSeconds / catchUpSeconds;
      const dimensions: [ScaledDimension, restart: number][] = [[scaledStream(one), 1]];
      // Scaling out by lag has no constant demand.
      if (application.scaling.signal !== "lag") dimensions.push([scaledApplication(one), restart]);
      for (const [dimension, factor] of dimensions)
        for (let begin = dimension.bounds.min; begin <= dimension.bounds.max; begin++)
          for (const demand of edges(dimension, begin)) {
            const capacities = decisions(dimension, demand, begin, factor);
            const told = `${capacities.join(", ")} at ${demand}: ${JSON.stringify(one)}`;
            assert.ok(capacities.length < 40 && turns(capacities) <= 1, told);
          }
    }
  });
});
