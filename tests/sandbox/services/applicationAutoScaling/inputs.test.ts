// Source: Application Auto Scaling API Reference (types of the service model)
import { strict as assert } from "node:assert";
import fc from "fast-check";
import { isServiceError } from "../../../../sandbox/core/serviceError";
import { fixture, key } from "./fixture";

describe("requests of the wrong types", () => {
  it("are a SerializationException that names every field", async () => {
    const { call } = await fixture();
    const wrong = { ...key, MinCapacity: "1", SuspendedState: { ScheduledScalingSuspended: "yes" } };
    await assert.rejects(call("RegisterScalableTarget", wrong), {
      name: "SerializationException",
      message: /^MinCapacity: .*; SuspendedState\.ScheduledScalingSuspended: /,
    });
  });

  it("null is absent", async () => {
    const { call } = await fixture();
    await call("RegisterScalableTarget", { ...key, MinCapacity: null, SuspendedState: null });
    const steps = [{ MetricIntervalLowerBound: 0, MetricIntervalUpperBound: null, ScalingAdjustment: 1 }];
    const configuration = { AdjustmentType: "ChangeInCapacity", StepAdjustments: steps, Cooldown: null };
    await call("PutScalingPolicy", {
      ...key,
      PolicyName: "p",
      PolicyType: "StepScaling",
      StepScalingPolicyConfiguration: configuration,
    });
  });

  it("whatever is sent, the answer is AWS's error or a result, never a crash", async () => {
    const { call, service } = await fixture();
    const members = [
      "MinCapacity",
      "MaxCapacity",
      "Tags",
      "SuspendedState",
      "PolicyName",
      "PolicyType",
      "StepScalingPolicyConfiguration",
      "TargetTrackingScalingPolicyConfiguration",
      "Schedule",
      "ScheduledActionName",
      "ScalableTargetAction",
      "Timezone",
      "StartTime",
      "ResourceARN",
      "TagKeys",
      "ResourceIds",
      "PolicyNames",
      "MaxResults",
      "NextToken",
      "AdjustmentType",
      "StepAdjustments",
      "CustomizedMetricSpecification",
      "Metrics",
      "TargetValue",
    ];
    const name = fc.constantFrom(...members);
    const { value } = fc.letrec((tie) => ({
      leaf: fc.oneof(
        fc.string(),
        fc.integer(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom("StepScaling", "rate(1 hour)", "TargetTrackingScaling"),
      ),
      value: fc.oneof(
        { depthSize: "small" },
        tie("leaf"),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(name, tie("value"), { maxKeys: 6 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(service.operations)),
        fc.dictionary(name, value, { maxKeys: 8 }),
        async (operation, input) => {
          await call(operation, { ...key, ...(input as object) }).catch((error) =>
            assert.ok(isServiceError(error), String(error?.stack)),
          );
        },
      ),
      { numRuns: 600, seed: 1 },
    );
  });
});
