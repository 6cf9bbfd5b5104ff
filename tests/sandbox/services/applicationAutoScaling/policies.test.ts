// Source: PutScalingPolicy, DescribeScalingPolicies, DeleteScalingPolicy (API reference); Quotas for Application Auto Scaling
import { strict as assert } from "node:assert";
import type { Shape } from "../../../../sandbox/core/cloud";
import { serviceError } from "../../../../sandbox/core/serviceError";
import { above, fixture, key, resourceId } from "./fixture";

const step = { AdjustmentType: "ChangeInCapacity", StepAdjustments: above(2) };
const put = (name: string, more: Shape = {}) => ({
  ...key,
  PolicyName: name,
  PolicyType: "StepScaling",
  StepScalingPolicyConfiguration: step,
  ...more,
});
const namespace = { ServiceNamespace: "custom-resource" };

describe("PutScalingPolicy", () => {
  it("an update keeps the ARN and replaces the configuration", async () => {
    const { call } = await fixture();
    const { PolicyARN } = await call("PutScalingPolicy", put("out"));
    const again = { ...step, Cooldown: 60 };
    assert.equal((await call("PutScalingPolicy", put("out", { StepScalingPolicyConfiguration: again }))).PolicyARN, PolicyARN);
    const { ScalingPolicies } = await call("DescribeScalingPolicies", namespace);
    assert.equal(ScalingPolicies.length, 1);
    assert.deepEqual(ScalingPolicies[0].StepScalingPolicyConfiguration, again);
  });

  it("refuses wrong step adjustments with every problem", async () => {
    const { call } = await fixture();
    const wrong = {
      AdjustmentType: "ChangeInCapacity",
      StepAdjustments: [{ MetricIntervalLowerBound: -5, MetricIntervalUpperBound: 5, ScalingAdjustment: 1 }],
    };
    await assert.rejects(call("PutScalingPolicy", put("out", { StepScalingPolicyConfiguration: wrong })), {
      name: "ValidationException",
      message: /negative lower bound.*; .*positive upper bound/,
    });
    assert.deepEqual((await call("DescribeScalingPolicies", namespace)).ScalingPolicies, []);
  });

  it("predictive scaling is only supported for Amazon ECS", async () => {
    const { call } = await fixture();
    await assert.rejects(call("PutScalingPolicy", put("p", { PolicyType: "PredictiveScaling" })), {
      name: "ValidationException",
      message: /only supported for Amazon ECS/,
    });
  });

  it("the type must fit its configuration", async () => {
    const { call } = await fixture();
    await assert.rejects(call("PutScalingPolicy", put("p", { PolicyType: "SimpleScaling" })), /must be StepScaling/);
    await assert.rejects(
      call("PutScalingPolicy", put("p", { StepScalingPolicyConfiguration: undefined })),
      /is required for policy type StepScaling/,
    );
    await assert.rejects(
      call("PutScalingPolicy", put("p", { PolicyType: "TargetTrackingScaling", StepScalingPolicyConfiguration: undefined })),
      /is required/,
    );
    await assert.rejects(call("PutScalingPolicy", put("p", { TargetTrackingScalingPolicyConfiguration: {} })), /Only one of/);
  });

  it("names have 1 to 256 characters", async () => {
    const { call } = await fixture();
    await assert.rejects(call("PutScalingPolicy", put("")), /at 'policyName'/);
    await assert.rejects(call("PutScalingPolicy", put("x".repeat(257))), /at 'policyName'/);
    await assert.rejects(call("PutScalingPolicy", put(undefined as unknown as string)), /Value null at 'policyName'/);
    await call("PutScalingPolicy", put("x".repeat(256)));
  });

  it("a scalable target has at most 50 policies", async () => {
    const { call } = await fixture();
    for (let i = 0; i < 50; i++) await call("PutScalingPolicy", put(`p${i}`));
    await assert.rejects(call("PutScalingPolicy", put("p50")), { name: "LimitExceededException" });
    await call("PutScalingPolicy", put("p0"));
  });
});

describe("DescribeScalingPolicies", () => {
  it("lists the alarms whose actions name a step policy", async () => {
    let arn = "";
    const alarm = (name: string, actions: string[]) => ({ AlarmName: name, AlarmArn: `arn:${name}`, AlarmActions: actions });
    const answer = () => ({ MetricAlarms: [alarm("high", [arn]), alarm("other", ["arn:aws:sns:x"])] });
    const { call, cloud } = await fixture({ cloud: { answer } });
    arn = (await call("PutScalingPolicy", put("out"))).PolicyARN;
    const { ScalingPolicies } = await call("DescribeScalingPolicies", {
      ...namespace,
      ResourceId: resourceId,
      PolicyNames: ["out"],
    });
    assert.deepEqual(ScalingPolicies, [
      {
        ...key,
        PolicyARN: arn,
        PolicyName: "out",
        PolicyType: "StepScaling",
        StepScalingPolicyConfiguration: step,
        Alarms: [{ AlarmName: "high", AlarmARN: "arn:high" }],
        CreationTime: new Date("2026-03-02T00:00:00Z"),
      },
    ]);
    assert.match(cloud.calls[0]!.caller.arn, /AWSServiceRoleForApplicationAutoScaling_CustomResource$/);
    assert.deepEqual((await call("DescribeScalingPolicies", { ...namespace, PolicyNames: ["in"] })).ScalingPolicies, []);
  });

  it("alarms that can't be read are a FailedResourceAccessException", async () => {
    const answer = () => {
      throw serviceError("cloudwatch", "AccessDenied", "not authorized to perform: cloudwatch:DescribeAlarms");
    };
    const { call } = await fixture({ cloud: { answer } });
    await call("PutScalingPolicy", put("out"));
    await assert.rejects(call("DescribeScalingPolicies", namespace), { name: "FailedResourceAccessException" });
  });
});

describe("DeleteScalingPolicy", () => {
  it("ends the policy: an alarm that still names it is refused", async () => {
    const { call, fire } = await fixture();
    const { PolicyARN } = await call("PutScalingPolicy", put("out"));
    await call("DeleteScalingPolicy", { ...key, PolicyName: "out" });
    await assert.rejects(fire(PolicyARN, [80]), { name: "ObjectNotFoundException" });
    await assert.rejects(call("DeleteScalingPolicy", { ...key, PolicyName: "out" }), {
      name: "ObjectNotFoundException",
      message: /^No scaling policy found for service namespace: custom-resource, resource ID: .*, policy name: out$/,
    });
  });
});
