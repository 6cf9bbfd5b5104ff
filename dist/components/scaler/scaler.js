"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Scaler = void 0;
exports.shared = shared;
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const fields_1 = require("../fields");
const identity_1 = require("../identity");
const place_1 = require("../place");
const problem_1 = require("../problem");
const scalerArgs_1 = require("./scalerArgs");
const scalerFunction_1 = require("./scalerFunction");
const scalerPolicy_1 = require("./scalerPolicy");
const scalingApi_1 = require("./scalingApi");
const scalingApiPolicy_1 = require("./scalingApiPolicy");
/** What pipelines know of a scaler, by itself. */
function shared(scaler) {
    return pulumi
        .output(scaler)
        .apply(({ scalerName, url, roleName, functionName, logGroupName }) => pulumi.output({ scalerName, url, roleName, functionName, logGroupName }));
}
/**
 * One scaler, for as many pipelines as join it; each brings its parameters and what the scaler's role may do with it. The Lambda function is
 * the callback in scaler/lambda.ts.
 *
 *     const scaler = new Scaler("shared", {});
 *     new Pipeline("orders", { scaler, ... });
 */
class Scaler extends pulumi.ComponentResource {
    /** Its name in parameters' paths and in the `Stack` dimension of its metrics. */
    scalerName;
    /** https://{api}.execute-api.{region}.amazonaws.com/{stage}. Known when everything behind it is there. */
    url;
    /** Name of the function's role. */
    roleName;
    /** Name of the Lambda function. */
    functionName;
    /** Log group of the Lambda function. */
    logGroupName;
    constructor(name, args, opts) {
        super("sluice:index:Scaler", name, (0, problem_1.checked)(args, `Scaler ${name}`, (0, scalerArgs_1.validateScaler)(args, name)), opts);
        const settings = (0, fields_1.withDefaults)(args, scalerArgs_1.scalerFields);
        const scalerName = settings.scalerName ?? (0, identity_1.identityOf)(name);
        const prefix = `/sluice/${scalerName}`;
        const place = (0, place_1.placeOf)(this);
        const { callerArns } = settings;
        const owner = parameterOwner(name, prefix, this);
        const parameterPathArn = (0, place_1.arnOf)(place, "ssm", `parameter${prefix}`);
        const lambda = (0, scalerFunction_1.scalerFunction)(name, {
            prefix,
            scalerName,
            logRetentionDays: settings.logRetentionDays,
            statements: (logGroupArn) => (0, scalerPolicy_1.scalerStatements)({ parameterPathArn, logGroupArn }),
        }, this);
        const api = (0, scalingApi_1.scalingApi)(name, {
            lambda: lambda.lambda,
            region: place.region,
            logRetentionDays: settings.logRetentionDays,
            resourcePolicy: (resource) => (0, scalingApiPolicy_1.scalingApiPolicy)({ ...place, callerArns, resource }),
            accountLogRole: settings.apiGatewayLogRole,
        }, this);
        everyMinute(name, lambda.lambda, this);
        const behind = [...api.ready, ...lambda.ready, owner].map((resource) => resource.urn);
        this.scalerName = pulumi.output(scalerName);
        this.url = pulumi.all([api.url, ...behind]).apply(([url]) => url);
        this.roleName = lambda.role.name;
        this.functionName = lambda.lambda.name;
        this.logGroupName = lambda.logGroup.name;
        this.registerOutputs({
            scalerName: this.scalerName,
            url: this.url,
            roleName: this.roleName,
            functionName: this.functionName,
            logGroupName: this.logGroupName,
        });
    }
}
exports.Scaler = Scaler;
/** Two scalers over one prefix would undo each other's changes: SSM refuses the second one's parameter of this name. */
function parameterOwner(name, prefix, parent) {
    return new aws.ssm.Parameter(`${name}-owner`, {
        name: `${prefix}/owner`,
        description: "Sluice: whose parameters these are. One scaler has a prefix; another stack or name gives another one.",
        type: "String",
        value: name,
    }, { parent });
}
function everyMinute(name, lambda, parent) {
    const rule = new aws.cloudwatch.EventRule(`${name}-minute`, { description: "Runs Sluice's scaler every minute.", scheduleExpression: "rate(1 minute)" }, { parent });
    const permission = new aws.lambda.Permission(`${name}-minute-permission`, { action: "lambda:InvokeFunction", function: lambda.name, principal: "events.amazonaws.com", sourceArn: rule.arn }, { parent });
    new aws.cloudwatch.EventTarget(`${name}-minute-target`, { rule: rule.name, arn: lambda.arn, retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 } }, { parent, dependsOn: [permission] });
}
