import type { MetricQuery } from "../metrics/metricQuery";
import type { DimensionKind } from "./dimensionKind";
import type { ScalingSettings } from "./scalingArgs";
import type { Direction } from "./signals";

/** Least and most shards or KPUs. */
export interface Bounds {
  min: number;
  max: number;
}

/** How far and when a dimension scales. */
export interface DimensionModel {
  kind: DimensionKind;
  bounds: Bounds;
  scaling: ScalingSettings;
}

/** A dimension as its scaling policies and the dashboard see it. */
export interface ScaledDimension extends DimensionModel {
  /** What the alarm of a direction watches: metric math of at most 10 metrics. */
  utilisation: (direction: Direction) => MetricQuery[];
}
