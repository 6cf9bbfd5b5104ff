"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.connectorVersionPattern = void 0;
exports.streamConfig = streamConfig;
exports.flinkConfig = flinkConfig;
exports.losesDataAtReshards = losesDataAtReshards;
const pulumi = require("@pulumi/pulumi");
/** The `config` parameter of a stream, as the scaler reads it. */
function streamConfig(args, { pipeline, mode }) {
    const config = {
        kind: "stream",
        name: args.streamName,
        pipeline,
        min: args.min,
        max: args.max,
        mode: mode,
        ...(args.initial === undefined ? {} : { initial: args.initial }),
        updatesPerDay: args.updatesPerDay,
    };
    return config;
}
/** The `config` parameter of an application, as the scaler reads it. */
function flinkConfig(args, { pipeline, mode }) {
    const config = {
        kind: "flink",
        name: args.applicationName,
        pipeline,
        min: args.min,
        max: args.max,
        mode: mode,
        ...(args.initial === undefined ? {} : { initial: args.initial }),
        parallelismPerKpu: args.parallelismPerKpu,
        maxParallelism: args.maxParallelism,
        drainAfterReshard: losesDataAtReshards(args.connectorVersion),
        checkpointIntervalSeconds: args.checkpointIntervalSeconds,
        lag: pulumi.output(withoutStat(args.lag)),
        ...(args.start ? { start: true } : {}),
        lagLimitSeconds: args.lagLimitSeconds,
    };
    return config;
}
/** A connector's version as Maven spells it: 5.1.0-1.20. */
exports.connectorVersionPattern = /^(\d+)\.(\d+)(?:\.\d+)?(?:-[\w.]+)?$/;
/** FLINK-37627, fixed in 5.1.0: a restart that coincides with a reshard can lose data. Not configured: not affected. */
function losesDataAtReshards(connectorVersion) {
    if (!connectorVersion)
        return false;
    const [, major, minor] = (exports.connectorVersionPattern.exec(connectorVersion) ?? []).map(Number);
    if (major === undefined || minor === undefined)
        throw new Error(`connectorVersion is ${JSON.stringify(connectorVersion)}; allowed is a version such as 5.1.0-1.20, without a "v". Correct it.`);
    return major < 5 || (major === 5 && minor < 1);
}
/** The scaler reads its Maximum. */
function withoutStat({ namespace, metricName, dimensions }) {
    return { namespace, metricName, dimensions };
}
