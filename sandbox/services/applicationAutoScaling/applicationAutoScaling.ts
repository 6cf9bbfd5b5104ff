import type { Cloud, Operation, Principal, Shape } from "../../core/cloud";
import { activityHistory } from "./activities";
import type { Context } from "./context";
import { typedInput } from "./inputs";
import { modelled } from "./modelled";
import { deleteScalingPolicy, describeScalingPolicies, putScalingPolicy, triggerPolicy } from "./policies";
import { checkDescribe, page } from "./requests";
import { requirements } from "./requirements";
import { deleteScheduledAction, describeScheduledActions, putScheduledAction } from "./scheduledActions";
import { listTagsForResource, tagResource, untagResource } from "./tags";
import { deregisterScalableTarget, describeScalableTargets, forgetTarget, registerScalableTarget } from "./targets";
import {
  namespace,
  scalableDimension,
  type Activity,
  type ApplicationAutoScalingOptions,
  type ApplicationAutoScalingService,
} from "./types";
import { uuids } from "./uuids";

/** Application Auto Scaling for custom resources, in virtual time. Sources: its User Guide and API Reference. */
export function createApplicationAutoScaling(
  cloud: Cloud,
  options: ApplicationAutoScalingOptions = {},
): ApplicationAutoScalingService {
  const context: Context = {
    cloud,
    targets: new Map(),
    policies: new Map(),
    history: activityHistory(cloud, options.activitiesKept ?? 200),
    percentBase: options.percentBase ?? "actual",
    pollInterval: (options.pollSeconds ?? 15) * 1_000,
    unfulfilledAfter: (options.unfulfilledSeconds ?? 600) * 1_000,
    mayDo: options.mayDo ?? (() => true),
    deregister: (target) => forgetTarget(context, target),
    uuid: uuids(cloud.random.fork("application-autoscaling")),
  };
  return {
    name: "application-autoscaling",
    operations: typed({
      RegisterScalableTarget: (input, caller) => registerScalableTarget(context, input, caller),
      DescribeScalableTargets: (input) => describeScalableTargets(context, input),
      DeregisterScalableTarget: (input) => deregisterScalableTarget(context, input),
      PutScalingPolicy: (input) => putScalingPolicy(context, input),
      DescribeScalingPolicies: (input) => describeScalingPolicies(context, input),
      DeleteScalingPolicy: (input) => deleteScalingPolicy(context, input),
      PutScheduledAction: (input) => putScheduledAction(context, input),
      DescribeScheduledActions: (input) => describeScheduledActions(context, input),
      DeleteScheduledAction: (input) => deleteScheduledAction(context, input),
      DescribeScalingActivities: (input) => describeScalingActivities(context, input),
      TagResource: (input) => tagResource(context, input),
      UntagResource: (input) => untagResource(context, input),
      ListTagsForResource: (input) => listTagsForResource(context, input),
    }),
    inputs: modelled,
    requirements: (operation, input) => requirements(context, operation, input),
    runScalingPolicy: async (policyArn, trigger) => triggerPolicy(context, policyArn, trigger),
  };
}

/** The same operations, given only requests whose types are right. */
function typed(operations: Record<string, Operation>): Record<string, Operation> {
  const entries = Object.entries(operations);
  return Object.fromEntries(
    entries.map(([name, operation]) => [
      name,
      async (input: Shape, caller: Principal) => operation(typedInput(name, input), caller),
    ]),
  );
}

function describeScalingActivities(context: Context, input: Shape): Shape {
  checkDescribe(input);
  const includeNotScaled = input.IncludeNotScaledActivities === true;
  const all = input.ServiceNamespace === namespace ? context.history.list(input.ResourceId, includeNotScaled) : [];
  const { items, NextToken } = page(all, input);
  return { ScalingActivities: items.map(describeActivity), NextToken };
}

function describeActivity(activity: Activity): Shape {
  return {
    ActivityId: activity.id,
    ServiceNamespace: namespace,
    ResourceId: activity.resourceId,
    ScalableDimension: scalableDimension,
    Description: activity.description,
    Cause: activity.cause,
    StartTime: new Date(activity.startTime),
    ...(activity.endTime === undefined ? {} : { EndTime: new Date(activity.endTime) }),
    StatusCode: activity.statusCode,
    ...(activity.statusMessage === undefined ? {} : { StatusMessage: activity.statusMessage }),
    ...(activity.notScaledReasons ? { NotScaledReasons: structuredClone(activity.notScaledReasons) } : {}),
  };
}
