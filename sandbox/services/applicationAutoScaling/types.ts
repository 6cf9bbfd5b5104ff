import type { Principal, Requirement, Service, Shape } from "../../core/cloud";
import type { ScalingTrigger } from "../../core/peers";

export const namespace = "custom-resource";
export const scalableDimension = "custom-resource:ResourceType:Property";

export interface ApplicationAutoScalingOptions {
  /**
   * What a step or target tracking adjustment is added to while the resource is still changing. AWS documents "current capacity" only.
   * `actual` (default): what serves; a repeated alarm then asks for the same again and "does not override in-progress scaling actions".
   * `desired`: what was asked for last; a repeated alarm then adds to it.
   */
  percentBase?: "desired" | "actual";
  /** Seconds between GETs while an activity runs. AWS documents none; its sample activity shows 10 to 16. Default 15. */
  pollSeconds?: number;
  /** Seconds after which an activity is Unfulfilled. AWS documents none. Default 600: short is cautious, as no cooldown follows. */
  unfulfilledSeconds?: number;
  /** Activities kept per target, and as many not-scaled ones: memory stays flat. AWS keeps six weeks. Default 200. */
  activitiesKept?: number;
  /** Whether the caller of RegisterScalableTarget itself may do this (permissions validation). Default: yes. */
  mayDo?: (caller: Principal, requirement: Requirement) => boolean;
}

export interface ApplicationAutoScalingService extends Service {
  /**
   * CloudWatch calls this for an alarm action, once a minute while the alarm is in ALARM. All policies of a target that fire at the
   * same instant are decided together, right after the alarms of that instant.
   * @throws ServiceError when the policy doesn't exist or no step adjustment fits: CloudWatch writes "Failed to execute action".
   */
  runScalingPolicy(policyArn: string, trigger: ScalingTrigger): Promise<void>;
}

export interface StepAdjustment {
  MetricIntervalLowerBound?: number;
  MetricIntervalUpperBound?: number;
  ScalingAdjustment: number;
}

export type AdjustmentType = "ChangeInCapacity" | "PercentChangeInCapacity" | "ExactCapacity";

export interface StepConfiguration {
  AdjustmentType: AdjustmentType;
  StepAdjustments: StepAdjustment[];
  MinAdjustmentMagnitude?: number;
  Cooldown?: number;
  MetricAggregationType?: "Minimum" | "Maximum" | "Average";
}

export interface TargetTrackingConfiguration {
  TargetValue: number;
  CustomizedMetricSpecification: Shape;
  ScaleOutCooldown?: number;
  ScaleInCooldown?: number;
  DisableScaleIn?: boolean;
}

export interface ScalingPolicy {
  name: string;
  arn: string;
  createdAt: number;
  step?: StepConfiguration;
  targetTracking?: TargetTrackingConfiguration;
  /** Alarms that Application Auto Scaling owns (target tracking). */
  alarms: { name: string; arn: string; side: "high" | "low" }[];
  /** When the low alarm last fired: all target tracking policies must agree to scale in. */
  lowAlarmFiredAt?: number;
}

export interface ScheduledAction {
  name: string;
  arn: string;
  createdAt: number;
  schedule: string;
  timezone?: string;
  startTime?: number;
  endTime?: number;
  min?: number;
  max?: number;
  /** ms; undefined when it never runs again. */
  nextRun?: number;
}

export interface SuspendedState {
  DynamicScalingInSuspended: boolean;
  DynamicScalingOutSuspended: boolean;
  ScheduledScalingSuspended: boolean;
}

/** After a scaling by policy completed successfully, until `until` (ms). */
export interface Cooldown {
  direction: "out" | "in";
  until: number;
  /** Capacity that the scale-outs since the cooldown's first one added; it counts towards the next. 0 for scale-in. */
  added: number;
}

export type StatusCode = "Pending" | "InProgress" | "Successful" | "Overridden" | "Unfulfilled" | "Failed";

export interface NotScaledReason {
  Code: string;
  MaxCapacity?: number;
  MinCapacity?: number;
  CurrentCapacity?: number;
}

/** A scaling activity; times in ms since the epoch. */
export interface Activity {
  id: string;
  resourceId: string;
  description: string;
  cause: string;
  startTime: number;
  endTime?: number;
  statusCode: StatusCode;
  statusMessage?: string;
  details?: string;
  notScaledReasons?: NotScaledReason[];
}

/** The activity that is under way on a target. */
export interface RunningActivity {
  activity: Activity;
  /** Capacity asked for. */
  to: number;
  /** Capacity that the endpoint accepted. */
  accepted: number;
  direction: "out" | "in";
  /** What a scale-out added, earlier ones of the same cooldown included. */
  added: number;
  /** Undefined for activities that no policy began: they start no cooldown. */
  cooldownSeconds?: number;
  /** Cancels the next poll. */
  cancel: () => void;
}

export interface ScalableTarget {
  resourceId: string;
  arn: string;
  min: number;
  max: number;
  suspended: SuspendedState;
  createdAt: number;
  tags: Record<string, string>;
  policies: Map<string, ScalingPolicy>;
  scheduledActions: Map<string, ScheduledAction>;
  /** `version` of the endpoint's first answer. */
  version: string;
  running?: RunningActivity;
  cooldown?: Cooldown;
  /** Alarm actions of this instant, not decided yet. */
  pending: { policy: ScalingPolicy; trigger: ScalingTrigger }[];
  /** The last decision not to scale, so that a repetition is no news. */
  lastNotScaled?: string;
  registered: boolean;
  /** Cancels the timer of the next scheduled action. */
  disarmSchedule?: () => void;
}
