import * as assert from "node:assert/strict";
import { KpuScaling } from "../../../components/scaling/kpuScaling";
import type { KpuScalingArgs } from "../../../components/scaling/kpuScalingArgs";
import type { ScalingArgs } from "../../../components/scaling/scalingArgs";
import { ShardScaling } from "../../../components/scaling/shardScaling";
import { backlogSteps, stepProblems } from "../../../components/scaling/stepAdjustments";
import { record, resource, resourcesOf } from "../../support/recorder";
import { names } from "./names";

const run = (scaling: ScalingArgs, more: Partial<KpuScalingArgs> = {}) =>
  record(() => {
    const args = { endpoint: "https://api/v1", names, recordsPerKpuPerMinute: 30_000, minKpus: 2, scaling, ...more };
    return { arns: new KpuScaling("dev-flink", args).alarmArns };
  });
const target = "aws:appautoscaling/target:Target";
const policy = "aws:appautoscaling/policy:Policy";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const action = "aws:appautoscaling/scheduledAction:ScheduledAction";

interface Tracking {
  targetValue: number;
  customizedMetricSpecification: {
    metrics: {
      id: string;
      expression?: string;
      returnData: boolean;
      metricStat?: { stat: string; metric: { dimensions: { name: string; value: string }[] } };
    }[];
  };
}
const trackingOf = (inputs: Record<string, unknown>) => inputs["targetTrackingScalingPolicyConfiguration"] as Tracking;

describe("target tracking", () => {
  it("is one policy without steps and without alarms of the program's", async () => {
    const recording = await run({ policy: "targetTracking", targetPercent: 55, scaleOutCooldownSeconds: 360 });
    assert.deepEqual(resourcesOf(recording, alarm), []);
    const { name, inputs } = resource(recording, policy);
    const { customizedMetricSpecification: _metrics, ...configuration } = trackingOf(inputs);
    assert.deepEqual(configuration, { targetValue: 55, scaleOutCooldown: 360, scaleInCooldown: 5400, disableScaleIn: false });
    assert.deepEqual([name, inputs["policyType"]], ["dev-flink-tracking-policy", "TargetTrackingScaling"]);
    assert.ok(!("stepScalingPolicyConfiguration" in inputs));
    const alone = resource(await run({ policy: "targetTracking", disableScaleIn: true }), policy).inputs;
    assert.equal((trackingOf(alone) as unknown as { disableScaleIn: boolean }).disableScaleIn, true);
  });

  it("says its metric in at most ten rows, the metrics and one expression of at most 2,048 characters", async () => {
    const shards = await record(() => {
      new ShardScaling("dev-stream", { endpoint: "https://api/v1", names, scaling: { policy: "targetTracking" } });
      return {};
    });
    const load = await run({ policy: "targetTracking", signal: "cpu" });
    for (const recording of [shards, load, await run({ policy: "targetTracking" })]) {
      const { metrics } = trackingOf(resource(recording, policy).inputs).customizedMetricSpecification;
      assert.ok(metrics.length <= 10, `${metrics.length} rows`);
      const expressions = metrics.filter(({ expression }) => expression !== undefined);
      assert.deepEqual(
        metrics.filter(({ returnData }) => returnData),
        expressions,
      );
      const [{ expression = "" } = {}] = expressions;
      assert.ok(expression.length <= 2_048, `${expression.length} characters`);
      const ids = new Set(expression.match(/\b[a-z]\w*\b/g));
      assert.deepEqual(ids, new Set(metrics.flatMap(({ id, metricStat }) => (metricStat ? [id] : []))));
    }
  });

  it("reads metrics by dimensions as the API has them", async () => {
    const { metrics } = trackingOf(
      resource(await run({ policy: "targetTracking" }), policy).inputs,
    ).customizedMetricSpecification;
    assert.deepEqual(metrics.find(({ id }) => id === "r")!.metricStat, {
      stat: "Sum",
      metric: {
        namespace: "AWS/Kinesis",
        metricName: "IncomingRecords",
        dimensions: [{ name: "StreamName", value: "orders" }],
      },
    });
  });
});

describe("scaling out on lag", () => {
  it("watches seconds, in its own words, with steps that work the backlog off", async () => {
    const recording = await run({ signal: "lag", scaleOutLagSeconds: 300 });
    const out = resource(recording, alarm, "dev-flink-scale-out-alarm").inputs;
    assert.equal(out["threshold"], 300);
    assert.equal(
      out["alarmDescription"],
      "Scales out the KPUs of the application: lag that doesn't drain in time at or above 300 s in 2 of 2 minutes.",
    );
    const into = resource(recording, alarm, "dev-flink-scale-in-alarm").inputs;
    assert.match(into["alarmDescription"] as string, /utilisation below 35 % in 90 of 90 minutes/);
    const { stepAdjustments } = resource(recording, policy, "dev-flink-scale-out-policy").inputs[
      "stepScalingPolicyConfiguration"
    ] as {
      stepAdjustments: unknown[];
    };
    assert.equal(stepAdjustments.length, backlogSteps(300, 900).steps.length);
  });

  it("has steps of which each works off what its interval can hold", () => {
    const { steps, adjustmentType } = backlogSteps(300, 900);
    assert.deepEqual(stepProblems({ steps, adjustmentType }, "out"), []);
    assert.deepEqual(steps[0], { lowerBound: 0, upperBound: 124.26, adjustment: 48 });
    assert.deepEqual(steps.at(-1), { lowerBound: 3094.11, adjustment: 534 });
    assert.deepEqual(
      backlogSteps(225, 900).steps.at(-1)?.adjustment,
      400,
      "sixteen times 225 s in 900 s: four times as many, no more",
    );
    assert.deepEqual(backlogSteps(1, 86_400).steps, [{ lowerBound: 0, adjustment: 1 }]);
  });
});

describe("a schedule", () => {
  const schedule = [{ minimum: 8, from: "08:00", to: "18:00", days: "MON-FRI", timezone: "Europe/Berlin" }];

  it("is scheduled actions of the target, which change the minimum alone", async () => {
    const recording = await run({ schedule });
    assert.deepEqual(
      resourcesOf(recording, action).map(({ name, inputs, options }) => [
        name,
        inputs,
        options.dependsOn.includes("dev-flink-target"),
      ]),
      [
        ["dev-flink-minimum-0800-8", "cron(0 8 ? * MON,TUE,WED,THU,FRI *)", 8],
        ["dev-flink-minimum-1800-2", "cron(0 18 ? * MON,TUE,WED,THU,FRI *)", 2],
      ].map(([name, when, minCapacity]) => [
        name,
        {
          ...{ serviceNamespace: "custom-resource", scalableDimension: "custom-resource:ResourceType:Property" },
          resourceId: "https://api/v1/scalableTargetDimensions/dev-flink",
          ...{ schedule: when, timezone: "Europe/Berlin", scalableTargetAction: { minCapacity } },
        },
        true,
      ]),
    );
  });

  it("owns the minimum of the target, and nothing else of it; without one the minimum is the program's", async () => {
    assert.deepEqual(resource(await run({ schedule }), target).options.ignoreChanges, ["minCapacity"]);
    assert.deepEqual(resource(await run({}), target).options.ignoreChanges, []);
    assert.deepEqual(resourcesOf(await run({}), action), []);
  });
});

describe("what is suspended", () => {
  it("is each direction, and schedules, by itself", async () => {
    for (const [suspended, state] of [
      [["out"], [false, true, false]],
      [["in"], [true, false, false]],
      [["scheduled"], [false, false, true]],
    ] as const) {
      const { inputs } = resource(await run({ suspended: [...suspended] }), target);
      assert.deepEqual(inputs["suspendedState"], {
        dynamicScalingInSuspended: state[0],
        dynamicScalingOutSuspended: state[1],
        scheduledScalingSuspended: state[2],
      });
    }
  });
});
