import { randomBytes } from "node:crypto";
import type { Iam } from "../services/iam/iam";

interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
}

/** Access keys with which jobs act as their applications' roles: what a role may not do is refused to its job too. */
export function roleKeys(): { serve(iam: Iam): void; keyOf(role: string): AccessKey } {
  let serving: Iam | undefined;
  const keys = new Map<string, AccessKey>();
  return {
    serve: (iam) => void (serving = iam),
    keyOf(role) {
      const random = randomBytes(30).toString("hex");
      const key = keys.get(role) ?? {
        accessKeyId: `AKIA${random.slice(0, 16).toUpperCase()}`,
        secretAccessKey: random.slice(20),
      };
      keys.set(role, key);
      serving?.addCredentials(key, role);
      return key;
    },
  };
}
