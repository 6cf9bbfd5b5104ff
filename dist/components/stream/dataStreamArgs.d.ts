import type * as pulumi from "@pulumi/pulumi";
import { type WithDefaults } from "../fields";
import type { Problem } from "../problem";
/** A provisioned Kinesis stream: one to create, or one that exists. */
export interface DataStreamArgs {
    /** Name to create the stream with: 1 to 128 letters, digits, _ . -. Default: Pulumi makes one. Not with `existing`. Must be a plain value. */
    name?: string;
    /** Name or ARN of a stream to adopt; nothing is created then. Default: one is created. */
    existing?: pulumi.Input<string>;
    /** Shards to create the stream with. The scaler changes them afterwards; Pulumi doesn't. Default 8. 1..10000. Must be a plain value. */
    shards?: number;
    /** Hours that records are kept. Default 24. 24..8760. Must be a plain value. */
    retentionHours?: number;
    /** KMS key: id, ARN or alias. Default alias/aws/kinesis, for which no role needs a grant. Must be a plain value. */
    kmsKey?: string;
    /** Whether CloudWatch gets metrics per shard (paid). Default false. Must be a plain value. */
    shardLevelMetrics?: boolean;
}
/** AWS's own key for Kinesis: its policy lets everyone in the account use it through Kinesis. */
export declare const awsManagedKey = "alias/aws/kinesis";
export type DataStreamSettings = WithDefaults<DataStreamArgs, typeof dataStreamFields>;
export declare const dataStreamFields: {
    name: import("../fields").Field;
    existing: import("../fields").Field;
    shards: import("../fields").Defaulted<number>;
    retentionHours: import("../fields").Defaulted<number>;
    kmsKey: import("../fields").Defaulted<string>;
    shardLevelMetrics: import("../fields").Defaulted<boolean>;
};
/** What is wrong with the arguments; [] when they are fine. */
export declare function validateDataStream(args: DataStreamArgs, at?: string): Problem[];
