import type * as pulumi from "@pulumi/pulumi";
import type { PipelineNames } from "../names";
import type { Problem } from "../problem";
import type { ScaledDimension } from "./scaledDimension";
import { type ScalingArgs } from "./scalingArgs";
import { LagMetric } from "./signals";
/** What an application's utilisation is computed from. All plain values. */
export interface KpuSignalArgs {
    /** Records that one KPU processes in a minute: the job's own figure, which has no default. docs/configuration.md says how to measure it. */
    recordsPerKpuPerMinute: number;
    /** Seconds that the job stands still when it is rescaled. Default 60. 1..3600. */
    restartSeconds?: number;
    /** Seconds in which a backlog is to be worked off; more than what a restart's own backlog would scale out by. Default 900. 1..86400. */
    catchUpSeconds?: number;
    /** Seconds of lag that count as 100 % where scaling in is decided. Default 60. 1..86400. */
    lagForScaleInSeconds?: number;
    /** Where the lag is read. Default flink. */
    lagMetric?: LagMetric;
}
/** Application Auto Scaling of an application's KPUs. */
export interface KpuScalingArgs extends KpuSignalArgs {
    /** The scaler's endpoint, with stage and without a slash at the end; its scaler knows the application. */
    endpoint: pulumi.Input<string>;
    /** Names that the metrics' dimensions are made of. */
    names: PipelineNames;
    /** Least KPUs. Default 1. 1..1024. Must be a plain value. */
    minKpus?: number;
    /** Most KPUs. Default 64, AWS's quota. minKpus..1024. Must be a plain value. */
    maxKpus?: number;
    /** When and how far it scales. Default: between 35 and 75 %, aiming at 60 %. */
    scaling?: ScalingArgs;
    /** Whether nothing is scaled until this is false again. Default false. */
    suspended?: pulumi.Input<boolean>;
}
/** The KPUs as a scaling policy and the dashboard see them. */
export declare function scaledKpus(args: Omit<KpuScalingArgs, "endpoint" | "suspended">): ScaledDimension;
export declare const kpuBoundFields: {
    minKpus: import("../fields").Defaulted<number>;
    maxKpus: import("../fields").Defaulted<number>;
};
export declare const kpuSignalFields: {
    recordsPerKpuPerMinute: import("../fields").Field;
    restartSeconds: import("../fields").Defaulted<number>;
    catchUpSeconds: import("../fields").Defaulted<number>;
    lagForScaleInSeconds: import("../fields").Defaulted<number>;
    lagMetric: import("../fields").Defaulted<"flink" | "iteratorAge" | "efo">;
};
export declare const kpuScalingFields: {
    endpoint: import("../fields").Field;
    names: import("../fields").Field;
    scaling: import("../fields").Field;
    suspended: import("../fields").Field;
    recordsPerKpuPerMinute: import("../fields").Field;
    restartSeconds: import("../fields").Defaulted<number>;
    catchUpSeconds: import("../fields").Defaulted<number>;
    lagForScaleInSeconds: import("../fields").Defaulted<number>;
    lagMetric: import("../fields").Defaulted<"flink" | "iteratorAge" | "efo">;
    minKpus: import("../fields").Defaulted<number>;
    maxKpus: import("../fields").Defaulted<number>;
};
/** What is wrong with the arguments; [] when they are fine. */
export declare function validateKpuScaling(args: KpuScalingArgs): Problem[];
/** Rules that span arguments: bounds, thresholds, and the backlog that a restart leaves. @param problems what is wrong with each by itself. */
export declare function kpuScalingRules(args: Pick<KpuScalingArgs, "minKpus" | "maxKpus" | "restartSeconds" | "catchUpSeconds" | "scaling"> & {
    kpus?: number;
}, problems: readonly Problem[], at: string): Problem[];
/** The lag of an enhanced fan-out consumer has the consumer's name. */
export declare function consumerProblems(lagMetric: string | undefined, consumerName: string | undefined, lagPath: string, consumerPath: string): Problem[];
