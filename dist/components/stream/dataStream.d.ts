import * as pulumi from "@pulumi/pulumi";
import { type DataStreamArgs } from "./dataStreamArgs";
/**
 * The stream of a pipeline. `shardCount` is ignored after the creation: scaling is never drift.
 *
 *     new DataStream("orders", { shards: 8 });
 *     new DataStream("orders", { existing: "orders-prod" });
 */
export declare class DataStream extends pulumi.ComponentResource {
    /** Name of the stream. */
    readonly streamName: pulumi.Output<string>;
    /** ARN of the stream. */
    readonly streamArn: pulumi.Output<string>;
    /** ARN of the customer's KMS key, which readers must be allowed to decrypt with; empty with AWS's own key. */
    readonly customerKeyArn: pulumi.Output<string>;
    constructor(name: string, args: DataStreamArgs, opts?: pulumi.ComponentResourceOptions);
}
