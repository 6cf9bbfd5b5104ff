import { second } from "../../core/clock";

/**
 * A control-plane rate: at most `tps` calls a second on average over windows of `windowSeconds`.
 * In virtual time a Lambda takes no time: what it would spread over its run arrives at one instant. A window of 1 counts
 * strictly per virtual second; a longer one reads the calls of one instant as spread over that long.
 */
export interface RequestRate {
  /** True if this call is within the rate; false: refuse it. Refused calls count too. */
  admit(key: string, tps: number): boolean;
}

export function requestRate(now: () => number, windowSeconds: number): RequestRate {
  let window = -1;
  let calls = new Map<string, number>();
  return {
    admit(key, tps) {
      const current = Math.floor(now() / (windowSeconds * second));
      if (current !== window) {
        window = current;
        calls = new Map();
      }
      const made = (calls.get(key) ?? 0) + 1;
      calls.set(key, made);
      return made <= tps * windowSeconds;
    },
  };
}
