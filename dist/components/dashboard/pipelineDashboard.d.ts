import * as pulumi from "@pulumi/pulumi";
import type { PipelineDashboardArgs } from "./args";
export type { DashboardModel, DashboardPrices, DimensionPanelArgs, PipelineDashboardArgs } from "./args";
export { dashboardBody, sortedJson } from "./body";
export { dashboardUrl } from "./console";
export { extraWidgetProblems } from "./extraWidgets";
/**
 * A CloudWatch dashboard of the whole pipeline: summary, application health, resource utilisation, Flink application progress,
 * Kinesis source and sink, scaling. It shows what the runtime and the metrics level report, and the signals as the alarms
 * evaluate them.
 */
export declare class PipelineDashboard extends pulumi.ComponentResource {
    /** Name of the dashboard in CloudWatch. */
    readonly dashboardName: pulumi.Output<string>;
    /** ARN of the dashboard. */
    readonly dashboardArn: pulumi.Output<string>;
    /** Address of the dashboard in the CloudWatch console. */
    readonly url: pulumi.Output<string>;
    constructor(name: string, args: PipelineDashboardArgs, opts?: pulumi.ComponentResourceOptions);
}
