import * as pulumi from "@pulumi/pulumi";
import { OperationalAlarms } from "./alarms/operationalAlarms";
import { applicationFields } from "./application/applicationArgs";
import { FlinkApplication } from "./application/flinkApplication";
import type { OverviewPipelineArgs } from "./dashboard/overview/overviewArgs";
import { PipelineDashboard } from "./dashboard/pipelineDashboard";
import { pick } from "./fields";
import { identityOf } from "./identity";
import { pipelineSettings, validatePipeline, type PipelineArgs } from "./pipelineArgs";
import { dashboardArgs, dimensions, pipelineNames, scalerArgs } from "./pipelineParts";
import { checked } from "./problem";
import { scaledPipeline } from "./scaler/scaledPipeline";
import { Scaler, shared } from "./scaler/scaler";
import type { SharedScaler } from "./scaler/scalerArgs";
import { KpuScaling } from "./scaling/kpuScaling";
import { kpuScalingFields } from "./scaling/kpuScalingArgs";
import { ShardScaling } from "./scaling/shardScaling";
import { shardScalingFields } from "./scaling/shardScalingArgs";
import { DataStream } from "./stream/dataStream";
import { dataStreamFields } from "./stream/dataStreamArgs";
import { pipelineWords, type ScalingWords } from "./words/pipelineWords";

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
export class Pipeline extends pulumi.ComponentResource {
  /** Address of the dashboard in the CloudWatch console. */
  public readonly dashboardUrl: pulumi.Output<string>;
  /** The scaler's endpoint: https://{api}.execute-api.{region}.amazonaws.com/{stage} */
  public readonly endpoint: pulumi.Output<string>;
  /** The scaler, for pipelines that join it. */
  public readonly scaler: pulumi.Output<SharedScaler>;
  /** Name of the stream. */
  public readonly streamName: pulumi.Output<string>;
  /** ARN of the stream. */
  public readonly streamArn: pulumi.Output<string>;
  /** Name of the application. */
  public readonly applicationName: pulumi.Output<string>;
  /** ARN of the application. */
  public readonly applicationArn: pulumi.Output<string>;
  /** Log group of the application; empty for an adopted one. */
  public readonly applicationLogGroup: pulumi.Output<string>;
  /** ARN of the topic that the alarms go to: subscribe a pager to it. */
  public readonly alarmTopicArn: pulumi.Output<string>;
  /** What follows from the configuration, in words: a preview shows what a change of it changes. */
  public readonly scaling: pulumi.Output<ScalingWords>;
  /** What an OverviewDashboard shows of the pipeline. */
  public readonly overview: pulumi.Output<OverviewPipelineArgs>;

  constructor(name: string, args: PipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sluice:index:Pipeline", name, checked(args, `Pipeline ${name}`, validatePipeline(args, name)), opts);
    const settings = pipelineSettings(args);
    const identity = identityOf(name);
    const own = { parent: this };

    const stream = new DataStream(name, pick(settings.stream, dataStreamFields), own);
    const { streamArn, customerKeyArn } = stream;
    const job = { ...pick(settings.application, applicationFields), streamArn, customerKeyArn };
    const application = new FlinkApplication(`${name}-flink`, job, own);
    const scaler = shared(args.scaler ?? new Scaler(`${name}-scaler`, scalerArgs(identity, settings), own));
    const names = pipelineNames(identity, settings, stream, application, scaler);
    const endpoint = scaledPipeline(name, scaler, dimensions(identity, settings, stream, application, names), this);

    const shards = new ShardScaling(`${name}-stream`, { ...pick(settings.stream, shardScalingFields), endpoint, names }, own);
    const kpus = new KpuScaling(`${name}-flink`, { ...pick(settings.application, kpuScalingFields), endpoint, names }, own);
    const { runtime, lagMetric } = settings.application;
    const alarms = new OperationalAlarms(`${name}-alarms`, { names, runtime, lagMetric, ...settings.alarms }, own);
    const alarmArns = pulumi.all([shards.alarmArns, kpus.alarmArns, alarms.alarmArns]).apply((arns) => arns.flat());
    const shown = dashboardArgs(identity, settings, names, application, scaler, alarmArns);
    const dashboard = new PipelineDashboard(name, shown, own);

    this.dashboardUrl = dashboard.url;
    this.endpoint = endpoint;
    this.scaler = scaler;
    this.streamName = stream.streamName;
    this.streamArn = stream.streamArn;
    this.applicationName = application.applicationName;
    this.applicationArn = application.applicationArn;
    this.applicationLogGroup = application.logGroupName;
    this.alarmTopicArn = alarms.topicArn;
    this.scaling = pulumi.output(pipelineWords(settings));
    const { title, streamScaling, applicationScaling } = shown;
    this.overview = pulumi.output({ title, dashboardUrl: dashboard.url, names, streamScaling, applicationScaling, alarmArns });
    this.registerOutputs({
      dashboardUrl: this.dashboardUrl,
      endpoint,
      scaler,
      streamName: this.streamName,
      streamArn: this.streamArn,
      applicationName: this.applicationName,
      applicationArn: this.applicationArn,
      applicationLogGroup: this.applicationLogGroup,
      alarmTopicArn: this.alarmTopicArn,
      scaling: this.scaling,
      overview: this.overview,
    });
  }
}
