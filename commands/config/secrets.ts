import { isObject } from "../../config/keys";
import { holdsSecret, isEncrypted, type StackFiles } from "../../sandbox/deploy/stackFiles";

/** What is shown in place of an encrypted text. */
const encryptedWords = "[encrypted]";

/** A value as it may be shown. */
export function withoutSecrets(value: unknown): unknown {
  if (isEncrypted(value)) return encryptedWords;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutSecrets(inner)]));
}

/** The files without the keys whose values hold something encrypted, a pipeline's own keys too; and these keys. */
export function plainFiles({ project, stack, config }: StackFiles): { files: StackFiles; secret: string[] } {
  const secret: string[] = [];
  const plain = (values: Record<string, unknown>, at: string): Record<string, unknown> => {
    const kept = Object.entries(values).flatMap(([key, value]) => {
      if (!holdsSecret(value)) return [[key, value]];
      if (at === "" && key === `${project}:pipelines` && isObject(value)) return [[key, plain(value, `${key}.`)]];
      if (at === `${project}:pipelines.` && isObject(value) && !isEncrypted(value)) return [[key, plain(value, `${at}${key}.`)]];
      secret.push(at + key);
      return [];
    });
    return Object.fromEntries(kept) as Record<string, unknown>;
  };
  return { files: { project, stack, config: plain(config, "") }, secret };
}
