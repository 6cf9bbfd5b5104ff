import type { Operation, Shape } from "../../core/cloud";
import { findStream, kinesisError, requestedName, type KinesisAccount } from "./account";

const tagLimit = 50;

/** Tags of streams and consumers. */
export function taggingOperations(account: KinesisAccount): Record<string, Operation> {
  return {
    AddTagsToStream: (input) => add(account, findStream(account, input).tags, input.Tags),
    RemoveTagsFromStream: (input) => remove(findStream(account, input).tags, input.TagKeys),
    ListTagsForStream: (input) => listPage(findStream(account, input).tags, input),
    TagResource: (input) => add(account, resourceTags(account, input), input.Tags),
    UntagResource: (input) => remove(resourceTags(account, input), input.TagKeys),
    ListTagsForResource: (input) => ({ Tags: shapes(resourceTags(account, input)) }),
  };
}

function resourceTags(account: KinesisAccount, input: Shape): Map<string, string> {
  const stream = findStream(account, { StreamName: requestedName(input) });
  if (!input.ResourceARN.includes("/consumer/")) return stream.tags;
  const consumer = [...stream.consumers.values()].find((c) => c.arn === input.ResourceARN);
  if (consumer) return consumer.tags;
  throw kinesisError(
    "ResourceNotFoundException",
    `Consumer ${input.ResourceARN} under account ${account.cloud.account} not found.`,
  );
}

function add(account: KinesisAccount, tags: Map<string, string>, given: Record<string, string>): undefined {
  const keys = new Set([...tags.keys(), ...Object.keys(given)]);
  if (keys.size > tagLimit) {
    throw kinesisError(
      "InvalidArgumentException",
      `Failed to add tags under account ${account.cloud.account} because a given resource cannot have more than ${tagLimit} tags associated with it.`,
    );
  }
  for (const [key, value] of Object.entries(given)) tags.set(key, value);
  return undefined;
}

function remove(tags: Map<string, string>, keys: readonly string[]): undefined {
  for (const key of keys) tags.delete(key);
  return undefined;
}

const shapes = (tags: Map<string, string>): Shape[] =>
  [...tags].sort(([a], [b]) => (a < b ? -1 : 1)).map(([Key, Value]) => ({ Key, Value }));

function listPage(tags: Map<string, string>, input: Shape): Shape {
  const rest = shapes(tags).filter((t) => input.ExclusiveStartTagKey === undefined || t.Key > input.ExclusiveStartTagKey);
  const limit = input.Limit ?? tagLimit;
  return { Tags: rest.slice(0, limit), HasMoreTags: rest.length > limit };
}
