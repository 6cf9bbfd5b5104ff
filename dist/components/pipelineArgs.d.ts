import type * as pulumi from "@pulumi/pulumi";
import { type AlarmSettingsArgs } from "./alarms/operationalAlarmsArgs";
import { type ApplicationArgs } from "./application/applicationArgs";
import { type DashboardSettingsArgs } from "./dashboard/extraWidgets";
import { type WithDefaults } from "./fields";
import type { Problem } from "./problem";
import { type SharedScaler } from "./scaler/scalerArgs";
import { type KpuSignalArgs } from "./scaling/kpuScalingArgs";
import { type ScalingArgs } from "./scaling/scalingArgs";
import { type DataStreamArgs } from "./stream/dataStreamArgs";
/** The stream of a pipeline, and how its shards scale. */
export interface PipelineStreamArgs extends DataStreamArgs {
    /** Least shards. Default 1. 1..10000. Must be a plain value. */
    minShards?: number;
    /** Most shards. Default 64. minShards..10000. Must be a plain value. */
    maxShards?: number;
    /** UpdateShardCount calls that AWS allows in a rolling 24 hours. Default 10. 1..100. Must be a plain value. */
    updatesPerDay?: number;
    /** When and how far the shards scale. Default: between 30 and 75 %, aiming at 50 %. */
    scaling?: ScalingArgs;
}
/** The application of a pipeline, and how its KPUs scale. */
export interface PipelineApplicationArgs extends ApplicationArgs, KpuSignalArgs {
    /** Least KPUs. Default 1. 1..1024. Must be a plain value. */
    minKpus?: number;
    /** Most KPUs. Default 64, AWS's quota. minKpus..1024, times parallelismPerKpu at most maxParallelism. Must be a plain value. */
    maxKpus?: number;
    /** Flink's maxParallelism of the job, which parallelism can't exceed without dropping state. Default 128. 1..32768. Must be a plain value. */
    maxParallelism?: number;
    /** Name of the enhanced fan-out consumer that the job is registered as; needed with lagMetric efo. Default: it polls. Must be a plain value. */
    consumerName?: string;
    /** Version of the job's Kinesis connector, e.g. 5.0.0-1.20. Before 5.1.0 the application waits after a reshard. Default: not affected. Must be a plain value. */
    connectorVersion?: string;
    /** When and how far the KPUs scale. Default: between 35 and 75 %, aiming at 60 %. */
    scaling?: ScalingArgs;
}
/** A stream and an application that scale themselves. */
export interface PipelineArgs {
    /** The application: its code, or an existing one, and what one of its KPUs can do. */
    application: PipelineApplicationArgs;
    /** The stream. Default: one of 8 shards is created. */
    stream?: PipelineStreamArgs;
    /** The scaler to join: another pipeline's, or a Scaler. Default: the pipeline has one of its own. */
    scaler?: pulumi.Input<SharedScaler>;
    /** act changes shards and KPUs; observe decides, logs and publishes what it would do, and changes neither. Default act. Must be a plain value. */
    mode?: string;
    /** Whether nothing is scaled until this is false again. Default false. */
    suspended?: pulumi.Input<boolean>;
    /** Alarms for people. Default: no e-mail, 300 s of lag, 1 % of throttled writes. */
    alarms?: AlarmSettingsArgs;
    /** The dashboard. Default: without further widgets. */
    dashboard?: DashboardSettingsArgs;
    /** Days that logs are kept. Default 30. One of CloudWatch Logs' retentions. Must be a plain value. */
    logRetentionDays?: number;
    /** IAM roles or users that alone may call the endpoint beside Application Auto Scaling (ScalerArgs). Not with `scaler`. */
    callerArns?: pulumi.Input<string>[];
    /** Whether to give API Gateway the account's role to write access logs with. Default true. Not with `scaler`. Must be a plain value. */
    apiGatewayLogRole?: boolean;
}
export declare const pipelineStreamFields: {
    updatesPerDay: import("./fields").Defaulted<number>;
    scaling: import("./fields").Field;
    minShards: import("./fields").Defaulted<number>;
    maxShards: import("./fields").Defaulted<number>;
    name: import("./fields").Field;
    existing: import("./fields").Field;
    shards: import("./fields").Defaulted<number>;
    retentionHours: import("./fields").Defaulted<number>;
    kmsKey: import("./fields").Defaulted<string>;
    shardLevelMetrics: import("./fields").Defaulted<boolean>;
};
export declare const pipelineApplicationFields: {
    maxParallelism: import("./fields").Defaulted<number>;
    consumerName: import("./fields").Field;
    connectorVersion: import("./fields").Field;
    scaling: import("./fields").Field;
    recordsPerKpuPerMinute: import("./fields").Field;
    restartSeconds: import("./fields").Defaulted<number>;
    catchUpSeconds: import("./fields").Defaulted<number>;
    lagForScaleInSeconds: import("./fields").Defaulted<number>;
    lagMetric: import("./fields").Defaulted<"flink" | "iteratorAge" | "efo">;
    minKpus: import("./fields").Defaulted<number>;
    maxKpus: import("./fields").Defaulted<number>;
    name: import("./fields").Field;
    existing: import("./fields").Field;
    runtime: import("./fields").Defaulted<"FLINK-1_15" | "FLINK-1_18" | "FLINK-1_19" | "FLINK-1_20" | "FLINK-2_2" | "FLINK-2_3">;
    codeJar: import("./fields").Field;
    codeBucket: import("./fields").Field;
    codeKey: import("./fields").Field;
    properties: import("./fields").Field;
    kpus: import("./fields").Defaulted<number>;
    parallelismPerKpu: import("./fields").Defaulted<number>;
    checkpointIntervalSeconds: import("./fields").Defaulted<number>;
    metricsLevel: import("./fields").Defaulted<"APPLICATION" | "TASK" | "OPERATOR" | "PARALLELISM">;
    logLevel: import("./fields").Defaulted<"INFO" | "WARN" | "ERROR" | "DEBUG">;
    logRetentionDays: import("./fields").Defaulted<number>;
    network: import("./fields").Field;
};
export declare const pipelineFields: {
    callerArns: import("./fields").Defaulted<never[]>;
    apiGatewayLogRole: import("./fields").Defaulted<boolean>;
    application: import("./fields").Field;
    stream: import("./fields").Field;
    scaler: import("./fields").Field;
    mode: import("./fields").Defaulted<"act" | "observe">;
    suspended: import("./fields").Defaulted<boolean>;
    alarms: import("./fields").Field;
    dashboard: import("./fields").Field;
    logRetentionDays: import("./fields").Defaulted<number>;
};
/** A pipeline's arguments with every default. */
export type PipelineSettings = ReturnType<typeof pipelineSettings>;
export declare function pipelineSettings(args: PipelineArgs): {
    stream: {
        scaling: import("./scaling/scalingArgs").ScalingSettings;
        /** Least shards. Default 1. 1..10000. Must be a plain value. */
        minShards: number;
        /** Most shards. Default 64. minShards..10000. Must be a plain value. */
        maxShards: number;
        /** UpdateShardCount calls that AWS allows in a rolling 24 hours. Default 10. 1..100. Must be a plain value. */
        updatesPerDay: number;
        name?: string;
        existing?: pulumi.Input<string>;
        shards: number;
        retentionHours: number;
        kmsKey: string;
        shardLevelMetrics: boolean;
    };
    application: {
        scaling: import("./scaling/scalingArgs").ScalingSettings;
        logRetentionDays: number;
        /** Least KPUs. Default 1. 1..1024. Must be a plain value. */
        minKpus: number;
        /** Most KPUs. Default 64, AWS's quota. minKpus..1024, times parallelismPerKpu at most maxParallelism. Must be a plain value. */
        maxKpus: number;
        /** Flink's maxParallelism of the job, which parallelism can't exceed without dropping state. Default 128. 1..32768. Must be a plain value. */
        maxParallelism: number;
        /** Name of the enhanced fan-out consumer that the job is registered as; needed with lagMetric efo. Default: it polls. Must be a plain value. */
        consumerName?: string;
        /** Version of the job's Kinesis connector, e.g. 5.0.0-1.20. Before 5.1.0 the application waits after a reshard. Default: not affected. Must be a plain value. */
        connectorVersion?: string;
        name?: string;
        existing?: pulumi.Input<string>;
        runtime: "FLINK-1_15" | "FLINK-1_18" | "FLINK-1_19" | "FLINK-1_20" | "FLINK-2_2" | "FLINK-2_3";
        codeJar?: string;
        codeBucket?: pulumi.Input<string>;
        codeKey?: pulumi.Input<string>;
        properties?: Record<string, Record<string, pulumi.Input<string>>>;
        kpus: number;
        parallelismPerKpu: number;
        checkpointIntervalSeconds: number;
        metricsLevel: "APPLICATION" | "TASK" | "OPERATOR" | "PARALLELISM";
        logLevel: "INFO" | "WARN" | "ERROR" | "DEBUG";
        network?: import(".").NetworkArgs;
        recordsPerKpuPerMinute: number;
        restartSeconds: number;
        catchUpSeconds: number;
        lagForScaleInSeconds: number;
        lagMetric: "flink" | "iteratorAge" | "efo";
    };
    alarms: WithDefaults<AlarmSettingsArgs, {
        emails: import("./fields").Defaulted<never[]>;
        lagSeconds: import("./fields").Defaulted<number>;
        throttledPercent: import("./fields").Defaulted<number>;
        runbookUrl: import("./fields").Defaulted<string>;
    }>;
    /** The scaler to join: another pipeline's, or a Scaler. Default: the pipeline has one of its own. */
    scaler?: pulumi.Input<SharedScaler>;
    /** act changes shards and KPUs; observe decides, logs and publishes what it would do, and changes neither. Default act. Must be a plain value. */
    mode: "act" | "observe";
    /** Whether nothing is scaled until this is false again. Default false. */
    suspended: (pulumi.Input<boolean> | undefined) & boolean;
    /** The dashboard. Default: without further widgets. */
    dashboard?: DashboardSettingsArgs;
    /** Days that logs are kept. Default 30. One of CloudWatch Logs' retentions. Must be a plain value. */
    logRetentionDays: number;
    /** IAM roles or users that alone may call the endpoint beside Application Auto Scaling (ScalerArgs). Not with `scaler`. */
    callerArns: pulumi.Input<string>[] & never[];
    /** Whether to give API Gateway the account's role to write access logs with. Default true. Not with `scaler`. Must be a plain value. */
    apiGatewayLogRole: boolean;
};
/** What is wrong with the arguments; [] when they are fine. @param name the component's; without it the name isn't looked at. */
export declare function validatePipeline(args: PipelineArgs, name?: string): Problem[];
