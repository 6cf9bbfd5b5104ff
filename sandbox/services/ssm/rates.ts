import { second } from "../../core/clock";
import { ssmError } from "./parameterStore";

export interface RateLimits {
  /** GetParameter, GetParameters and GetParametersByPath together, calls a second. */
  read: number;
  /** PutParameter, calls a second. */
  write: number;
}

/** "AWS Systems Manager endpoints and quotas": standard throughput. */
export const standardThroughput: RateLimits = { read: 40, write: 3 };

/**
 * Counts calls per second of virtual time. All that one Lambda run does happens in one instant of the sandbox, so these limits refuse
 * more than AWS would; that is why they are off unless asked for.
 */
export function rateLimiter(limits: RateLimits | undefined, now: () => number): (kind: keyof RateLimits) => void {
  if (!limits) return () => undefined;
  let at = -1;
  const counts = { read: 0, write: 0 };
  return (kind) => {
    const current = Math.floor(now() / second);
    if (current !== at) [at, counts.read, counts.write] = [current, 0, 0];
    if (++counts[kind] > limits[kind]) throw ssmError("ThrottlingException", "Rate exceeded");
  };
}
