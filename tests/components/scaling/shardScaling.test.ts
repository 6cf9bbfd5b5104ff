import * as assert from "node:assert/strict";
import { alarmQueries } from "../../../components/metrics/alarmQueries";
import { ShardScaling } from "../../../components/scaling/shardScaling";
import type { ShardScalingArgs } from "../../../components/scaling/shardScalingArgs";
import { streamUtilisation } from "../../../components/scaling/signals/stream";
import { AdjustmentType, scaleInSteps, scaleOutSteps } from "../../../components/scaling/stepAdjustments";
import { record, resource, resourcesOf } from "../../support/recorder";
import { toScaleIn, toScaleOut } from "../../../components/scaling/signals/reading";
import { names } from "./names";

const args: ShardScalingArgs = {
  endpoint: "https://api/v1",
  names,
  minShards: 2,
  maxShards: 64,
  scaling: { targetPercent: 60, scaleInPercent: 35, scaleInDatapoints: 80, scaleInCooldownSeconds: 900 },
};
const run = (more: Partial<ShardScalingArgs> = {}) =>
  record(() => ({ arns: new ShardScaling("dev-stream", { ...args, ...more }).alarmArns }));
const target = "aws:appautoscaling/target:Target";
const policy = "aws:appautoscaling/policy:Policy";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

describe("ShardScaling: the scalable target", () => {
  it("is the dimension's custom resource, its bounds plain values that arrive with the next up", async () => {
    const { inputs, options } = resource(await run(), target);
    assert.deepEqual(inputs, {
      serviceNamespace: "custom-resource",
      scalableDimension: "custom-resource:ResourceType:Property",
      resourceId: "https://api/v1/scalableTargetDimensions/dev-stream",
      minCapacity: 2,
      maxCapacity: 64,
      suspendedState: {
        dynamicScalingInSuspended: false,
        dynamicScalingOutSuspended: false,
        scheduledScalingSuspended: false,
      },
    });
    assert.deepEqual(options.ignoreChanges, []);
    assert.ok(!("roleArn" in inputs));
  });

  it("is suspended in every way that is named", async () => {
    const { inputs } = resource(await run({ scaling: { ...args.scaling, suspended: ["out", "in", "scheduled"] } }), target);
    assert.deepEqual(new Set(Object.values(inputs["suspendedState"] as object)), new Set([true]));
  });
});

describe("ShardScaling: target, policies and alarms", () => {
  it("are the component's children", async () => {
    const { resources } = await run();
    const children = resources.filter(({ options }) => options.parent === "dev-stream").map(({ name }) => name);
    assert.deepEqual(children.sort(), [
      ...["alarm", "policy"].map((kind) => `dev-stream-scale-in-${kind}`),
      ...["alarm", "policy"].map((kind) => `dev-stream-scale-out-${kind}`),
      "dev-stream-target",
    ]);
  });
});

describe("ShardScaling: the policies", () => {
  const configurationOf = async (name: string, more: Partial<ShardScalingArgs> = {}) =>
    resource(await run(more), policy, name).inputs["stepScalingPolicyConfiguration"] as Record<string, unknown>;

  it("step by the steps derived from the target, by the most loaded minute, with the direction's cooldown", async () => {
    const asAws = (steps: ReturnType<typeof scaleOutSteps>["steps"]) =>
      steps.map(({ lowerBound, upperBound, adjustment }) => ({
        ...(lowerBound === undefined ? {} : { metricIntervalLowerBound: String(lowerBound) }),
        ...(upperBound === undefined ? {} : { metricIntervalUpperBound: String(upperBound) }),
        scalingAdjustment: adjustment,
      }));
    assert.deepEqual(await configurationOf("dev-stream-scale-out-policy"), {
      adjustmentType: "PercentChangeInCapacity",
      cooldown: 300,
      metricAggregationType: "Maximum",
      stepAdjustments: asAws(scaleOutSteps(75, 60, 200, 100).steps),
    });
    assert.deepEqual(await configurationOf("dev-stream-scale-in-policy"), {
      adjustmentType: "PercentChangeInCapacity",
      cooldown: 900,
      metricAggregationType: "Maximum",
      stepAdjustments: asAws(scaleInSteps(35, 60, 2, 64, 50).steps),
    });
  });

  it("belong to the target and are of the type StepScaling", async () => {
    for (const { inputs, options } of resourcesOf(await run(), policy)) {
      assert.equal(inputs["policyType"], "StepScaling");
      assert.equal(inputs["resourceId"], "https://api/v1/scalableTargetDimensions/dev-stream");
      assert.ok(options.dependsOn.includes("dev-stream-target"));
    }
  });

  it("step as configured instead: by count, by percent with a least magnitude, or to an exact number", async () => {
    const step = { lowerBound: 0, adjustment: 25 };
    for (const adjustmentType of Object.values(AdjustmentType)) {
      const percent = adjustmentType === "PercentChangeInCapacity";
      const scaleOut = { adjustmentType, steps: [step], ...(percent ? { minAdjustmentMagnitude: 2 } : {}) };
      const configuration = await configurationOf("dev-stream-scale-out-policy", {
        scaling: { ...args.scaling, scaleOutSteps: scaleOut },
      });
      assert.deepEqual(configuration, {
        adjustmentType,
        cooldown: 300,
        metricAggregationType: "Maximum",
        stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: 25 }],
        ...(percent ? { minAdjustmentMagnitude: 2 } : {}),
      });
    }
  });
});

describe("ShardScaling: the alarms", () => {
  it("are two, one expression each, that fire only by minutes of which something is known", async () => {
    const recording = await run();
    const queries = (direction: "out" | "in") =>
      alarmQueries(streamUtilisation(direction === "out" ? toScaleOut : toScaleIn, names));
    assert.deepEqual(resource(recording, alarm, "dev-stream-scale-out-alarm").inputs, {
      alarmDescription: "Scales out the shards of the stream: utilisation at or above 75 % in 2 of 2 minutes.",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 75,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      treatMissingData: "notBreaching",
      metricQueries: queries("out"),
      alarmActions: ["arn:appautoscaling:dev-stream-scale-out-policy"],
    });
    assert.deepEqual(resource(recording, alarm, "dev-stream-scale-in-alarm").inputs, {
      alarmDescription: "Scales in the shards of the stream: utilisation below 35 % in 80 of 90 minutes.",
      comparisonOperator: "LessThanThreshold",
      threshold: 35,
      evaluationPeriods: 90,
      datapointsToAlarm: 80,
      treatMissingData: "notBreaching",
      metricQueries: queries("in"),
      alarmActions: ["arn:appautoscaling:dev-stream-scale-in-policy"],
    });
    assert.deepEqual(recording.outputs["arns"], [
      "arn:cloudwatch:dev-stream-scale-out-alarm",
      "arn:cloudwatch:dev-stream-scale-in-alarm",
    ]);
  });
});
