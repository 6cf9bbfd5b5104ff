"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.FlinkApplication = void 0;
exports.validateFlinkApplication = validateFlinkApplication;
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const fields_1 = require("../fields");
const partition_1 = require("../partition");
const place_1 = require("../place");
const policyDocument_1 = require("../policyDocument");
const problem_1 = require("../problem");
const applicationArgs_1 = require("./applicationArgs");
const applicationCode_1 = require("./applicationCode");
const applicationPolicy_1 = require("./applicationPolicy");
/**
 * The application of a pipeline with its role, its log group and its code. Its own autoscaling is off, snapshots are on; parallelism is
 * ignored after the creation: scaling is never drift. It is created and not started: the scaler starts it (`start` of its dimension).
 *
 *     new FlinkApplication("orders", { streamArn, codeJar: "target/your-job.jar" });
 *     new FlinkApplication("orders", { streamArn, existing: "orders-prod" });
 */
class FlinkApplication extends pulumi.ComponentResource {
    /** Name of the application. */
    applicationName;
    /** ARN of the application. */
    applicationArn;
    /** Log group of the application; empty for an adopted one. */
    logGroupName;
    constructor(name, args, opts) {
        super("sluice:index:FlinkApplication", name, (0, problem_1.checked)(args, `FlinkApplication ${name}`, validateFlinkApplication(args)), opts);
        const place = (0, place_1.placeOf)(this);
        if (args.existing) {
            const application = (0, place_1.adopted)(place, "kinesisanalytics", "application", args.existing);
            this.applicationName = application.name;
            this.applicationArn = application.arn;
            this.logGroupName = pulumi.output("");
        }
        else {
            const { application, logGroup } = createApplication(name, (0, fields_1.withDefaults)(args, fields), place, this);
            this.applicationName = application.name;
            this.applicationArn = application.arn;
            this.logGroupName = logGroup.name;
        }
        this.registerOutputs({
            applicationName: this.applicationName,
            applicationArn: this.applicationArn,
            logGroupName: this.logGroupName,
        });
    }
}
exports.FlinkApplication = FlinkApplication;
const fields = {
    ...applicationArgs_1.applicationFields,
    streamArn: (0, fields_1.required)((0, fields_1.anything)("the ARN of the stream that it reads")),
    customerKeyArn: (0, fields_1.anything)(),
};
/** What is wrong with the arguments; [] when they are fine. */
function validateFlinkApplication(args) {
    const problems = (0, fields_1.fieldProblems)(args, fields, "");
    return [...problems, ...(0, applicationArgs_1.applicationRules)(args, problems, "")];
}
function createApplication(name, args, place, parent) {
    const code = codeLocation(name, args, place, parent);
    const logGroup = new aws.cloudwatch.LogGroup(`${name}-log`, { retentionInDays: args.logRetentionDays }, { parent });
    const logStream = new aws.cloudwatch.LogStream(`${name}-log-stream`, { logGroupName: logGroup.name, name: "application" }, { parent });
    const role = new aws.iam.Role(`${name}-role`, {
        description: "Managed Service for Apache Flink: reads the stream and its code, writes its log.",
        assumeRolePolicy: (0, policyDocument_1.trustPolicy)("kinesisanalytics.amazonaws.com", {
            StringEquals: { "aws:SourceAccount": place.accountId },
        }),
    }, { parent });
    const rolePolicy = new aws.iam.RolePolicy(`${name}-role-policy`, {
        role: role.id,
        policy: pulumi.output(args.customerKeyArn ?? "").apply((customerKeyArn) => (0, policyDocument_1.policyDocument)((0, applicationPolicy_1.applicationStatements)({
            streamArn: args.streamArn,
            logGroupArn: logGroup.arn,
            code,
            region: place.region,
            customerKeyArn,
            inVpc: args.network !== undefined,
        }))),
    }, { parent });
    const application = new aws.kinesisanalyticsv2.Application(`${name}-application`, {
        name: args.name,
        runtimeEnvironment: args.runtime,
        applicationMode: "STREAMING",
        serviceExecutionRole: role.arn,
        cloudwatchLoggingOptions: { logStreamArn: logStream.arn },
        applicationConfiguration: applicationConfiguration(args, code, place),
    }, { parent, dependsOn: [rolePolicy], ignoreChanges: [parallelismPath, "startApplication"] });
    return { application, logGroup };
}
/** What the scaler changes and Pulumi leaves alone. (Beside `startApplication`: without it the provider would stop a running one.) */
const parallelismPath = "applicationConfiguration.flinkApplicationConfiguration.parallelismConfiguration.parallelism";
function codeLocation(name, { codeJar, codeBucket, codeKey }, place, parent) {
    if (codeJar)
        return (0, applicationCode_1.uploadedCode)(name, codeJar, parent);
    const partition = pulumi.output(place.region).apply((region) => (0, partition_1.partitionOf)(region).name);
    return { bucketArn: pulumi.interpolate `arn:${partition}:s3:::${codeBucket}`, key: codeKey ?? "" };
}
// ApplicationSystemRollbackConfiguration has no property in @pulumi/aws 7.48: the scaler switches system rollback on with its updates.
function applicationConfiguration(args, code, place) {
    const { parallelismPerKpu } = args;
    return {
        applicationCodeConfiguration: {
            codeContentType: "ZIPFILE",
            codeContent: { s3ContentLocation: { bucketArn: code.bucketArn, fileKey: code.key, objectVersion: code.version } },
        },
        applicationSnapshotConfiguration: { snapshotsEnabled: true },
        runConfiguration: { applicationRestoreConfiguration: { applicationRestoreType: "RESTORE_FROM_LATEST_SNAPSHOT" } },
        environmentProperties: { propertyGroups: propertyGroups(args, place) },
        flinkApplicationConfiguration: {
            checkpointConfiguration: {
                configurationType: "CUSTOM",
                checkpointingEnabled: true,
                checkpointInterval: args.checkpointIntervalSeconds * 1000,
                minPauseBetweenCheckpoints: 5000,
            },
            monitoringConfiguration: {
                configurationType: "CUSTOM",
                logLevel: args.logLevel,
                metricsLevel: args.metricsLevel,
            },
            parallelismConfiguration: {
                configurationType: "CUSTOM",
                autoScalingEnabled: false,
                parallelism: args.kpus * parallelismPerKpu,
                parallelismPerKpu,
            },
        },
        ...(args.network
            ? { vpcConfiguration: { subnetIds: args.network.subnetIds, securityGroupIds: args.network.securityGroupIds } }
            : {}),
    };
}
/** The group of the source's properties, as AWS's samples name it. */
const inputGroup = "InputStream0";
function propertyGroups({ properties = {}, streamArn }, place) {
    const source = { "stream.arn": streamArn, "aws.region": place.region, ...properties[inputGroup] };
    const groups = Object.entries({ ...properties, [inputGroup]: source });
    return groups.sort(([a], [b]) => (a < b ? -1 : 1)).map(([propertyGroupId, propertyMap]) => ({ propertyGroupId, propertyMap }));
}
