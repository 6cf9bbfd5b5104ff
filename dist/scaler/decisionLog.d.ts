import type { Action, Capacity } from "./types";
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
export declare function logDecision(line: DecisionLine): void;
/** Something the scaler could not do: a parameter is broken, an AWS call failed. */
export declare function logError(time: number, stack: string, id: string, reason: string): void;
