/**
 * Time inside one invocation. In the sandbox's clock a Lambda takes no time; here each AWS call takes its latency, calls made
 * together overlap, and the code's own work takes none. So an invocation has a duration, and its timeout can strike.
 */
export interface LocalTime {
  /** ms since the invocation began. */
  elapsed(): number;
  /** Starts `task` when its latency has passed, and not at all once the time is up. */
  after<T>(latencyMs: number, task: () => Promise<T>): Promise<T>;
  /** Resolves when a call would have ended after the limit; never, if all is done before. */
  readonly timedOut: Promise<void>;
}

interface Pending {
  at: number;
  order: number;
  start: () => void;
}

export function localTime(limitMs: number): LocalTime {
  let now = 0;
  let order = 0;
  let pumping = false;
  let pending: Pending[] = [];
  let strike: () => void = () => undefined;
  const timedOut = new Promise<void>((resolve) => (strike = resolve));

  // setImmediate runs when the code has nothing left to do but wait for a call: then the earliest one ends.
  const pump = () => {
    pumping = false;
    pending.sort((a, b) => a.at - b.at || a.order - b.order);
    const [next, ...rest] = pending;
    if (!next) return;
    if (next.at > limitMs) {
      now = limitMs;
      pending = [];
      return strike();
    }
    pending = rest;
    now = next.at;
    next.start();
    schedule();
  };
  const schedule = () => {
    if (pumping || pending.length === 0) return;
    pumping = true;
    setImmediate(pump);
  };

  return {
    elapsed: () => now,
    after: (latencyMs, task) =>
      new Promise((resolve, reject) => {
        pending.push({ at: now + latencyMs, order: order++, start: () => void task().then(resolve, reject) });
        schedule();
      }),
    timedOut,
  };
}
