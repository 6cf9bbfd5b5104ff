import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { DashboardModel, PipelineDashboardArgs } from "./args";
import { dashboardBody, sortedJson } from "./body";
import { placeOf } from "../place";
import { dashboardUrl } from "./console";

export type { DashboardModel, DashboardPrices, DimensionPanelArgs, PipelineDashboardArgs } from "./args";
export { dashboardBody, sortedJson } from "./body";
export { dashboardUrl } from "./console";
export { extraWidgetProblems } from "./extraWidgets";

/**
 * A CloudWatch dashboard of the whole pipeline: summary, application health, resource utilisation, Flink application progress,
 * Kinesis source and sink, scaling. It shows what the runtime and the metrics level report, and the signals as the alarms
 * evaluate them.
 */
export class PipelineDashboard extends pulumi.ComponentResource {
  /** Name of the dashboard in CloudWatch. */
  public readonly dashboardName: pulumi.Output<string>;
  /** ARN of the dashboard. */
  public readonly dashboardArn: pulumi.Output<string>;
  /** Address of the dashboard in the CloudWatch console. */
  public readonly url: pulumi.Output<string>;

  constructor(name: string, args: PipelineDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:index:PipelineDashboard", name, args, opts);
    const { region } = placeOf(this);
    const model: pulumi.Output<DashboardModel> = pulumi.output({ ...args, region });
    const dashboard = new aws.cloudwatch.Dashboard(
      `${name}-dashboard`,
      {
        dashboardName: args.dashboardName,
        dashboardBody: model.apply((known) => sortedJson(dashboardBody(known))),
      },
      { parent: this },
    );
    this.dashboardName = dashboard.dashboardName;
    this.dashboardArn = dashboard.dashboardArn;
    this.url = pulumi
      .all([region, dashboard.dashboardName])
      .apply(([where, dashboardName]) => dashboardUrl(where, dashboardName));
    this.registerOutputs({ dashboardName: this.dashboardName, dashboardArn: this.dashboardArn, url: this.url });
  }
}
