import { isoTime } from "../decide/time";
import type { Action, Capacity } from "../types";

/** One line per decision: what, where, and why in words. `npm run explain` and the timeline read these. */
export interface DecisionLine {
  /** ms since the epoch; written as ISO 8601. */
  time: number;
  stack: string;
  id: string;
  pipeline: string;
  kind: "stream" | "flink";
  action: Action;
  reason: string;
  desired?: Capacity;
  actual?: Capacity;
  /** The service call that was begun, and the capacity it goes to. */
  call?: string;
  target?: Capacity;
  /** What PATCH asked for. */
  requested?: Capacity;
}

export function logDecision(line: DecisionLine): void {
  const { time, ...rest } = line;
  console.log(JSON.stringify({ sluice: "decision", time: isoTime(time), ...rest }));
}

/** Something the scaler could not do: a parameter is broken, an AWS call failed. */
export function logError(time: number, stack: string, id: string, reason: string): void {
  console.log(JSON.stringify({ sluice: "error", time: isoTime(time), stack, id, reason }));
}
