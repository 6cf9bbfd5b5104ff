import type * as pulumi from "@pulumi/pulumi";
import type { FlinkApplication } from "./application/flinkApplication";
import type { PipelineDashboardArgs } from "./dashboard/args";
import type { PipelineNames } from "./names";
import type { PipelineSettings } from "./pipelineArgs";
import type { ScaledPipeline } from "./scaler/scaledPipeline";
import type { ScalerArgs, SharedScaler } from "./scaler/scalerArgs";
import type { DataStream } from "./stream/dataStream";
/** A scaler of the pipeline's own, with the pipeline's identity. */
export declare function scalerArgs(name: string, { callerArns, apiGatewayLogRole, logRetentionDays }: PipelineSettings): ScalerArgs;
export declare function pipelineNames(name: string, { application: { consumerName } }: PipelineSettings, { streamName }: DataStream, { applicationName }: FlinkApplication, scaler: pulumi.Output<pulumi.UnwrappedObject<SharedScaler>>): PipelineNames;
/** What the scaler must know. Capacity of what is created; of what is adopted it learns it with its first run. */
export declare function dimensions(name: string, { mode, stream: shards, application: kpus, alarms }: PipelineSettings, { streamName, streamArn }: DataStream, { applicationName, applicationArn }: FlinkApplication, names: PipelineNames): ScaledPipeline;
export declare function dashboardArgs(name: string, { stream, application, alarms, dashboard }: PipelineSettings, names: PipelineNames, { logGroupName }: FlinkApplication, scaler: pulumi.Output<pulumi.UnwrappedObject<SharedScaler>>, alarmArns: pulumi.Output<string[]>): PipelineDashboardArgs;
