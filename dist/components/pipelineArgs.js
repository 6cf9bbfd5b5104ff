"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.pipelineFields = exports.pipelineApplicationFields = exports.pipelineStreamFields = void 0;
exports.pipelineSettings = pipelineSettings;
exports.validatePipeline = validatePipeline;
const operationalAlarmsArgs_1 = require("./alarms/operationalAlarmsArgs");
const applicationArgs_1 = require("./application/applicationArgs");
const adoption_1 = require("./adoption");
const extraWidgets_1 = require("./dashboard/extraWidgets");
const fields_1 = require("./fields");
const identity_1 = require("./identity");
const logRetention_1 = require("./logRetention");
const patterns_1 = require("./patterns");
const scalerArgs_1 = require("./scaler/scalerArgs");
const scalerDimension_1 = require("./scaler/scalerDimension");
const dimensionKind_1 = require("./scaling/dimensionKind");
const kpuScalingArgs_1 = require("./scaling/kpuScalingArgs");
const scalingArgs_1 = require("./scaling/scalingArgs");
const shardScalingArgs_1 = require("./scaling/shardScalingArgs");
const dataStreamArgs_1 = require("./stream/dataStreamArgs");
exports.pipelineStreamFields = {
    ...dataStreamArgs_1.dataStreamFields,
    ...shardScalingArgs_1.shardBoundFields,
    updatesPerDay: (0, fields_1.whole)(1, 100, 10),
    scaling: (0, fields_1.anything)(),
};
exports.pipelineApplicationFields = {
    ...applicationArgs_1.applicationFields,
    ...kpuScalingArgs_1.kpuBoundFields,
    ...kpuScalingArgs_1.kpuSignalFields,
    maxParallelism: (0, fields_1.whole)(1, 32_768, 128),
    consumerName: (0, fields_1.text)(patterns_1.namePattern, patterns_1.nameWords),
    connectorVersion: (0, fields_1.text)(scalerDimension_1.connectorVersionPattern, 'a version such as 5.1.0-1.20, without a "v"'),
    scaling: (0, fields_1.anything)(),
};
exports.pipelineFields = {
    application: (0, fields_1.required)((0, fields_1.anything)("the application: its code, or an existing one, and recordsPerKpuPerMinute")),
    stream: (0, fields_1.anything)(),
    scaler: (0, fields_1.anything)(),
    mode: (0, fields_1.oneOf)(["act", "observe"], "act"),
    suspended: (0, fields_1.flag)(false),
    alarms: (0, fields_1.anything)(),
    dashboard: (0, fields_1.anything)(),
    logRetentionDays: logRetention_1.logRetentionDays,
    ...scalerArgs_1.accessFields,
};
function pipelineSettings(args) {
    const { stream = {}, application, alarms = {} } = args;
    return {
        ...(0, fields_1.withDefaults)(args, exports.pipelineFields),
        stream: { ...(0, fields_1.withDefaults)(stream, exports.pipelineStreamFields), scaling: (0, scalingArgs_1.scalingSettings)(stream.scaling ?? {}, dimensionKind_1.shardKind) },
        application: {
            ...(0, fields_1.withDefaults)(application, exports.pipelineApplicationFields),
            scaling: (0, scalingArgs_1.scalingSettings)(application.scaling ?? {}, dimensionKind_1.kpuKind),
            logRetentionDays: application.logRetentionDays ?? args.logRetentionDays ?? logRetention_1.logRetentionDays.fallback,
        },
        alarms: (0, fields_1.withDefaults)(alarms, operationalAlarmsArgs_1.alarmFields),
    };
}
/** What is wrong with the arguments; [] when they are fine. @param name the component's; without it the name isn't looked at. */
function validatePipeline(args, name) {
    const { stream = {}, application, alarms = {}, dashboard } = args;
    return [
        ...(name === undefined ? [] : (0, identity_1.identityProblems)((0, identity_1.identityOf)(name))),
        ...(0, fields_1.fieldProblems)(args, exports.pipelineFields, ""),
        ...streamProblems(stream, "stream."),
        ...(application ? applicationProblems(application, "application.") : []),
        ...(0, fields_1.fieldProblems)(alarms, operationalAlarmsArgs_1.alarmFields, "alarms."),
        ...(0, extraWidgets_1.extraWidgetsProblems)(dashboard, "dashboard."),
        ...sharedScalerProblems(args),
    ];
}
function streamProblems(args, at) {
    const problems = (0, fields_1.fieldProblems)(args, exports.pipelineStreamFields, at);
    const { shards } = args.existing ? { shards: undefined } : (0, fields_1.withDefaults)(args, exports.pipelineStreamFields);
    return [...problems, ...(0, adoption_1.adoptOrCreate)(args, problems, at), ...(0, shardScalingArgs_1.shardScalingRules)({ ...args, shards }, problems, at)];
}
function applicationProblems(args, at) {
    const problems = (0, fields_1.fieldProblems)(args, exports.pipelineApplicationFields, at);
    const settings = (0, fields_1.withDefaults)(args, exports.pipelineApplicationFields);
    const kpus = args.existing ? undefined : settings.kpus;
    const consumer = (0, fields_1.areRight)(problems, at, ["lagMetric", "consumerName"])
        ? (0, kpuScalingArgs_1.consumerProblems)(settings.lagMetric, args.consumerName, `${at}lagMetric`, `${at}consumerName`)
        : [];
    return [
        ...problems,
        ...(0, applicationArgs_1.applicationRules)(args, problems, at),
        ...((0, fields_1.areRight)(problems, at, ["maxKpus", "parallelismPerKpu"]) ? parallelismProblems(settings, problems, at) : []),
        ...consumer,
        ...(0, kpuScalingArgs_1.kpuScalingRules)({ ...args, kpus }, problems, at),
    ];
}
function parallelismProblems(settings, problems, at) {
    const { maxKpus, parallelismPerKpu: perKpu, maxParallelism, metricsLevel } = settings;
    const most = maxKpus * perKpu;
    const beyond = `${maxKpus} KPUs of ${perKpu} have parallelism ${most}, above \`${at}maxParallelism\` (${maxParallelism}); allowed is at most ` +
        `${Math.floor(maxParallelism / perKpu)}. Lower \`${at}maxKpus\`, or raise \`${at}maxParallelism\` here and in the job`;
    // "Setting application monitoring levels": PARALLELISM is not meant for more than 64.
    const level = `allowed up to parallelism 64, \`${at}maxKpus\` allows ${most}. Set OPERATOR, or lower \`${at}maxKpus\``;
    const job = (0, fields_1.areRight)(problems, at, ["maxParallelism"]) && most > maxParallelism;
    return [
        ...(job ? [{ path: `${at}maxKpus`, value: maxKpus, text: beyond }] : []),
        ...(metricsLevel === "PARALLELISM" && most > 64 ? [{ path: `${at}metricsLevel`, value: metricsLevel, text: level }] : []),
    ];
}
function sharedScalerProblems(args) {
    if (!args.scaler)
        return [];
    const text = "who calls a shared scaler is its own affair. Set it where the scaler is made";
    return ["callerArns", "apiGatewayLogRole"]
        .filter((name) => args[name] !== undefined)
        .map((path) => ({ path, value: args[path], text }));
}
