import { partitionOf } from "../../../components/partition";
import type { Requirement, Shape } from "../../core/cloud";
import type { Context } from "./context";

/** Actions without a resource type in "Actions, resources, and condition keys for AWS Application Auto Scaling". */
const withoutResource = [
  "DescribeScalableTargets",
  "DescribeScalingPolicies",
  "DescribeScalingActivities",
  "DescribeScheduledActions",
];

export function requirements(context: Context, operation: string, input: Shape): Requirement[] {
  const action = `application-autoscaling:${operation}`;
  if (withoutResource.includes(operation)) return [{ action, resource: "*" }];
  if (typeof input?.ResourceARN === "string") return [{ action, resource: input.ResourceARN }];
  const { account, region } = context.cloud;
  const arn =
    context.targets.get(input?.ResourceId)?.arn ??
    `arn:${partitionOf(region).name}:application-autoscaling:${region}:${account}:scalable-target/*`;
  return [{ action, resource: arn }];
}
