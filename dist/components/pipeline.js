"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Pipeline = void 0;
const pulumi = require("@pulumi/pulumi");
const operationalAlarms_1 = require("./alarms/operationalAlarms");
const applicationArgs_1 = require("./application/applicationArgs");
const flinkApplication_1 = require("./application/flinkApplication");
const pipelineDashboard_1 = require("./dashboard/pipelineDashboard");
const fields_1 = require("./fields");
const pipelineArgs_1 = require("./pipelineArgs");
const pipelineParts_1 = require("./pipelineParts");
const problem_1 = require("./problem");
const scaledPipeline_1 = require("./scaler/scaledPipeline");
const scaler_1 = require("./scaler/scaler");
const kpuScaling_1 = require("./scaling/kpuScaling");
const kpuScalingArgs_1 = require("./scaling/kpuScalingArgs");
const shardScaling_1 = require("./scaling/shardScaling");
const shardScalingArgs_1 = require("./scaling/shardScalingArgs");
const dataStream_1 = require("./stream/dataStream");
const dataStreamArgs_1 = require("./stream/dataStreamArgs");
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
class Pipeline extends pulumi.ComponentResource {
    /** Address of the dashboard in the CloudWatch console. */
    dashboardUrl;
    /** The scaler's endpoint: https://{api}.execute-api.{region}.amazonaws.com/{stage} */
    endpoint;
    /** The scaler, for pipelines that join it. */
    scaler;
    /** Name of the stream. */
    streamName;
    /** ARN of the stream. */
    streamArn;
    /** Name of the application. */
    applicationName;
    /** ARN of the application. */
    applicationArn;
    /** Log group of the application; empty for an adopted one. */
    applicationLogGroup;
    /** ARN of the topic that the alarms go to: subscribe a pager to it. */
    alarmTopicArn;
    constructor(name, args, opts) {
        super("sluice:index:Pipeline", name, (0, problem_1.checked)(args, `Pipeline ${name}`, (0, pipelineArgs_1.validatePipeline)(args, name)), opts);
        const settings = (0, pipelineArgs_1.pipelineSettings)(args);
        const own = { parent: this };
        const stream = new dataStream_1.DataStream(name, (0, fields_1.pick)(settings.stream, dataStreamArgs_1.dataStreamFields), own);
        const { streamArn, customerKeyArn } = stream;
        const job = { ...(0, fields_1.pick)(settings.application, applicationArgs_1.applicationFields), streamArn, customerKeyArn };
        const application = new flinkApplication_1.FlinkApplication(`${name}-flink`, job, own);
        const scaler = (0, scaler_1.shared)(args.scaler ?? new scaler_1.Scaler(`${name}-scaler`, (0, pipelineParts_1.scalerArgs)(name, settings), own));
        const names = (0, pipelineParts_1.pipelineNames)(name, settings, stream, application, scaler);
        const endpoint = (0, scaledPipeline_1.scaledPipeline)(name, scaler, (0, pipelineParts_1.dimensions)(name, settings, stream, application, names), this);
        const { suspended } = settings;
        const shards = new shardScaling_1.ShardScaling(`${name}-stream`, { ...(0, fields_1.pick)(settings.stream, shardScalingArgs_1.shardScalingFields), endpoint, names, suspended }, own);
        const kpus = new kpuScaling_1.KpuScaling(`${name}-flink`, { ...(0, fields_1.pick)(settings.application, kpuScalingArgs_1.kpuScalingFields), endpoint, names, suspended }, own);
        const { runtime, lagMetric } = settings.application;
        const alarms = new operationalAlarms_1.OperationalAlarms(`${name}-alarms`, { names, runtime, lagMetric, ...settings.alarms }, own);
        const alarmArns = pulumi.all([shards.alarmArns, kpus.alarmArns, alarms.alarmArns]).apply((arns) => arns.flat());
        const dashboard = new pipelineDashboard_1.PipelineDashboard(name, (0, pipelineParts_1.dashboardArgs)(name, settings, names, application, scaler, alarmArns), own);
        this.dashboardUrl = dashboard.url;
        this.endpoint = endpoint;
        this.scaler = scaler;
        this.streamName = stream.streamName;
        this.streamArn = stream.streamArn;
        this.applicationName = application.applicationName;
        this.applicationArn = application.applicationArn;
        this.applicationLogGroup = application.logGroupName;
        this.alarmTopicArn = alarms.topicArn;
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
        });
    }
}
exports.Pipeline = Pipeline;
