import type * as pulumi from "@pulumi/pulumi";
import { dimensionId } from "../scaler/names";
import type { FlinkApplication } from "./application/flinkApplication";
import type { DimensionPanelArgs, PipelineDashboardArgs } from "./dashboard/args";
import { defaultName } from "./identity";
import type { PipelineNames } from "./names";
import type { PipelineSettings } from "./pipelineArgs";
import type { ScaledPipeline } from "./scaler/scaledPipeline";
import type { ScalerArgs, SharedScaler } from "./scaler/scalerArgs";
import { scaledKpus } from "./scaling/kpuScalingArgs";
import { scaledShards } from "./scaling/shardScalingArgs";
import { lagStat } from "./scaling/signals/lag";
import type { ScaledDimension, Watch } from "./scaling/scaledDimension";
import { PolicyName } from "./scaling/scalingArgs";
import { trackedScaleIn } from "./scaling/trackedScaleIn";
import type { DataStream } from "./stream/dataStream";

/** A scaler of the pipeline's own, with the pipeline's identity. */
export function scalerArgs(
  scalerName: string,
  { callerArns, apiGatewayLogRole, logRetentionDays, scalerNetwork: network }: PipelineSettings,
): ScalerArgs {
  return { scalerName, callerArns, apiGatewayLogRole, logRetentionDays, network };
}

export function pipelineNames(
  identity: string,
  { application: { consumerName } }: PipelineSettings,
  { streamName }: DataStream,
  { applicationName }: FlinkApplication,
  scaler: pulumi.Output<pulumi.UnwrappedObject<SharedScaler>>,
): PipelineNames {
  return {
    scalerName: scaler.scalerName,
    streamName,
    applicationName,
    streamDimension: dimensionId(identity, "stream"),
    applicationDimension: dimensionId(identity, "flink"),
    consumerName,
    scalerFunctionName: scaler.functionName,
  };
}

/** What the scaler must know. Capacity of what is created; of what is adopted it learns it with its first run. */
export function dimensions(
  identity: string,
  { scalerPolicy, stream: shards, application: kpus, alarms }: PipelineSettings,
  { streamName, streamArn }: DataStream,
  { applicationName, applicationArn }: FlinkApplication,
  names: PipelineNames,
): ScaledPipeline {
  return {
    pipeline: identity,
    policy: scalerPolicy,
    stream: {
      id: dimensionId(identity, "stream"),
      streamName,
      streamArn,
      min: shards.minShards,
      max: shards.maxShards,
      initial: shards.existing ? undefined : shards.shards,
      updatesPerDay: shards.updatesPerDay,
      mode: shards.mode,
    },
    application: {
      id: dimensionId(identity, "flink"),
      applicationName,
      applicationArn,
      min: kpus.minKpus,
      max: kpus.maxKpus,
      initial: kpus.existing ? undefined : kpus.kpus,
      parallelismPerKpu: kpus.parallelismPerKpu,
      maxParallelism: kpus.maxParallelism,
      connectorVersion: kpus.connectorVersion,
      checkpointIntervalSeconds: kpus.checkpointIntervalSeconds,
      lag: lagStat(names, kpus.lagMetric),
      start: !kpus.existing,
      lagLimitSeconds: alarms.lagSeconds,
      mode: kpus.mode,
    },
  };
}

export function dashboardArgs(
  identity: string,
  { stream, application, alarms, dashboard }: PipelineSettings,
  names: PipelineNames,
  { logGroupName }: FlinkApplication,
  scaler: pulumi.Output<pulumi.UnwrappedObject<SharedScaler>>,
  alarmArns: pulumi.Output<string[]>,
): PipelineDashboardArgs {
  const { runtime, metricsLevel, lagMetric, checkpointIntervalSeconds } = application;
  return {
    dashboardName: defaultName(identity),
    title: identity,
    names,
    runtime,
    metricsLevel,
    lagMetric,
    checkpointIntervalSeconds,
    updatesPerDay: stream.updatesPerDay,
    shardLevelMetrics: stream.shardLevelMetrics,
    streamScaling: { ...panel(scaledShards({ ...stream, names })), mode: stream.mode },
    applicationScaling: { ...panel(scaledKpus({ ...application, names })), mode: application.mode },
    alarmArns,
    scalerLogGroup: scaler.logGroupName,
    applicationLogGroup: logGroupName,
    runbookUrl: alarms.runbookUrl,
    lagSeconds: alarms.lagSeconds,
    extraWidgets: dashboard?.extraWidgets,
  };
}

/** What the dashboard draws of a dimension: what its policies watch, and the load in units of capacity. */
function panel({ bounds, scaling, stepped, tracked, utilisation }: ScaledDimension): DimensionPanelArgs {
  const watched = ({ quantity, unit, threshold, queries }: Watch) => ({ quantity, unit, threshold, queries: queries() });
  const tracking = scaling.policy === PolicyName.TargetTracking;
  return {
    ...bounds,
    utilisation: utilisation(),
    scaleOut: watched(tracking ? tracked : stepped.out),
    scaleIn: tracking ? { ...watched(tracked), threshold: trackedScaleIn * tracked.threshold } : watched(stepped.in),
    target: tracked.threshold,
  };
}
