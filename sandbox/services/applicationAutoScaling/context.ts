import type { Cloud, Principal, Requirement } from "../../core/cloud";
import type { ActivityHistory } from "./activities";
import type { PercentBase } from "./decision";
import type { ScalableTarget, ScalingPolicy } from "./types";

/** What the operations of this service share. */
export interface Context {
  cloud: Cloud;
  /** Registered targets by resource id: custom resources have one dimension each. */
  targets: Map<string, ScalableTarget>;
  /** The same targets' policies by ARN, as alarm actions name them. */
  policies: Map<string, { target: ScalableTarget; policy: ScalingPolicy }>;
  history: ActivityHistory;
  percentBase: PercentBase;
  /** ms */
  pollInterval: number;
  /** ms */
  unfulfilledAfter: number;
  mayDo(caller: Principal, requirement: Requirement): boolean;
  /** Ends everything that runs for a target and forgets it, its policies, their own alarms and its scheduled actions. */
  deregister(target: ScalableTarget): Promise<void>;
  uuid(): string;
}
