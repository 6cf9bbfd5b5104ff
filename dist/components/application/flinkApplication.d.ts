import * as pulumi from "@pulumi/pulumi";
import { type Problem } from "../problem";
import { type ApplicationArgs } from "./applicationArgs";
/** The application of a pipeline: what it is, and what it reads. */
export interface FlinkApplicationArgs extends ApplicationArgs {
    /** ARN of the stream that the application reads: its role and its properties name it. */
    streamArn: pulumi.Input<string>;
    /** ARN of the customer's KMS key of the stream; empty for AWS's own key. Default empty. */
    customerKeyArn?: pulumi.Input<string>;
}
/**
 * The application of a pipeline with its role, its log group and its code. Its own autoscaling is off, snapshots are on; parallelism is
 * ignored after the creation: scaling is never drift. It is created and not started: the scaler starts it (`start` of its dimension).
 *
 *     new FlinkApplication("orders", { streamArn, codeJar: "target/your-job.jar" });
 *     new FlinkApplication("orders", { streamArn, existing: "orders-prod" });
 */
export declare class FlinkApplication extends pulumi.ComponentResource {
    /** Name of the application. */
    readonly applicationName: pulumi.Output<string>;
    /** ARN of the application. */
    readonly applicationArn: pulumi.Output<string>;
    /** Log group of the application; empty for an adopted one. */
    readonly logGroupName: pulumi.Output<string>;
    constructor(name: string, args: FlinkApplicationArgs, opts?: pulumi.ComponentResourceOptions);
}
/** What is wrong with the arguments; [] when they are fine. */
export declare function validateFlinkApplication(args: FlinkApplicationArgs): Problem[];
