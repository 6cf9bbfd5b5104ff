import { isObject } from "../../config/keys";

/** What is shown in place of an encrypted text. */
const encryptedWords = "[encrypted]";

/** `pulumi config set --secret` writes `secure: ...` in a text's place, also inside of a list or an object. */
function isEncrypted(value: unknown): boolean {
  return isObject(value) && Object.keys(value).join() === "secure";
}

export function holdsSecret(value: unknown): boolean {
  if (isEncrypted(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSecret);
}

export function withoutSecrets(value: unknown): unknown {
  if (isEncrypted(value)) return encryptedWords;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutSecrets(inner)]));
}
