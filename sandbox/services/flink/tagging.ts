import type { Operation } from "../../core/cloud";
import { findApplication, flinkError, type FlinkAccount } from "./account";

const tagLimit = 50;

export function taggingOperations(account: FlinkAccount): Record<string, Operation> {
  return {
    TagResource: (input) => {
      const { tags } = findApplication(account, input);
      const keys = new Set([...tags.keys(), ...input.Tags.map((tag: { Key: string }) => tag.Key)]);
      if (keys.size > tagLimit) throw flinkError("TooManyTagsException", `An application can have ${tagLimit} tags at most.`);
      for (const { Key, Value } of input.Tags) tags.set(Key, Value ?? "");
      return {};
    },
    UntagResource: (input) => {
      const { tags } = findApplication(account, input);
      for (const key of input.TagKeys) tags.delete(key);
      return {};
    },
  };
}
