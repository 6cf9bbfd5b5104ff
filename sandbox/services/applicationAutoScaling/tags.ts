import type { Shape } from "../../core/cloud";
import type { Context } from "./context";
import { resourceNotFound, tooManyTags, validationException } from "./errors";
import { check, required } from "./requests";
import type { ScalableTarget } from "./types";

/** "Tagging support for Application Auto Scaling": 50 tags a resource, keys up to 128 and values up to 256 characters, no "aws:" keys. */
const maxTags = 50;

export function checkTags(tags: Record<string, unknown>): void {
  if (Object.keys(tags).length > maxTags) throw tooManyTags();
  for (const [key, value] of Object.entries(tags)) {
    if (key.length < 1 || key.length > 128) throw validationException(`Tag key '${key}' must have 1 to 128 characters`);
    if (/^aws:/i.test(key)) throw validationException(`Tag key '${key}' must not begin with aws:, which is reserved`);
    if (typeof value !== "string" || value.length > 256)
      throw validationException(`The value of tag '${key}' must have at most 256 characters`);
  }
}

export function tagResource(context: Context, input: Shape): Shape {
  check(required(input, "ResourceARN", "Tags"));
  const target = targetByArn(context, input.ResourceARN);
  checkTags({ ...target.tags, ...input.Tags });
  Object.assign(target.tags, input.Tags);
  return {};
}

export function untagResource(context: Context, input: Shape): Shape {
  check(required(input, "ResourceARN", "TagKeys"));
  const target = targetByArn(context, input.ResourceARN);
  for (const key of input.TagKeys as string[]) delete target.tags[key];
  return {};
}

export function listTagsForResource(context: Context, input: Shape): Shape {
  check(required(input, "ResourceARN"));
  return { Tags: { ...targetByArn(context, input.ResourceARN).tags } };
}

function targetByArn(context: Context, arn: string): ScalableTarget {
  for (const target of context.targets.values()) if (target.arn === arn) return target;
  throw resourceNotFound(arn);
}
