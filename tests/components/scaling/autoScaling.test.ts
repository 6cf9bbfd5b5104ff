import * as assert from "node:assert/strict";
import { AutoScaling, dimensionPanel, type AutoScalingArgs } from "../../../components/scaling/autoScaling";
import type { MetricQuery } from "../../../components/metrics/metricQuery";
import { AdjustmentType, scaleInSteps, scaleOutSteps } from "../../../components/scaling/stepAdjustments";
import { record, resource, resourcesOf } from "../../support/recorder";

const utilisation = (id: string): MetricQuery[] => [
  {
    id: "c",
    metric: { namespace: "Sluice", metricName: "DesiredCapacity", dimensions: { Stack: "dev" }, stat: "Maximum" },
    returnData: false,
  },
  { id, label: "Utilisation (%)", expression: "100 / c", returnData: true },
];
const args: AutoScalingArgs = {
  endpoint: "https://api/v1",
  id: "dev-stream",
  description: "shards of the stream",
  min: 2,
  max: 64,
  highestPercent: 200,
  scaling: {
    scaleOutPercent: 75,
    targetPercent: 60,
    scaleInPercent: 35,
    scaleOutMinutes: 2,
    scaleOutDatapoints: 2,
    scaleInMinutes: 90,
    scaleInDatapoints: 80,
    scaleOutCooldownSeconds: 300,
    scaleInCooldownSeconds: 600,
  },
  scaleOutUtilisation: utilisation("out"),
  scaleInUtilisation: utilisation("in"),
};
const run = (more: Partial<AutoScalingArgs> = {}) =>
  record(() => ({ arns: new AutoScaling("dev-stream", { ...args, ...more }).alarmArns }));
const target = "aws:appautoscaling/target:Target";
const policy = "aws:appautoscaling/policy:Policy";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

describe("AutoScaling: the scalable target", () => {
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

  it("is suspended in every way by one switch", async () => {
    const { inputs } = resource(await run({ suspended: true }), target);
    assert.deepEqual(new Set(Object.values(inputs["suspendedState"] as object)), new Set([true]));
  });
});

describe("AutoScaling: the policies", () => {
  const configurationOf = async (name: string, more: Partial<AutoScalingArgs> = {}) =>
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
      stepAdjustments: asAws(scaleOutSteps(75, 60, 200).steps),
    });
    assert.deepEqual(await configurationOf("dev-stream-scale-in-policy"), {
      adjustmentType: "PercentChangeInCapacity",
      cooldown: 600,
      metricAggregationType: "Maximum",
      stepAdjustments: asAws(scaleInSteps(35, 60, 2, 64).steps),
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

describe("AutoScaling: the alarms", () => {
  it("are two, one expression each, that fire only by minutes of which something is known", async () => {
    const recording = await run();
    const metric = {
      namespace: "Sluice",
      metricName: "DesiredCapacity",
      dimensions: { Stack: "dev" },
      stat: "Maximum",
      period: 60,
    };
    const queries = (id: string) => [
      { id: "c", metric, returnData: false },
      { id, label: "Utilisation (%)", expression: "100 / c", returnData: true },
    ];
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

describe("AutoScaling: what the dashboard draws", () => {
  it("is the dimension with its bounds and thresholds", () => {
    assert.deepEqual(dimensionPanel({ id: "dev-stream", min: 2, max: 64 }, args.scaling), {
      ...{ dimensionId: "dev-stream", min: 2, max: 64, scaleOutPercent: 75, targetPercent: 60, scaleInPercent: 35 },
    });
  });
});
