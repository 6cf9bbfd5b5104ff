import type { AlarmDefinition } from "./alarmDefinition";
import type { AlarmState } from "./alarmEvaluation";
import type { Series } from "./series";
import type { Shape } from "../../core/cloud";

export type AlarmActions = Record<AlarmState, string[]>;

/** A metric alarm. Times in ms. */
export interface Alarm {
  name: string;
  arn: string;
  /** The input as DescribeAlarms gives it back. */
  input: Shape;
  actions: AlarmActions;
  actionsEnabled: boolean;
  state: AlarmState;
  reason: string;
  /** JSON text. */
  reasonData: string | undefined;
  /** When state, reason or data were last written. */
  stateUpdated: number;
  /** When the state last changed. */
  stateTransitioned: number;
  configurationUpdated: number;
  /** The state was reached by a transition, so that scaling actions repeat; false for a new alarm's INSUFFICIENT_DATA. */
  transitioned: boolean;
  definition: AlarmDefinition;
  /** What is watched, by row of the definition; undefined: an expression, or not watched. */
  series: readonly (Series | undefined)[];
  /** Alarms act in the order in which they were made. */
  order: number;
  /** The scaling policies among the actions; undefined where there are none. */
  policies: AlarmActions | undefined;
  /** What the latest evaluation used, oldest first; kept up only while the state has a scaling policy among its actions. */
  datapoints: number[];
}

/** A state change that was made, before its actions run. */
export interface Transition {
  alarm: Alarm;
  from: { state: AlarmState; reason: string; reasonData: string | undefined; updated: number };
  time: number;
}

/** Whether a scaling policy is among the actions of the state. */
export const scalesIn = ({ policies }: Alarm, state: AlarmState): boolean => (policies?.[state].length ?? 0) > 0;

/** A policy of EC2 Auto Scaling or Application Auto Scaling: the only actions that are invoked again every minute. */
export const isScalingPolicy = (arn: string) => /^arn:[^:]+:autoscaling:/.test(arn);
