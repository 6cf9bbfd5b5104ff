import type { DecisionLine } from "../scaler/aws/log";

/** What is known about a stack's scaling, from its log, its alarms and Application Auto Scaling. Times are ms since the epoch. */
export interface Evidence {
  lines: readonly ScalerLine[];
  alarms: readonly (AlarmChange | FailedAction)[];
  activities: readonly Activity[];
  rules: readonly Rule[];
}

/** A line of the scaler's log: a decision, or something that it could not do. */
export type ScalerLine = DecisionLine | ({ action: "error" } & Pick<DecisionLine, "time" | "id" | "reason">);

export interface AlarmChange {
  is: "change";
  time: number;
  alarm: string;
  to: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  /** What it saw, oldest first; the newest few of many. */
  values: readonly number[];
}

/** An alarm action that Application Auto Scaling refused. */
export interface FailedAction {
  is: "failedAction";
  time: number;
  alarm: string;
  error: string;
}

/** A scaling activity of Application Auto Scaling. */
export interface Activity {
  time: number;
  end?: number;
  /** Id of the dimension. */
  id: string;
  description: string;
  cause: string;
  status: string;
  message?: string;
  /** Why it did not scale; undefined: it did. */
  notScaled?: { code: string; capacity?: number };
}

/** An alarm and the scaling policy that it triggers. */
export interface Rule {
  alarm: string;
  /** Id of the dimension. */
  id: string;
  policy: string;
  direction: "out" | "in";
  /** What the alarm compares, e.g. "Stream utilisation (%)". */
  signal: string;
  threshold: number;
  /** Whether a value equal to the threshold counts. */
  inclusive: boolean;
  /** M of N. */
  datapoints: number;
  minutes: number;
  /** Undefined for target tracking. */
  steps?: { type: string; adjustments: readonly StepAdjustment[] };
  cooldownSeconds?: number;
  suspended: boolean;
}

/** Bounds are distances from the threshold; undefined: none. */
export interface StepAdjustment {
  lower?: number;
  upper?: number;
  adjustment: number;
}
