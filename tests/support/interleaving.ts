import type { Invocation } from "./scalerWorld";

/** Several invocations at once: before each AWS call they wait, and a list of choices says whose call is next. */
export interface Interleaving {
  ended(invocation: Invocation): void;
  /** Resolves when it is this call's turn. */
  pass(invocation: Invocation): Promise<void>;
  /** Lets `calls` calls pass (all by default), in the order of the choices, until nobody waits any more. */
  step(choices: readonly number[], calls?: number): Promise<void>;
}

interface Waiting {
  invocation: Invocation;
  go: () => void;
}

export function interleaving(): Interleaving {
  const waiting: Waiting[] = [];
  return {
    ended(invocation) {
      for (let i = waiting.length - 1; i >= 0; i--) if (waiting[i]?.invocation === invocation) waiting.splice(i, 1);
    },
    pass: (invocation) => new Promise<void>((go) => waiting.push({ invocation, go })),
    async step(choices, calls = Infinity) {
      for (let i = 0; i < calls; i++) {
        // Everything that needs no AWS call happens before the next choice.
        await new Promise((resolve) => setImmediate(resolve));
        const next = waiting.splice((choices[i % Math.max(1, choices.length)] ?? 0) % Math.max(1, waiting.length), 1)[0];
        if (!next) return;
        next.go();
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
