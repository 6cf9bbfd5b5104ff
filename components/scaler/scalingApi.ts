import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { apiResource } from "../../scaler/names";
import { partitionOf } from "../partition";
import { managedPolicyArn } from "../place";
import { trustPolicy } from "../policyDocument";

export interface ScalingApiArgs {
  lambda: aws.lambda.Function;
  region: pulumi.Input<string>;
  logRetentionDays: number;
  /** The resource policy's statements, given the ARN of what may be called (`{execution ARN}/*`). */
  resourcePolicy: (resource: pulumi.Output<string>) => pulumi.Output<string>;
  /** Whether to set the account's role for API Gateway's logs. */
  accountLogRole: boolean;
}

export interface ScalingApi {
  /** https://{api}.execute-api.{region}.{amazonaws.com}/{stage} */
  url: pulumi.Output<string>;
  /** What must exist before the API answers. */
  ready: pulumi.Resource[];
}

const stageName = "v1";
const methods = ["GET", "PATCH"];

/** Requests a second: Application Auto Scaling polls a few times a minute and dimension. */
const throttle = { throttlingRateLimit: 50, throttlingBurstLimit: 100 };

/** GET and PATCH /scalableTargetDimensions/{id}, signed requests only, answered by the scaler's function. */
export function scalingApi(name: string, args: ScalingApiArgs, parent: pulumi.Resource): ScalingApi {
  const options = { parent };
  const api = new aws.apigateway.RestApi(
    `${name}-api`,
    { description: "Scalable target dimensions of Sluice.", endpointConfiguration: { types: "REGIONAL" } },
    options,
  );
  const collection = new aws.apigateway.Resource(
    `${name}-dimensions`,
    { restApi: api.id, parentId: api.rootResourceId, pathPart: apiResource },
    options,
  );
  const dimension = new aws.apigateway.Resource(
    `${name}-dimension`,
    { restApi: api.id, parentId: collection.id, pathPart: "{id}" },
    options,
  );
  const policyText = args.resourcePolicy(pulumi.interpolate`${api.executionArn}/*`);
  const policy = new aws.apigateway.RestApiPolicy(`${name}-api-policy`, { restApiId: api.id, policy: policyText }, options);
  const answering = methods.flatMap((httpMethod) => method(name, httpMethod, api, dimension, args.lambda, parent));
  const permission = new aws.lambda.Permission(
    `${name}-api-permission`,
    {
      action: "lambda:InvokeFunction",
      function: args.lambda.name,
      principal: "apigateway.amazonaws.com",
      sourceArn: pulumi.interpolate`${api.executionArn}/${stageName}/*/${apiResource}/*`,
    },
    options,
  );
  const deployment = new aws.apigateway.Deployment(
    `${name}-deployment`,
    {
      restApi: api.id,
      description: "GET and PATCH of scalable target dimensions.",
      triggers: { configuration: policyText.apply(digest) },
    },
    { parent, dependsOn: [policy, ...answering] },
  );
  const stage = deployedStage(name, args, api, deployment, parent);
  const dnsSuffix = pulumi.output(args.region).apply((region) => partitionOf(region).dnsSuffix);
  const url = pulumi.interpolate`https://${api.id}.execute-api.${args.region}.${dnsSuffix}/${stage.stageName}`;
  return { url, ready: [stage, permission] };
}

function method(
  name: string,
  httpMethod: string,
  api: aws.apigateway.RestApi,
  dimension: aws.apigateway.Resource,
  lambda: aws.lambda.Function,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const request = new aws.apigateway.Method(
    `${name}-${httpMethod.toLowerCase()}`,
    {
      restApi: api.id,
      resourceId: dimension.id,
      httpMethod,
      authorization: "AWS_IAM",
      requestParameters: { "method.request.path.id": true },
    },
    { parent },
  );
  const integration = new aws.apigateway.Integration(
    `${name}-${httpMethod.toLowerCase()}-integration`,
    {
      restApi: api.id,
      resourceId: dimension.id,
      httpMethod: request.httpMethod,
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: lambda.invokeArn,
    },
    { parent },
  );
  return [request, integration];
}

function deployedStage(
  name: string,
  args: ScalingApiArgs,
  api: aws.apigateway.RestApi,
  deployment: aws.apigateway.Deployment,
  parent: pulumi.Resource,
): aws.apigateway.Stage {
  const logGroup = new aws.cloudwatch.LogGroup(`${name}-access-log`, { retentionInDays: args.logRetentionDays }, { parent });
  const stage = new aws.apigateway.Stage(
    `${name}-stage`,
    {
      restApi: api.id,
      deployment: deployment.id,
      stageName,
      accessLogSettings: { destinationArn: logGroup.arn, format: accessLogFormat },
    },
    { parent, dependsOn: args.accountLogRole ? [accountLogRole(name, args.region, parent)] : [] },
  );
  new aws.apigateway.MethodSettings(
    `${name}-throttling`,
    { restApi: api.id, stageName: stage.stageName, methodPath: "*/*", settings: throttle },
    { parent },
  );
  return stage;
}

/**
 * API Gateway writes access logs with one role per account and region ("Set up CloudWatch logging for REST APIs"). It is
 * everyone's: another stack may set another, which is no drift, and it stays when this stack goes.
 */
function accountLogRole(name: string, region: pulumi.Input<string>, parent: pulumi.Resource): aws.apigateway.Account {
  const role = new aws.iam.Role(
    `${name}-account-log-role`,
    {
      description: "API Gateway writes the account's access logs.",
      assumeRolePolicy: trustPolicy("apigateway.amazonaws.com"),
    },
    { parent, retainOnDelete: true },
  );
  const attachment = new aws.iam.RolePolicyAttachment(
    `${name}-account-log-policy`,
    { role: role.name, policyArn: managedPolicyArn(region, "service-role/AmazonAPIGatewayPushToCloudWatchLogs") },
    { parent, retainOnDelete: true },
  );
  return new aws.apigateway.Account(
    `${name}-account`,
    { cloudwatchRoleArn: role.arn },
    { parent, dependsOn: [attachment], retainOnDelete: true, ignoreChanges: ["cloudwatchRoleArn"] },
  );
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
function digest(policy: string): string {
  const deployed = { methods, type: "AWS_PROXY", authorization: "AWS_IAM", path: `${apiResource}/{id}`, policy };
  return createHash("sha256").update(JSON.stringify(deployed)).digest("hex");
}
