import type { Operation, Shape } from "../../core/cloud";
import { resourceNotFoundException, validationError } from "./errors";

/** Tags of alarms and dashboards, by ARN. */
export interface Tags {
  add(arn: string, tags: { Key: string; Value: string }[]): void;
  forget(arn: string): void;
  operations: Record<string, Operation>;
}

const mostTags = 50;

export function createTags(exists: (arn: string) => boolean): Tags {
  const byArn = new Map<string, Map<string, string>>();

  const add = (arn: string, tags: { Key: string; Value: string }[]) => {
    const merged = new Map([...(byArn.get(arn) ?? []), ...tags.map(({ Key, Value }): [string, string] => [Key, Value])]);
    if (merged.size > mostTags) throw validationError(`A resource can have at most ${mostTags} tags, got ${merged.size}`);
    byArn.set(arn, merged);
  };
  const known = (input: Shape): string => {
    const arn = input.ResourceARN;
    if (typeof arn !== "string") throw validationError("ResourceARN must not be null");
    if (!exists(arn)) throw resourceNotFoundException(`Resource ${arn} does not exist`);
    return arn;
  };

  return {
    add,
    forget: (arn) => void byArn.delete(arn),
    operations: {
      TagResource(input) {
        add(known(input), input.Tags ?? []);
        return {};
      },
      UntagResource(input) {
        const tags = byArn.get(known(input));
        for (const key of input.TagKeys ?? []) tags?.delete(key);
        return {};
      },
      ListTagsForResource: (input) => ({ Tags: [...(byArn.get(known(input)) ?? [])].map(([Key, Value]) => ({ Key, Value })) }),
    },
  };
}
