"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.scalingApi = scalingApi;
const node_crypto_1 = require("node:crypto");
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const names_1 = require("../../scaler/names");
const partition_1 = require("../partition");
const place_1 = require("../place");
const policyDocument_1 = require("../policyDocument");
const stageName = "v1";
const methods = ["GET", "PATCH"];
/** Requests a second: Application Auto Scaling polls a few times a minute and dimension. */
const throttle = { throttlingRateLimit: 50, throttlingBurstLimit: 100 };
/** GET and PATCH /scalableTargetDimensions/{id}, signed requests only, answered by the scaler's function. */
function scalingApi(name, args, parent) {
    const options = { parent };
    const api = new aws.apigateway.RestApi(`${name}-api`, { description: "Scalable target dimensions of Sluice.", endpointConfiguration: { types: "REGIONAL" } }, options);
    const collection = new aws.apigateway.Resource(`${name}-dimensions`, { restApi: api.id, parentId: api.rootResourceId, pathPart: names_1.apiResource }, options);
    const dimension = new aws.apigateway.Resource(`${name}-dimension`, { restApi: api.id, parentId: collection.id, pathPart: "{id}" }, options);
    const policyText = args.resourcePolicy(pulumi.interpolate `${api.executionArn}/*`);
    const policy = new aws.apigateway.RestApiPolicy(`${name}-api-policy`, { restApiId: api.id, policy: policyText }, options);
    const answering = methods.flatMap((httpMethod) => method(name, httpMethod, api, dimension, args.lambda, parent));
    const permission = new aws.lambda.Permission(`${name}-api-permission`, {
        action: "lambda:InvokeFunction",
        function: args.lambda.name,
        principal: "apigateway.amazonaws.com",
        sourceArn: pulumi.interpolate `${api.executionArn}/${stageName}/*/${names_1.apiResource}/*`,
    }, options);
    const deployment = new aws.apigateway.Deployment(`${name}-deployment`, {
        restApi: api.id,
        description: "GET and PATCH of scalable target dimensions.",
        triggers: { configuration: policyText.apply(digest) },
    }, { parent, dependsOn: [policy, ...answering] });
    const stage = deployedStage(name, args, api, deployment, parent);
    const dnsSuffix = pulumi.output(args.region).apply((region) => (0, partition_1.partitionOf)(region).dnsSuffix);
    const url = pulumi.interpolate `https://${api.id}.execute-api.${args.region}.${dnsSuffix}/${stage.stageName}`;
    return { url, ready: [stage, permission] };
}
function method(name, httpMethod, api, dimension, lambda, parent) {
    const request = new aws.apigateway.Method(`${name}-${httpMethod.toLowerCase()}`, {
        restApi: api.id,
        resourceId: dimension.id,
        httpMethod,
        authorization: "AWS_IAM",
        requestParameters: { "method.request.path.id": true },
    }, { parent });
    const integration = new aws.apigateway.Integration(`${name}-${httpMethod.toLowerCase()}-integration`, {
        restApi: api.id,
        resourceId: dimension.id,
        httpMethod: request.httpMethod,
        type: "AWS_PROXY",
        integrationHttpMethod: "POST",
        uri: lambda.invokeArn,
    }, { parent });
    return [request, integration];
}
function deployedStage(name, args, api, deployment, parent) {
    const logGroup = new aws.cloudwatch.LogGroup(`${name}-access-log`, { retentionInDays: args.logRetentionDays }, { parent });
    const stage = new aws.apigateway.Stage(`${name}-stage`, {
        restApi: api.id,
        deployment: deployment.id,
        stageName,
        accessLogSettings: { destinationArn: logGroup.arn, format: accessLogFormat },
    }, { parent, dependsOn: args.accountLogRole ? [accountLogRole(name, args.region, parent)] : [] });
    new aws.apigateway.MethodSettings(`${name}-throttling`, { restApi: api.id, stageName: stage.stageName, methodPath: "*/*", settings: throttle }, { parent });
    return stage;
}
/**
 * API Gateway writes access logs with one role per account and region ("Set up CloudWatch logging for REST APIs"). It is
 * everyone's: another stack may set another, which is no drift, and it stays when this stack goes.
 */
function accountLogRole(name, region, parent) {
    const role = new aws.iam.Role(`${name}-account-log-role`, {
        description: "API Gateway writes the account's access logs.",
        assumeRolePolicy: (0, policyDocument_1.trustPolicy)("apigateway.amazonaws.com"),
    }, { parent, retainOnDelete: true });
    const attachment = new aws.iam.RolePolicyAttachment(`${name}-account-log-policy`, { role: role.name, policyArn: (0, place_1.managedPolicyArn)(region, "service-role/AmazonAPIGatewayPushToCloudWatchLogs") }, { parent, retainOnDelete: true });
    return new aws.apigateway.Account(`${name}-account`, { cloudwatchRoleArn: role.arn }, { parent, dependsOn: [attachment], retainOnDelete: true, ignoreChanges: ["cloudwatchRoleArn"] });
}
/** One JSON line a request, keys in this order. */
const accessLogFormat = JSON.stringify({
    requestId: "$context.requestId",
    time: "$context.requestTime",
    caller: "$context.identity.userArn",
    method: "$context.httpMethod",
    path: "$context.path",
    status: "$context.status",
    latencyMs: "$context.responseLatency",
    error: "$context.error.message",
});
/** A new deployment is needed when what is deployed changes: the methods (fixed here) and the resource policy. */
function digest(policy) {
    const deployed = { methods, type: "AWS_PROXY", authorization: "AWS_IAM", path: `${names_1.apiResource}/{id}`, policy };
    return (0, node_crypto_1.createHash)("sha256").update(JSON.stringify(deployed)).digest("hex");
}
