import type { MetricQuery } from "../metrics/metricQuery";
import type { DimensionKind } from "./dimensionKind";
import type { ScalingSettings } from "./scalingArgs";
import type { StepPolicy } from "./stepAdjustments";

/** Least and most shards or KPUs. */
export interface Bounds {
  min: number;
  max: number;
}

/** A scaling direction. */
export type Direction = "out" | "in";

/** What an alarm watches: metric math of at most 10 metrics, against a threshold. */
export interface Watch {
  /** What descriptions call it: "utilisation". */
  quantity: string;
  /** Its unit as it stands behind a number: "%". May be empty. */
  unit: string;
  /** At or above it scaling out begins, below it scaling in. */
  threshold: number;
  queries: () => MetricQuery[];
}

/** What step scaling watches in one direction, and how far it goes. */
export interface SteppedWatch extends Watch {
  steps: StepPolicy;
}

/** How a signal speaks of its values. */
export interface SignalWords {
  /** What they are, and what they are of. */
  meaning: string;
  /** What this value is at this capacity: "9,000 records/s". For `in` it is what a capacity has less of. */
  amount(direction: Direction, value: number, capacity: number): string;
}

/** A dimension as its scaling policies, the dashboard and descriptions see it. */
export interface ScaledDimension {
  kind: DimensionKind;
  bounds: Bounds;
  scaling: ScalingSettings;
  signal: SignalWords;
  /** What step scaling watches. */
  stepped: Readonly<Record<Direction, SteppedWatch>>;
  /** What target tracking keeps at the threshold. */
  tracked: Watch;
  /** Utilisation by throughput in percent, whatever it is scaled on: demand in units of capacity. */
  utilisation: () => MetricQuery[];
}
