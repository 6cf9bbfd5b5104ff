import type * as pulumi from "@pulumi/pulumi";
import { areRight, fieldProblems, whole, withDefaults, type FieldsOf } from "../fields";
import type { PipelineNames } from "../names";
import type { Problem } from "../problem";
import { boundsProblems } from "./boundsCheck";
import { shardKind } from "./dimensionKind";
import type { ScaledDimension } from "./scaledDimension";
import { dimensionFields } from "./dimensionFields";
import { scalingSettings, type ScalingArgs } from "./scalingArgs";
import { validateScaling } from "./scalingCheck";
import { toScaleOut } from "./signals/reading";
import { scaledOn } from "./signals/signal";
import { streamUtilisation } from "./signals/stream";
import { streamSignal } from "./signals/streamSignal";

/** Application Auto Scaling of a stream's shards. */
export interface ShardScalingArgs {
  /** The scaler's endpoint, with stage and without a slash at the end; its scaler knows the stream. */
  endpoint: pulumi.Input<string>;
  /** Names that the metrics' dimensions are made of. */
  names: PipelineNames;
  /** Least shards. Default 1. 1..10000. Must be a plain value. */
  minShards?: number;
  /** Most shards. Default 64. minShards..10000. Must be a plain value. */
  maxShards?: number;
  /** When and how far it scales. Default: between 30 and 75 %, aiming at 50 %. */
  scaling?: ScalingArgs;
}

/** The shards as a scaling policy and the dashboard see them. */
export function scaledShards(args: Pick<ShardScalingArgs, "names" | "minShards" | "maxShards" | "scaling">): ScaledDimension {
  const { names, minShards, maxShards } = withDefaults(args, shardBoundFields);
  const scaling = scalingSettings(args.scaling ?? {}, shardKind);
  const bounds = { min: minShards, max: maxShards };
  return scaledOn(streamSignal(scaling, names), shardKind, bounds, scaling, () => streamUtilisation(toScaleOut, names));
}

export const shardBoundFields = { minShards: whole(1, 10_000, 1), maxShards: whole(1, 10_000, 64) };
const shardBounds = { min: "minShards", max: "maxShards", initial: "shards" };

export const shardScalingFields = { ...shardBoundFields, ...dimensionFields } satisfies FieldsOf<ShardScalingArgs>;

/** What is wrong with the arguments; [] when they are fine. */
export function validateShardScaling(args: ShardScalingArgs): Problem[] {
  const problems = fieldProblems(args, shardScalingFields, "");
  return [...problems, ...shardScalingRules(args, problems, "")];
}

/** Rules that span arguments: bounds and thresholds. @param problems what is wrong with each argument by itself. */
export function shardScalingRules(
  args: Pick<ShardScalingArgs, "minShards" | "maxShards" | "scaling"> & { shards?: number },
  problems: readonly Problem[],
  at: string,
): Problem[] {
  const { minShards: min, maxShards: max } = withDefaults(args, shardBoundFields);
  const bounds = areRight(problems, at, [shardBounds.min, shardBounds.max]) ? { min, max } : undefined;
  const initial = areRight(problems, at, [shardBounds.initial]) ? args.shards : undefined;
  return [
    ...(bounds ? boundsProblems(bounds, initial, shardBounds, at) : []),
    ...validateScaling(args.scaling ?? {}, shardKind, bounds, `${at}scaling.`),
  ];
}
