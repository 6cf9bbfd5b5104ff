import type { Cloud, Requirement, Shape } from "../../core/cloud";
import { requestedName, streamArn } from "./account";
import { decodeShardPage } from "./describe";
import { decodeIterator } from "./getRecords";

/** Operations without a resource type ("Actions, resources, and condition keys for Amazon Kinesis Data Streams"). */
const unscoped = new Set(["DescribeLimits", "DescribeAccountSettings", "ListStreams"]);
const onConsumer = new Set(["DescribeStreamConsumer", "DeregisterStreamConsumer"]);

export function kinesisRequirements(cloud: Cloud, operation: string, input: Shape): Requirement[] {
  const action = `kinesis:${operation}`;
  if (unscoped.has(operation)) return [{ action, resource: "*" }];
  if (typeof input?.ResourceARN === "string") return [{ action, resource: input.ResourceARN }];
  const resource = streamArn(cloud, requestedName(input) ?? nameFromToken(operation, input) ?? "");
  if (onConsumer.has(operation))
    return [{ action, resource: input?.ConsumerARN ?? `${resource}/consumer/${input?.ConsumerName}:*` }];
  const needs = [{ action, resource }];
  if (operation === "CreateStream" && input?.Tags) needs.push({ action: "kinesis:AddTagsToStream", resource });
  if (operation === "RegisterStreamConsumer" && input?.Tags) needs.push({ action: "kinesis:TagResource", resource });
  return needs;
}

function nameFromToken(operation: string, input: Shape): string | undefined {
  if (operation === "GetRecords") return decodeIterator(input?.ShardIterator)?.stream;
  if (operation === "ListShards") return decodeShardPage(input?.NextToken)?.stream;
  return undefined;
}
