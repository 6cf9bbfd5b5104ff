import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AutoScaling, DataStream, FlinkApplication, OperationalAlarms, PipelineDashboard, ScalerEndpoint } from "./components";
import { dimensionPanel } from "./components/scaling/autoScaling";
import { networkArgs } from "./components/application/network";
import { flinkUtilisation, lagStat, streamUtilisation } from "./components/scaling/signals";
import { highestFlinkUtilisation, highestStreamUtilisation, streamCallPercent } from "./components/scaling/stepAdjustments";
import { readConfig } from "./config";

/** The stack: a stream and an application that scale themselves, and the dashboard and alarms to watch them. */
export = () => {
  const { stack, region, mode, suspended, logRetentionDays, ...config } = readConfig();
  const { accountId } = aws.getCallerIdentityOutput();
  const place = { accountId, region };

  const { min: minShards, max: maxShards, scaling: streamScaling, updatesPerDay, name: newStream, ...streamArgs } = config.stream;
  const stream = new DataStream(stack, { place, streamName: newStream, ...streamArgs });
  const { streamName, streamArn, customerKeyArn } = stream;

  const flink = config.application;
  const application = new FlinkApplication(`${stack}-flink`, {
    place,
    streamArn,
    customerKeyArn,
    logRetentionDays,
    applicationName: flink.name,
    existing: flink.existing,
    runtime: flink.runtime,
    codeJar: flink.codeJar,
    codeBucket: flink.codeBucket,
    codeKey: flink.codeKey,
    properties: flink.properties,
    kpus: flink.kpus,
    parallelismPerKpu: flink.parallelismPerKpu,
    checkpointIntervalSeconds: flink.checkpointIntervalSeconds,
    metricsLevel: flink.metricsLevel,
    logLevel: flink.logLevel,
    network: networkArgs(flink.subnetIds, flink.securityGroupIds),
  });
  const { applicationName, applicationArn } = application;

  const streamDimension = { id: `${stack}-stream`, min: minShards, max: maxShards };
  const flinkDimension = { id: `${stack}-flink`, min: flink.min, max: flink.max };
  const nameParts = {
    stack,
    streamName,
    applicationName,
    consumerName: flink.consumerName,
    streamDimension: streamDimension.id,
    applicationDimension: flinkDimension.id,
  };
  const names = pulumi.output(nameParts);

  const { parallelismPerKpu, maxParallelism, connectorVersion, checkpointIntervalSeconds } = flink;
  const scaler = new ScalerEndpoint(`${stack}-scaler`, {
    place,
    stack,
    mode,
    logRetentionDays,
    ...config.endpoint,
    streams: [{ ...streamDimension, streamName, streamArn, updatesPerDay, initial: newCapacity(streamArgs, streamArgs.shards) }],
    applications: [
      {
        ...flinkDimension,
        applicationName,
        applicationArn,
        initial: newCapacity(flink, flink.kpus),
        start: !flink.existing,
        parallelismPerKpu,
        maxParallelism,
        connectorVersion,
        checkpointIntervalSeconds,
        lag: names.apply((known) => lagStat(known, flink.lagMetric)),
        lagLimitSeconds: config.alarms.lagSeconds,
      },
    ],
  });

  const streamSignals = {
    scaleOutUtilisation: names.apply((known) => streamUtilisation("out", known)),
    scaleInUtilisation: names.apply((known) => streamUtilisation("in", known)),
  };
  const flinkSignals = {
    scaleOutUtilisation: names.apply((known) => flinkUtilisation("out", known, flink)),
    scaleInUtilisation: names.apply((known) => flinkUtilisation("in", known, flink)),
  };
  const shardScaling = new AutoScaling(`${stack}-stream`, {
    ...streamDimension,
    ...streamSignals,
    endpoint: scaler.url,
    suspended,
    scaling: streamScaling,
    description: "shards of the stream",
    highestPercent: highestStreamUtilisation,
    callOutPercent: streamCallPercent.out,
    callInPercent: streamCallPercent.in,
  });
  const kpuScaling = new AutoScaling(`${stack}-flink`, {
    ...flinkDimension,
    ...flinkSignals,
    endpoint: scaler.url,
    suspended,
    scaling: flink.scaling,
    description: "KPUs of the application",
    highestPercent: highestFlinkUtilisation,
  });

  const { runtime, lagMetric, metricsLevel, consumerName } = flink;
  const alarms = new OperationalAlarms(`${stack}-alarms`, {
    place,
    runtime,
    lagMetric,
    ...config.alarms,
    names: { ...nameParts, scalerFunctionName: scaler.functionName },
  });
  const dashboard = new PipelineDashboard(stack, {
    dashboardName: `sluice-${stack}`,
    stack,
    region,
    streamName,
    applicationName,
    consumerName,
    runtime,
    metricsLevel,
    lagMetric,
    checkpointIntervalSeconds,
    updatesPerDay,
    scalerFunctionName: scaler.functionName,
    scalerLogGroup: scaler.logGroupName,
    applicationLogGroup: application.logGroupName,
    runbookUrl: config.alarms.runbookUrl,
    lagSeconds: config.alarms.lagSeconds,
    shardLevelMetrics: config.stream.shardLevelMetrics,
    streamScaling: { ...streamSignals, ...dimensionPanel(streamDimension, streamScaling) },
    applicationScaling: { ...flinkSignals, ...dimensionPanel(flinkDimension, flink.scaling) },
    alarmArns: pulumi.all([shardScaling.alarmArns, kpuScaling.alarmArns, alarms.alarmArns]).apply((arns) => arns.flat()),
    extraWidgets: JSON.stringify(config.dashboard.extraWidgets),
  });

  return {
    dashboardUrl: dashboard.url,
    endpoint: scaler.url,
    streamName,
    streamArn,
    applicationName,
    applicationArn,
    applicationLogGroup: application.logGroupName,
    scalerFunctionName: scaler.functionName,
    scalerLogGroup: scaler.logGroupName,
    alarmTopicArn: alarms.topicArn,
  };
};

/** Capacity of what is created; of what is adopted the scaler learns it with its first run. */
function newCapacity({ existing }: { existing?: string }, capacity: number): number | undefined {
  return existing ? undefined : capacity;
}
