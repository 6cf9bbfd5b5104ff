"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.scalerArgs = scalerArgs;
exports.pipelineNames = pipelineNames;
exports.dimensions = dimensions;
exports.dashboardArgs = dashboardArgs;
const identity_1 = require("./identity");
const kpuScalingArgs_1 = require("./scaling/kpuScalingArgs");
const shardScalingArgs_1 = require("./scaling/shardScalingArgs");
const signals_1 = require("./scaling/signals");
/** A scaler of the pipeline's own, with the pipeline's identity. */
function scalerArgs(name, { callerArns, apiGatewayLogRole, logRetentionDays }) {
    return { scalerName: (0, identity_1.identityOf)(name), callerArns, apiGatewayLogRole, logRetentionDays };
}
function pipelineNames(name, { application: { consumerName } }, { streamName }, { applicationName }, scaler) {
    const identity = (0, identity_1.identityOf)(name);
    return {
        scalerName: scaler.scalerName,
        streamName,
        applicationName,
        streamDimension: `${identity}-stream`,
        applicationDimension: `${identity}-flink`,
        consumerName,
        scalerFunctionName: scaler.functionName,
    };
}
/** What the scaler must know. Capacity of what is created; of what is adopted it learns it with its first run. */
function dimensions(name, { mode, stream: shards, application: kpus, alarms }, { streamName, streamArn }, { applicationName, applicationArn }, names) {
    const identity = (0, identity_1.identityOf)(name);
    return {
        pipeline: identity,
        mode,
        stream: {
            id: `${identity}-stream`,
            streamName,
            streamArn,
            min: shards.minShards,
            max: shards.maxShards,
            initial: shards.existing ? undefined : shards.shards,
            updatesPerDay: shards.updatesPerDay,
        },
        application: {
            id: `${identity}-flink`,
            applicationName,
            applicationArn,
            min: kpus.minKpus,
            max: kpus.maxKpus,
            initial: kpus.existing ? undefined : kpus.kpus,
            parallelismPerKpu: kpus.parallelismPerKpu,
            maxParallelism: kpus.maxParallelism,
            connectorVersion: kpus.connectorVersion,
            checkpointIntervalSeconds: kpus.checkpointIntervalSeconds,
            lag: (0, signals_1.lagStat)(names, kpus.lagMetric),
            start: !kpus.existing,
            lagLimitSeconds: alarms.lagSeconds,
        },
    };
}
function dashboardArgs(name, { stream, application, alarms, dashboard }, names, { logGroupName }, scaler, alarmArns) {
    const { runtime, metricsLevel, lagMetric, checkpointIntervalSeconds } = application;
    const identity = (0, identity_1.identityOf)(name);
    return {
        dashboardName: `sluice-${identity}`,
        title: identity,
        names,
        runtime,
        metricsLevel,
        lagMetric,
        checkpointIntervalSeconds,
        updatesPerDay: stream.updatesPerDay,
        shardLevelMetrics: stream.shardLevelMetrics,
        streamScaling: panel((0, shardScalingArgs_1.scaledShards)({ ...stream, names })),
        applicationScaling: panel((0, kpuScalingArgs_1.scaledKpus)({ ...application, names })),
        alarmArns,
        scalerLogGroup: scaler.logGroupName,
        applicationLogGroup: logGroupName,
        runbookUrl: alarms.runbookUrl,
        lagSeconds: alarms.lagSeconds,
        extraWidgets: dashboard?.extraWidgets,
    };
}
/** What the dashboard draws of a dimension. */
function panel({ bounds, scaling, utilisation }) {
    const { scaleOutPercent, targetPercent, scaleInPercent } = scaling;
    return {
        ...bounds,
        scaleOutPercent,
        targetPercent,
        scaleInPercent,
        scaleOutUtilisation: utilisation("out"),
        scaleInUtilisation: utilisation("in"),
    };
}
