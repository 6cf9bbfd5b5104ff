// Source: undocumented: both readings are offered
import { strict as assert } from "node:assert";
import fc from "fast-check";
import { minute } from "../../../../sandbox/core/clock";
import { fixture } from "./fixture";

const min = 3;
const max = 40;
const scaleInCooldown = 10 * minute;

/** A minute: which alarms fire with which value, and whether the change that is under way completes. */
const script = fc.array(
  fc.record({
    out: fc.option(fc.integer({ min: 70, max: 150 }), { nil: undefined }),
    into: fc.option(fc.integer({ min: 0, max: 39 }), { nil: undefined }),
    completes: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

describe("both readings of the base of a step during an activity", () => {
  for (const percentBase of ["actual", "desired"] as const) {
    it(`${percentBase}: whatever fires, capacity stays in bounds, scale-in waits, and one activity runs at a time`, async () => {
      await fc.assert(
        fc.asyncProperty(script, async (minutes) => {
          const setting = await fixture({ percentBase, min, max, unfulfilledSeconds: 7200 });
          const out = await setting.stepPolicy("out", {
            AdjustmentType: "PercentChangeInCapacity",
            MinAdjustmentMagnitude: 1,
            StepAdjustments: [
              { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 30, ScalingAdjustment: 25 },
              { MetricIntervalLowerBound: 30, ScalingAdjustment: 100 },
            ],
          });
          const into = await setting.stepPolicy("in", {
            AdjustmentType: "PercentChangeInCapacity",
            MinAdjustmentMagnitude: 1,
            Cooldown: scaleInCooldown / 1000,
            StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -20 }],
          });
          let scaledInAt: number | undefined;
          let pollsComplete = 0;
          for (const { out: high, into: low, completes } of minutes) {
            const before = {
              desired: setting.endpoint.desired,
              busy: setting.endpoint.status !== "Successful",
              patches: setting.endpoint.patched.length,
            };
            if (high !== undefined) await setting.fire(out, [high], 70);
            if (low !== undefined) await setting.fire(into, [low], 40);
            await setting.after(0);
            const patches = setting.endpoint.patched.slice(before.patches);
            assert.ok(patches.length <= 1, "one decision per instant");
            for (const patch of patches) {
              assert.ok(patch >= min && patch <= max, `${patch} is in [${min}, ${max}]`);
              assert.notEqual(patch, before.desired, "no request for what is already desired");
              if (patch < before.desired) {
                assert.equal(high, undefined, "no scale-in while a scale-out alarm fires");
                assert.equal(before.busy, false, "no scale-in during an activity");
                const now = setting.cloud.clock.now();
                assert.ok(scaledInAt === undefined || now - scaledInAt >= scaleInCooldown, "the scale-in cooldown holds");
              } else scaledInAt = undefined;
            }
            const wasBusy = setting.endpoint.status !== "Successful";
            const shrinking = setting.endpoint.desired < setting.endpoint.actual;
            if (completes && wasBusy) setting.endpoint.complete();
            await setting.after(60);
            if (completes && wasBusy) {
              pollsComplete++;
              if (shrinking) scaledInAt = setting.cloud.clock.now() - 45_000;
            }
          }
          const statuses = (await setting.activities()).map(({ StatusCode }) => StatusCode as string);
          assert.ok(statuses.filter((status) => status === "InProgress" || status === "Pending").length <= 1);
          assert.equal(statuses.filter((status) => status === "Successful").length, pollsComplete);
        }),
        { numRuns: 150, seed: 1 },
      );
    });
  }
});
