import type * as pulumi from "@pulumi/pulumi";
import { type WithDefaults } from "../fields";
import type { Problem } from "../problem";
import { type NetworkArgs } from "./network";
/** A Managed Service for Apache Flink application: one to create, or one that exists. */
export interface ApplicationArgs {
    /** Name to create the application with: 1 to 128 letters, digits, _ . -. Default: Pulumi makes one. Not with `existing`. Must be a plain value. */
    name?: string;
    /** Name or ARN of an application to adopt; nothing is created then. Default: one is created. */
    existing?: pulumi.Input<string>;
    /** Runtime environment: FLINK-1_15, FLINK-1_18, FLINK-1_19, FLINK-1_20, FLINK-2_2 or FLINK-2_3. Default FLINK-1_20. Must be a plain value. */
    runtime?: string;
    /** Path of a local jar, relative to the project. One of `codeJar` and `codeBucket` with `codeKey`. Must be a plain value. */
    codeJar?: string;
    /** S3 bucket that holds the jar. */
    codeBucket?: pulumi.Input<string>;
    /** Key of the jar in `codeBucket`. */
    codeKey?: pulumi.Input<string>;
    /** Runtime properties by group. The group `InputStream0` gets `stream.arn` and `aws.region` unless it sets them itself. Default none. */
    properties?: Record<string, Record<string, pulumi.Input<string>>>;
    /** KPUs to create the application with. The scaler changes them afterwards; Pulumi doesn't. Default 8. 1..1024. Must be a plain value. */
    kpus?: number;
    /** Parallelism of one KPU. Default 1. 1..8. Must be a plain value. */
    parallelismPerKpu?: number;
    /** Seconds between checkpoints. Default 60. 1..3600. Must be a plain value. */
    checkpointIntervalSeconds?: number;
    /** APPLICATION, TASK, OPERATOR or PARALLELISM; each includes those before it. Default APPLICATION. Must be a plain value. */
    metricsLevel?: string;
    /** INFO, WARN, ERROR or DEBUG. Default INFO. Must be a plain value. */
    logLevel?: string;
    /** Days that the application's log is kept. Default 30. One of CloudWatch Logs' retentions. Must be a plain value. */
    logRetentionDays?: number;
    /** VPC to run in. Default none. */
    network?: NetworkArgs;
}
export type ApplicationSettings = WithDefaults<ApplicationArgs, typeof applicationFields>;
export declare const applicationFields: {
    name: import("../fields").Field;
    existing: import("../fields").Field;
    runtime: import("../fields").Defaulted<"FLINK-1_15" | "FLINK-1_18" | "FLINK-1_19" | "FLINK-1_20" | "FLINK-2_2" | "FLINK-2_3">;
    codeJar: import("../fields").Field;
    codeBucket: import("../fields").Field;
    codeKey: import("../fields").Field;
    properties: import("../fields").Field;
    kpus: import("../fields").Defaulted<number>;
    parallelismPerKpu: import("../fields").Defaulted<number>;
    checkpointIntervalSeconds: import("../fields").Defaulted<number>;
    metricsLevel: import("../fields").Defaulted<"APPLICATION" | "TASK" | "OPERATOR" | "PARALLELISM">;
    logLevel: import("../fields").Defaulted<"INFO" | "WARN" | "ERROR" | "DEBUG">;
    logRetentionDays: import("../fields").Defaulted<number>;
    network: import("../fields").Field;
};
/** What is wrong with the arguments; [] when they are fine. */
export declare function validateApplication(args: ApplicationArgs, at?: string): Problem[];
/** Rules that span arguments: adopted or created, code, network. @param problems what is wrong with each argument by itself. */
export declare function applicationRules(args: ApplicationArgs, problems: readonly Problem[], at: string): Problem[];
