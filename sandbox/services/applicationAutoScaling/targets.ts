import { partitionOf } from "../../../components/partition";
import { Phase } from "../../core/clock";
import type { Principal, Shape } from "../../core/cloud";
import { reportTarget } from "./activities";
import type { Context } from "./context";
import { getDimension, parseResourceId, serviceLinkedRole } from "./endpoint";
import { limitExceeded, noScalableTarget, validationException } from "./errors";
import { deleteOwnAlarms } from "./policyAlarms";
import { checkDescribe, checkTargetKey, integers, page } from "./requests";
import { enforceBounds } from "./scaling";
import { checkTags } from "./tags";
import { namespace, scalableDimension, type ScalableTarget } from "./types";

/** "Quotas for Application Auto Scaling": scalable targets per resource type, for all types but DynamoDB, ECS and Keyspaces. */
export const maxScalableTargets = 500;

export async function registerScalableTarget(context: Context, input: Shape, caller: Principal): Promise<Shape> {
  checkTargetKey(input, ...integers(input, "MinCapacity", "MaxCapacity"));
  const existing = context.targets.get(input.ResourceId);
  const { min, max } = bounds(input, existing);
  if (existing && input.Tags) {
    throw validationException(
      "The scalable target that you tried to tag already exists. To update tags on an existing scalable target, use the TagResource API.",
    );
  }
  checkTags(input.Tags ?? {});
  if (!existing && context.targets.size >= maxScalableTargets) {
    throw limitExceeded(`The maximum number of scalable targets (${maxScalableTargets}) for ${namespace} has been reached.`);
  }
  checkPermissions(context, input.ResourceId, caller);
  const answer = await getDimension(context.cloud, input.ResourceId);
  if (!answer.ok) throw validationException(`Unable to register ${input.ResourceId} as a scalable target: ${answer.reason}`);
  const target = existing ?? newTarget(context, input.ResourceId);
  Object.assign(target, { min, max, version: answer.reading.version });
  Object.assign(target.suspended, input.SuspendedState);
  Object.assign(target.tags, input.Tags);
  context.targets.set(target.resourceId, target);
  const words = `${existing ? "updated" : "registered"} with capacity between ${min} and ${max}`;
  const type = existing ? "ScalableTargetUpdated" : "ScalableTargetRegistered";
  reportTarget(context.cloud, target.resourceId, type, words, { min, max, suspended: { ...target.suspended } });
  // The adjustment into the bounds begins right after the answer.
  context.cloud.clock.at(context.cloud.clock.now(), Phase.Invoke, async () => {
    if (target.registered) await enforceBounds(context, target);
  });
  return { ScalableTargetARN: target.arn };
}

function bounds(input: Shape, existing: ScalableTarget | undefined): { min: number; max: number } {
  const min = input.MinCapacity ?? existing?.min;
  const max = input.MaxCapacity ?? existing?.max;
  if (min === undefined) throw validationException("Minimum capacity must be specified");
  if (max === undefined) throw validationException("Maximum capacity must be specified");
  if (min < 0) throw validationException("Minimum capacity cannot be less than 0");
  if (max < min) throw validationException("Maximum capacity cannot be less than minimum capacity");
  return { min, max };
}

/** "Permissions validation for API calls on target resources": what the caller itself must be allowed to do. */
function checkPermissions(context: Context, resourceId: string, caller: Principal): void {
  const { account, region } = context.cloud;
  const { api, stage, id } = parseResourceId(resourceId)!;
  const invoke = (method: string) => ({
    name: `execute-api:Invoke:${method}`,
    requirement: {
      action: "execute-api:Invoke",
      resource: `arn:${partitionOf(region).name}:execute-api:${region}:${account}:${api}/${stage}/${method}/scalableTargetDimensions/${id}`,
    },
  });
  const alarm = (action: string) => ({
    name: `cloudwatch:${action}`,
    requirement: {
      action: `cloudwatch:${action}`,
      resource: action === "DescribeAlarms" ? "*" : `arn:${partitionOf(region).name}:cloudwatch:${region}:${account}:alarm:*`,
    },
  });
  const needed = [invoke("PATCH"), invoke("GET"), alarm("PutMetricAlarm"), alarm("DescribeAlarms"), alarm("DeleteAlarms")];
  const missing = needed.filter(({ requirement }) => !context.mayDo(caller, requirement));
  if (missing.length > 0) {
    throw validationException(`User is missing the following permissions: ${missing.map(({ name }) => name).join(", ")}`);
  }
}

function newTarget(context: Context, resourceId: string): ScalableTarget {
  const { account, region, clock } = context.cloud;
  return {
    resourceId,
    arn: `arn:${partitionOf(region).name}:application-autoscaling:${region}:${account}:scalable-target/${context.uuid().replaceAll("-", "")}`,
    min: 0,
    max: 0,
    suspended: { DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false, ScheduledScalingSuspended: false },
    createdAt: clock.now(),
    tags: {},
    policies: new Map(),
    scheduledActions: new Map(),
    version: "",
    pending: [],
    registered: true,
  };
}

export function describeScalableTargets(context: Context, input: Shape): Shape {
  checkDescribe(input);
  const ids: string[] | undefined = input.ResourceIds;
  const all = input.ServiceNamespace === namespace ? [...context.targets.values()] : [];
  const { items, NextToken } = page(
    all.filter((target) => !ids?.length || ids.includes(target.resourceId)),
    input,
  );
  return { ScalableTargets: items.map((target) => describeTarget(context, target)), NextToken };
}

function describeTarget(context: Context, target: ScalableTarget): Shape {
  return {
    ServiceNamespace: namespace,
    ResourceId: target.resourceId,
    ScalableDimension: scalableDimension,
    MinCapacity: target.min,
    MaxCapacity: target.max,
    RoleARN: serviceLinkedRole(context.cloud).arn,
    CreationTime: new Date(target.createdAt),
    SuspendedState: { ...target.suspended },
    ScalableTargetARN: target.arn,
  };
}

export async function deregisterScalableTarget(context: Context, input: Shape): Promise<Shape> {
  checkTargetKey(input);
  const target = context.targets.get(input.ResourceId);
  if (!target) throw noScalableTarget(input.ResourceId);
  await context.deregister(target);
  return {};
}

/** Deregistering deletes the policies, their own alarms and the scheduled actions. */
export async function forgetTarget(context: Context, target: ScalableTarget): Promise<void> {
  target.registered = false;
  context.targets.delete(target.resourceId);
  target.running?.cancel();
  if (target.running) context.history.finish(target.running.activity, "Failed", "The scalable target was deregistered.");
  target.running = undefined;
  target.disarmSchedule?.();
  reportTarget(
    context.cloud,
    target.resourceId,
    "ScalableTargetDeregistered",
    "deregistered with its policies and scheduled actions",
    {
      policies: [...target.policies.keys()],
    },
  );
  for (const policy of target.policies.values()) context.policies.delete(policy.arn);
  for (const policy of target.policies.values()) await deleteOwnAlarms(context, policy);
}
