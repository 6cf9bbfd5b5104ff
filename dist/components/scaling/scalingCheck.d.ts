import type { Problem } from "../problem";
import type { DimensionKind } from "./dimensionKind";
import type { Bounds } from "./scaledDimension";
import { type ScalingArgs } from "./scalingArgs";
/**
 * The scaling of one dimension: thresholds in order, windows, cooldowns, explicit steps, and no flapping.
 * @param at the path of its arguments: "stream.scaling.".
 */
export declare function validateScaling(args: ScalingArgs, kind: DimensionKind, bounds: Bounds | undefined, at?: string): Problem[];
