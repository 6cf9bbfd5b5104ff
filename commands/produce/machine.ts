import type { Machine } from "../../producer/replay";

/** This machine, which somebody may interrupt. */
export interface Surroundings extends Machine {
  /** Calls back when somebody wants an end; returns how to take that back. */
  onInterrupt(call: () => void): () => void;
}

const longestTimer = 2 ** 31 - 1;
const signals = ["SIGINT", "SIGTERM"] as const;

export function thisMachine(): Surroundings {
  return {
    now: () => Date.now(),
    random: Math.random,
    after(milliseconds, call) {
      const timer = setTimeout(call, Math.min(milliseconds, longestTimer));
      return () => clearTimeout(timer);
    },
    onInterrupt(call) {
      for (const signal of signals) process.on(signal, call);
      return () => signals.forEach((signal) => process.off(signal, call));
    },
  };
}
