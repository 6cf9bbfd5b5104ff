import * as pulumi from "@pulumi/pulumi";
import { type PipelineArgs } from "./pipelineArgs";
import type { SharedScaler } from "./scaler/scalerArgs";
/**
 * A stream and an application that scale themselves, and the dashboard and alarms to watch them.
 *
 *     new Pipeline("orders", { application: { codeJar: "target/orders.jar", recordsPerKpuPerMinute: 30_000 } });
 *
 * Both may be there already, and one scaler does for several pipelines:
 *
 *     new Pipeline("clicks", {
 *       scaler: orders.scaler,
 *       stream: { existing: "clicks-prod", maxShards: 128 },
 *       application: { existing: "enrich-clicks", recordsPerKpuPerMinute: 45_000 },
 *     });
 */
export declare class Pipeline extends pulumi.ComponentResource {
    /** Address of the dashboard in the CloudWatch console. */
    readonly dashboardUrl: pulumi.Output<string>;
    /** The scaler's endpoint: https://{api}.execute-api.{region}.amazonaws.com/{stage} */
    readonly endpoint: pulumi.Output<string>;
    /** The scaler, for pipelines that join it. */
    readonly scaler: pulumi.Output<SharedScaler>;
    /** Name of the stream. */
    readonly streamName: pulumi.Output<string>;
    /** ARN of the stream. */
    readonly streamArn: pulumi.Output<string>;
    /** Name of the application. */
    readonly applicationName: pulumi.Output<string>;
    /** ARN of the application. */
    readonly applicationArn: pulumi.Output<string>;
    /** Log group of the application; empty for an adopted one. */
    readonly applicationLogGroup: pulumi.Output<string>;
    /** ARN of the topic that the alarms go to: subscribe a pager to it. */
    readonly alarmTopicArn: pulumi.Output<string>;
    constructor(name: string, args: PipelineArgs, opts?: pulumi.ComponentResourceOptions);
}
