import { partitionOf } from "../../../components/partition";
import { Phase } from "../../core/clock";
import type { Shape } from "../../core/cloud";
import type { ScalingTrigger } from "../../core/peers";
import { reportTarget } from "./activities";
import type { Context } from "./context";
import { hasStep } from "./decision";
import { limitExceeded, objectNotFound, validationException } from "./errors";
import { alarmsOf, deleteOwnAlarms, putOwnAlarms } from "./policyAlarms";
import { checkDescribe, checkTargetKey, nameProblems, page, registeredTarget, required } from "./requests";
import { decidePending } from "./scaling";
import { stepConfigurationProblems } from "./stepAdjustments";
import { isLowAlarm } from "./targetTracking";
import { sameMetric, targetTrackingProblems } from "./targetTrackingConfiguration";
import { namespace, scalableDimension, type ScalableTarget, type ScalingPolicy } from "./types";

/** "Quotas for Application Auto Scaling": scaling policies per scalable target, step and target tracking together, fixed. */
export const maxPolicies = 50;

export async function putScalingPolicy(context: Context, input: Shape): Promise<Shape> {
  checkTargetKey(input, ...required(input, "PolicyName"), ...nameProblems("PolicyName", input.PolicyName));
  const target = registeredTarget(context, input.ResourceId);
  const existing = target.policies.get(input.PolicyName);
  const configuration = checkedConfiguration(target, input, existing);
  if (!existing && target.policies.size >= maxPolicies) {
    throw limitExceeded(`The maximum number of scaling policies (${maxPolicies}) for the scalable target has been reached.`);
  }
  const policy = existing ?? newPolicy(context, target, input.PolicyName);
  Object.assign(policy, { step: undefined, targetTracking: undefined }, configuration);
  target.policies.set(policy.name, policy);
  context.policies.set(policy.arn, { target, policy });
  if (policy.targetTracking) await putOwnAlarms(context, target, policy);
  else await deleteOwnAlarms(context, policy);
  const kind = policy.step ? "StepScaling" : "TargetTrackingScaling";
  const words = `${kind} policy ${policy.name} ${existing ? "updated" : "created"}`;
  reportTarget(context.cloud, target.resourceId, "ScalingPolicyPut", words, { policy: policy.name, policyArn: policy.arn });
  return { PolicyARN: policy.arn, Alarms: policy.alarms.map((alarm) => ({ AlarmName: alarm.name, AlarmARN: alarm.arn })) };
}

function checkedConfiguration(
  target: ScalableTarget,
  input: Shape,
  existing: ScalingPolicy | undefined,
): Pick<ScalingPolicy, "step" | "targetTracking"> {
  const { PolicyType: type, StepScalingPolicyConfiguration: step, TargetTrackingScalingPolicyConfiguration: tracking } = input;
  const kind = type ?? (existing?.targetTracking ? "TargetTrackingScaling" : "StepScaling");
  if (kind === "PredictiveScaling" || input.PredictiveScalingPolicyConfiguration) {
    throw validationException(
      `PredictiveScaling is not supported for service namespace ${namespace}: only supported for Amazon ECS`,
    );
  }
  if (kind !== "StepScaling" && kind !== "TargetTrackingScaling") {
    throw validationException(`PolicyType '${kind}' must be StepScaling, TargetTrackingScaling or PredictiveScaling`);
  }
  if (step && tracking)
    throw validationException("Only one of step scaling and target tracking policy configuration can be specified");
  if (kind === "StepScaling") {
    const problems = step
      ? stepConfigurationProblems(step)
      : ["StepScalingPolicyConfiguration is required for policy type StepScaling"];
    if (problems.length > 0) throw validationException(problems.join("; "));
    return { step: structuredClone(step) };
  }
  const problems = tracking
    ? targetTrackingProblems(tracking)
    : ["TargetTrackingScalingPolicyConfiguration is required for policy type TargetTrackingScaling"];
  if (problems.length > 0) throw validationException(problems.join("; "));
  const others = [...target.policies.values()].filter((policy) => policy !== existing && policy.targetTracking);
  if (others.some((policy) => sameMetric(policy.targetTracking!, tracking))) {
    throw validationException("Only one TargetTrackingScaling policy for a given metric specification is allowed.");
  }
  return { targetTracking: structuredClone(tracking) };
}

function newPolicy(context: Context, target: ScalableTarget, name: string): ScalingPolicy {
  const { account, region, clock } = context.cloud;
  const owner = `arn:${partitionOf(region).name}:autoscaling:${region}:${account}:scalingPolicy:${context.uuid()}`;
  const arn = `${owner}:resource/${namespace}/${target.resourceId}:policyName/${name}`;
  return { name, arn, createdAt: clock.now(), alarms: [] };
}

export async function describeScalingPolicies(context: Context, input: Shape): Promise<Shape> {
  checkDescribe(input);
  const names: string[] | undefined = input.PolicyNames;
  const targets = [...context.targets.values()].filter((target) => !input.ResourceId || target.resourceId === input.ResourceId);
  const all =
    input.ServiceNamespace === namespace
      ? targets.flatMap((target) => [...target.policies.values()].map((policy) => ({ target, policy })))
      : [];
  const { items, NextToken } = page(
    all.filter(({ policy }) => !names?.length || names.includes(policy.name)),
    input,
  );
  const described = [];
  for (const { target, policy } of items) described.push(await describePolicy(context, target, policy));
  return { ScalingPolicies: described, NextToken };
}

async function describePolicy(context: Context, target: ScalableTarget, policy: ScalingPolicy): Promise<Shape> {
  return {
    PolicyARN: policy.arn,
    PolicyName: policy.name,
    ServiceNamespace: namespace,
    ResourceId: target.resourceId,
    ScalableDimension: scalableDimension,
    PolicyType: policy.step ? "StepScaling" : "TargetTrackingScaling",
    ...(policy.step ? { StepScalingPolicyConfiguration: structuredClone(policy.step) } : {}),
    ...(policy.targetTracking ? { TargetTrackingScalingPolicyConfiguration: structuredClone(policy.targetTracking) } : {}),
    Alarms: await alarmsOf(context, policy),
    CreationTime: new Date(policy.createdAt),
  };
}

export async function deleteScalingPolicy(context: Context, input: Shape): Promise<Shape> {
  checkTargetKey(input, ...required(input, "PolicyName"));
  const target = context.targets.get(input.ResourceId);
  const policy = target?.policies.get(input.PolicyName);
  if (!target || !policy) {
    throw objectNotFound(
      `No scaling policy found for service namespace: ${namespace}, resource ID: ${input.ResourceId}, ` +
        `scalable dimension: ${scalableDimension}, policy name: ${input.PolicyName}`,
    );
  }
  target.policies.delete(policy.name);
  context.policies.delete(policy.arn);
  await deleteOwnAlarms(context, policy);
  reportTarget(context.cloud, target.resourceId, "ScalingPolicyDeleted", `policy ${policy.name} deleted`, {
    policy: policy.name,
  });
  return {};
}

/** An alarm's action reached a policy. What fires at the same instant is decided together, once. */
export function triggerPolicy(context: Context, policyArn: string, trigger: ScalingTrigger): void {
  const found = context.policies.get(policyArn);
  if (!found) throw objectNotFound(`No scaling policy found for ARN: ${policyArn}`);
  const { target, policy } = found;
  if (trigger.datapoints.length === 0)
    throw validationException(`No metric data points to scale on from alarm ${trigger.alarmName}`);
  if (!hasStep(policy, trigger)) {
    throw validationException(
      `No step adjustment found for metric value [${trigger.datapoints.join(", ")}] and threshold ${trigger.threshold}`,
    );
  }
  const now = context.cloud.clock.now();
  if (isLowAlarm(policy, trigger)) policy.lowAlarmFiredAt = now;
  target.pending.push({ policy, trigger });
  if (target.pending.length > 1) return;
  context.cloud.clock.at(now, Phase.Alarms, async () => {
    if (target.registered) await decidePending(context, target);
  });
}
