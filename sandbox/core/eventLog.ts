/**
 * What happened, in order: the one log that feeds terminal, page, reports and tests.
 * An event says who (`source`), what (`type`, past tense: "UpdateShardCountStarted") and the facts (`detail`).
 */
export interface SandboxEvent {
  /** ms since the epoch, virtual. */
  time: number;
  source: string;
  type: string;
  /** One sentence for people. */
  message: string;
  detail: Readonly<Record<string, unknown>>;
}

export interface EventLog {
  append(event: SandboxEvent): void;
  /** The newest events, oldest first. Old ones are dropped: memory stays flat however long a run is. */
  recent(): readonly SandboxEvent[];
  subscribe(listener: (event: SandboxEvent) => void): () => void;
}

/** @param capacity events kept; listeners see all. */
export function eventLog(capacity = 10_000): EventLog {
  let kept: SandboxEvent[] = [];
  let listeners: ((event: SandboxEvent) => void)[] = [];
  return {
    append(event) {
      kept.push(event);
      if (kept.length > 2 * capacity) kept = kept.slice(-capacity);
      for (const listener of listeners) listener(event);
    },
    recent: () => kept.slice(-capacity),
    subscribe(listener) {
      listeners = [...listeners, listener];
      return () => {
        listeners = listeners.filter((l) => l !== listener);
      };
    },
  };
}
