"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.scalerFunction = scalerFunction;
const fs = require("node:fs");
const path = require("node:path");
const aws = require("@pulumi/aws");
const lambda_1 = require("../../scaler/lambda");
const policyDocument_1 = require("../policyDocument");
/** Seconds: the next run comes a minute after this one. */
const timeoutSeconds = 55;
/**
 * The scaler's Lambda function. Its code is the callback of scaler/lambda.ts, serialised by Pulumi: it captures no Output;
 * everything configured comes by the environment, and the SDK from the runtime.
 */
function scalerFunction(name, args, parent) {
    const logGroup = new aws.cloudwatch.LogGroup(`${name}-log`, { retentionInDays: args.logRetentionDays }, { parent });
    const role = new aws.iam.Role(`${name}-role`, { description: "Sluice's scaler: see scalerPolicy.ts.", assumeRolePolicy: (0, policyDocument_1.trustPolicy)("lambda.amazonaws.com") }, { parent });
    const policy = new aws.iam.RolePolicy(`${name}-role-policy`, { role: role.id, policy: (0, policyDocument_1.policyDocument)(args.statements(logGroup.arn)) }, { parent });
    const lambda = new aws.lambda.CallbackFunction(`${name}-function`, {
        description: "Sluice: answers Application Auto Scaling, and every minute changes what has to change.",
        callbackFactory: lambda_1.scalerFactory,
        codePathOptions: { extraExcludePackages: dependencyNames(process.cwd()) },
        role,
        runtime: "nodejs24.x",
        timeout: timeoutSeconds,
        memorySize: 256,
        // Embedded metric format is read from text logs.
        loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
        environment: { variables: { SLUICE_PREFIX: args.prefix, SLUICE_STACK: args.scalerName } },
    }, { parent, dependsOn: [policy] });
    // Retries would run a decision of the past: the next minute decides anew.
    const retries = new aws.lambda.FunctionEventInvokeConfig(`${name}-retries`, { functionName: lambda.name, maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 }, { parent });
    return { lambda, role, logGroup, ready: [lambda, policy, retries] };
}
/**
 * What Pulumi would pack beside the text: the dependencies of the first package.json from `folder` upwards. They are for the deployment;
 * the scaler imports none, and its code's hash must not change with them.
 */
function dependencyNames(folder) {
    const file = path.join(folder, "package.json");
    if (fs.existsSync(file)) {
        const { dependencies = {} } = JSON.parse(fs.readFileSync(file, "utf8"));
        return Object.keys(dependencies);
    }
    const above = path.dirname(folder);
    return above === folder ? [] : dependencyNames(above);
}
