import { strict as assert } from "node:assert";
import * as fc from "fast-check";
import { lowerBound, staticPeak } from "../../../backtest/baselines/bounds";
import { clairvoyant } from "../../../backtest/baselines/clairvoyant";
import { baselines } from "../../../backtest/baselines";
import { shardPlan } from "../../../backtest/baselines/shardPlan";
import { backtest } from "../../../backtest/model/backtest";
import { steady, workload } from "../support";

/** What begins quietly: a start at 70 % can't grow sixtyfold at once. */
const gentle = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 0, max: 70_000 })), { minLength: 2, maxLength: 40 })
  .map((steps) => [...steady(30, 20_000), ...steps.flatMap(([minutes, rate]) => steady(minutes, rate))]);

describe("the baselines", () => {
  it("have the names of the reports", () => {
    assert.equal(
      baselines.map(({ name }) => name).join(" "),
      "msf-native msf-examples kinesis-auto-scaling kinesis-scaling-utils aas-kinesis epsagon substation flink-operator " +
        "flink-operator-ideal kda-step target-tracking-cpu on-demand on-demand-advantage static-peak clairvoyant lower-bound",
    );
  });

  it("keep to the workload's bounds where they know them", () => {
    const bounded = workload([...steady(30, 2_000), ...steady(300, 30_000), ...steady(600, 10)], {
      shards: { min: 2, max: 9 },
      kpus: { min: 2, max: 9 },
    });
    for (const policy of baselines) {
      const { report, application } = backtest(bounded, policy);
      // The samples for streams but scaling-utils and aas-kinesis have no bounds, nor has on-demand.
      const bound = !["kinesis-auto-scaling", "epsagon", "substation", "on-demand", "on-demand-advantage"].includes(policy.name);
      if (report.stream && bound) assert.ok(report.stream.peakShards <= 9, policy.name);
      if (application) assert.ok(application.kpus.every((count) => count >= 2 && count <= 9), policy.name); // prettier-ignore
    }
  });
});

describe("static-peak", () => {
  it("always has what the busiest minute needs", () => {
    const { report } = backtest(workload([100, 4_001, 100]), staticPeak);
    assert.deepEqual([report.stream!.shardHours, report.flink!.kpuHours], [0.25, 0.25]);
  });
});

describe("lower-bound", () => {
  it("has what each minute needs, one unit at least", () => {
    const { stream, application, report } = backtest(workload([0, 1_000, 1_001, 9_000, 0]), lowerBound);
    for (const counts of [stream!.shards, application!.kpus]) assert.deepEqual([...counts], [1, 1, 2, 9, 1]);
    assert.deepEqual([report.stream!.lostRecords, report.flink!.lagMaxSeconds, report.flink!.rescales], [0, 0, 0]);
  });
});

describe("clairvoyant", () => {
  it("loses and throttles nothing, is refused nothing and is between the lower bound and the static peak", () => {
    fc.assert(
      fc.property(gentle, fc.integer({ min: 6, max: 10 }), (demand, updatesPerDay) => {
        const play = (policy: typeof clairvoyant) => backtest(workload(demand, { updatesPerDay }), policy).report.stream!;
        const [best, least, most] = [play(clairvoyant), play(lowerBound), play(staticPeak)];
        assert.deepEqual([best.lostRecords, best.throttledRecords, best.rejectedUpdates], [0, 0, 0]);
        assert.ok(best.shardHours >= least.shardHours - 0.001);
        assert.ok(best.shardHours <= Math.max(most.shardHours, best.peakShards * (demand.length / 60)) + 0.001);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("finds the plan that a person would", () => {
    // Two hours of eight shards in a quiet day: it grows just in time and shrinks at once.
    const needed = Uint16Array.from([...steady(300, 2), ...steady(120, 8), ...steady(300, 2)]);
    assert.deepEqual(shardPlan(needed, 2, { min: 1, max: 400 }, 10), [
      { tick: 298, from: 2, to: 4 },
      { tick: 300, from: 4, to: 8 },
      { tick: 420, from: 8, to: 4 },
      { tick: 422, from: 4, to: 2 },
    ]);
  });

  it("spends a day's updates where they save most", () => {
    const burst = (shards: number) => [...steady(60, 2), ...steady(60, shards)];
    const needed = Uint16Array.from([...burst(3), ...burst(4), ...burst(3), ...steady(60, 2)]);
    // Four until the burst of four is over, then three: 60 x 2 + 180 x 4 + 180 x 3; every other pair costs more.
    assert.deepEqual(
      shardPlan(needed, 2, { min: 1, max: 400 }, 2).map(({ to }) => to),
      [4, 3],
    );
  });

  it("lags by its restarts alone", () => {
    fc.assert(
      fc.property(gentle, (demand) => {
        const { report } = backtest(workload(demand), clairvoyant);
        assert.equal(report.flink!.lagMinutes, 0);
        assert.equal(report.flink!.rejectedUpdates, 0);
      }),
      { numRuns: 60, seed: 2 },
    );
  });
});
