import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { placeOf } from "../../place";
import { sortedJson } from "../body";
import { dashboardUrl } from "../console";
import { checked } from "../../problem";
import { validateOverviewDashboard, type OverviewDashboardArgs, type OverviewModel } from "./overviewArgs";
import { overviewBody, pageName, pagesOf } from "./overviewBody";

/**
 * A CloudWatch dashboard over several pipelines: of each the alarms that are not OK, capacity, utilisation and cost, and the link to its
 * own dashboard.
 *
 *     new OverviewDashboard("all", { dashboardName: "all", title: "prod", pipelines: [orders.overview, clicks.overview] });
 */
export class OverviewDashboard extends pulumi.ComponentResource {
  /** Name of the dashboard in CloudWatch. */
  public readonly dashboardName: pulumi.Output<string>;
  /** Address of the dashboard in the CloudWatch console. */
  public readonly url: pulumi.Output<string>;

  constructor(name: string, args: OverviewDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    const problems = validateOverviewDashboard(args);
    super("sluice:index:OverviewDashboard", name, checked(args, `OverviewDashboard ${name}`, problems), opts);
    const { region } = placeOf(this);
    const model: pulumi.Output<OverviewModel> = pulumi.output({ ...args, region });
    const pages = Array.from({ length: pagesOf(args.pipelines.length) }, (_, page) => {
      const dashboardName = pulumi.output(args.dashboardName).apply((known) => pageName(known, page));
      const dashboardBody = model.apply((known) => sortedJson(overviewBody(known, page)));
      return new aws.cloudwatch.Dashboard(
        pageName(`${name}-dashboard`, page),
        { dashboardName, dashboardBody },
        { parent: this },
      );
    });
    this.dashboardName = pages[0]!.dashboardName;
    this.url = pulumi.all([region, this.dashboardName]).apply(([where, known]) => dashboardUrl(where, known));
    this.registerOutputs({ dashboardName: this.dashboardName, url: this.url });
  }
}
