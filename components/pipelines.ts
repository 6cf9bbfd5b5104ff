import * as pulumi from "@pulumi/pulumi";
import { OverviewDashboard } from "./dashboard/overview/overviewDashboard";
import { withDefaults } from "./fields";
import { defaultName, identityOf, nameAmong } from "./identity";
import { Pipeline } from "./pipeline";
import { pipelinesFields, validatePipelines, withNames, type PipelinesArgs } from "./pipelinesArgs";
import type { PipelineArgs } from "./pipelineArgs";
import { adoptedApplication, adoptedStream, placeOf, type Place } from "./place";
import { checked } from "./problem";
import { rolePolicies, type ScaledArns } from "./scaler/rolePolicies";
import { Scaler, shared } from "./scaler/scaler";
import type { SharedScaler } from "./scaler/scalerArgs";
import type { ScalingWords } from "./words/pipelineWords";

/** Where one of several pipelines is found. */
export interface PipelineAddresses {
  /** Address of the dashboard in the CloudWatch console. */
  dashboardUrl: string;
  /** Name of the stream. */
  streamName: string;
  /** ARN of the stream. */
  streamArn: string;
  /** Name of the application. */
  applicationName: string;
  /** ARN of the application. */
  applicationArn: string;
  /** Log group of the application; empty for an adopted one. */
  applicationLogGroup: string;
  /** ARN of the topic that the alarms go to: subscribe a pager to it. */
  alarmTopicArn: string;
  /** What follows from its configuration, in words: a preview shows what a change of it changes. */
  scaling: ScalingWords;
}

/**
 * Several pipelines on one scaler, each with alarms and a dashboard of its own, and one dashboard over all.
 *
 *     new Pipelines("prod", {
 *       pipelines: {
 *         orders: { application: { codeJar: "target/orders.jar", recordsPerKpuPerMinute: 30_000 } },
 *         clicks: { application: { existing: "enrich-clicks", recordsPerKpuPerMinute: 45_000 } },
 *       },
 *     });
 */
export class Pipelines extends pulumi.ComponentResource {
  /** Address of the dashboard over all pipelines in the CloudWatch console. */
  public readonly dashboardUrl: pulumi.Output<string>;
  /** The scaler's endpoint: https://{api}.execute-api.{region}.amazonaws.com/{stage} */
  public readonly endpoint: pulumi.Output<string>;
  /** The scaler, for further pipelines that join it. */
  public readonly scaler: pulumi.Output<SharedScaler>;
  /** Where each pipeline is found, by its name. */
  public readonly pipelines: pulumi.Output<Record<string, PipelineAddresses>>;

  constructor(name: string, args: PipelinesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:index:Pipelines", name, checked(args, `Pipelines ${name}`, validatePipelines(args, name)), opts);
    const own = { parent: this };
    const { pipelines, prices, scalerNetwork: network, ...access } = withDefaults(args, pipelinesFields);

    const place = placeOf(this);
    const named = Object.entries(pipelines).map(([entry, pipeline]) => {
      const child = nameAmong(name, entry);
      return { entry, child, pipeline: withNames(pipeline, defaultName(identityOf(child))) };
    });
    const made = new Scaler(`${name}-scaler`, { scalerName: identityOf(name), network, ...access }, own);
    const arns = named.map(({ pipeline }) => scaledArns(place, pipeline));
    const scaler = shared(allowed(`${name}-scaler`, made, arns));
    const built = named.map(({ entry, child, pipeline }) => {
      return [entry, new Pipeline(child, { ...pipeline, scaler, scalerPolicy: false }, own)] as const;
    });

    const overview = new OverviewDashboard(
      `${name}-overview`,
      {
        dashboardName: `${defaultName(identityOf(name))}-overview`,
        title: name,
        pipelines: built.map(([entry, pipeline]) => pipeline.overview.apply((shown) => ({ ...shown, title: entry }))),
        scalerLogGroup: made.logGroupName,
        prices,
      },
      own,
    );

    this.dashboardUrl = overview.url;
    this.endpoint = scaler.url;
    this.scaler = scaler;
    this.pipelines = pulumi.output(Object.fromEntries(built.map(([entry, pipeline]) => [entry, addressesOf(pipeline)])));
    this.registerOutputs({
      dashboardUrl: this.dashboardUrl,
      endpoint: this.endpoint,
      scaler: this.scaler,
      pipelines: this.pipelines,
    });
  }
}

/** The scaler, known when its role may scale all these. */
function allowed(name: string, scaler: Scaler, arns: readonly ScaledArns[]): SharedScaler {
  const { scalerName, roleName, functionName, logGroupName } = scaler;
  const policies = rolePolicies(name, roleName, arns, scaler).map(({ urn }) => urn);
  const url = pulumi.all([scaler.url, ...policies]).apply(([known]) => known!);
  return { scalerName, url, roleName, functionName, logGroupName };
}

function scaledArns(place: Place, { stream, application }: PipelineArgs): ScaledArns {
  return {
    streamArn: adoptedStream(place, stream?.existing ?? stream!.name!).arn,
    applicationArn: adoptedApplication(place, application.existing ?? application.name!).arn,
  };
}

function addressesOf(pipeline: Pipeline) {
  const { dashboardUrl, streamName, streamArn, applicationName, applicationArn, applicationLogGroup } = pipeline;
  const { alarmTopicArn, scaling } = pipeline;
  return { dashboardUrl, streamName, streamArn, applicationName, applicationArn, applicationLogGroup, alarmTopicArn, scaling };
}
