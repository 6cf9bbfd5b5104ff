import type * as pulumi from "@pulumi/pulumi";
import type { PipelineNames } from "../names";
import type { Problem } from "../problem";
import type { ScaledDimension } from "./scaledDimension";
import { type ScalingArgs } from "./scalingArgs";
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
    /** Whether nothing is scaled until this is false again. Default false. */
    suspended?: pulumi.Input<boolean>;
}
/** The shards as a scaling policy and the dashboard see them. */
export declare function scaledShards(args: Pick<ShardScalingArgs, "names" | "minShards" | "maxShards" | "scaling">): ScaledDimension;
export declare const shardBoundFields: {
    minShards: import("../fields").Defaulted<number>;
    maxShards: import("../fields").Defaulted<number>;
};
export declare const shardScalingFields: {
    endpoint: import("../fields").Field;
    names: import("../fields").Field;
    scaling: import("../fields").Field;
    suspended: import("../fields").Field;
    minShards: import("../fields").Defaulted<number>;
    maxShards: import("../fields").Defaulted<number>;
};
/** What is wrong with the arguments; [] when they are fine. */
export declare function validateShardScaling(args: ShardScalingArgs): Problem[];
/** Rules that span arguments: bounds and thresholds. @param problems what is wrong with each argument by itself. */
export declare function shardScalingRules(args: Pick<ShardScalingArgs, "minShards" | "maxShards" | "scaling"> & {
    shards?: number;
}, problems: readonly Problem[], at: string): Problem[];
