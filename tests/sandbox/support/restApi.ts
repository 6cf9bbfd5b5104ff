import type { Principal, Shape } from "../../../sandbox/core/cloud";
import type { HttpAnswer } from "../../../sandbox/core/peers";
import { account, makeFunction, region, root, type Platform } from "./platform";

export interface ApiOptions {
  policy?: object;
  /** Text of the function behind it. */
  text?: string;
  permission?: boolean;
  authorizationType?: string;
  integration?: Shape;
}

/** A deployed REST API with GET and PATCH /scalableTargetDimensions/{id} in front of the function "f". Returns its id. */
export async function deployApi(cloud: Platform, options: ApiOptions = {}): Promise<string> {
  const { text = "exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });", permission = true } =
    options;
  const functionArn = await makeFunction(cloud, "f", text);
  const api = await cloud.as("apigateway", "CreateRestApi", { name: "scaling" });
  const restApiId: string = api.id;
  if (options.policy) {
    const value = JSON.stringify({ Version: "2012-10-17", Statement: [options.policy].flat() });
    await cloud.as("apigateway", "UpdateRestApi", { restApiId, patchOperations: [{ op: "replace", path: "/policy", value }] });
  }
  const collection = await cloud.as("apigateway", "CreateResource", {
    restApiId,
    parentId: api.rootResourceId,
    pathPart: "scalableTargetDimensions",
  });
  const { id: resourceId } = await cloud.as("apigateway", "CreateResource", {
    restApiId,
    parentId: collection.id,
    pathPart: "{id}",
  });
  for (const httpMethod of ["GET", "PATCH"]) {
    await cloud.as("apigateway", "PutMethod", {
      restApiId,
      resourceId,
      httpMethod,
      authorizationType: options.authorizationType ?? "AWS_IAM",
    });
    await cloud.as("apigateway", "PutIntegration", {
      restApiId,
      resourceId,
      httpMethod,
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
      ...options.integration,
    });
  }
  if (permission) {
    await cloud.as("lambda", "AddPermission", {
      FunctionName: "f",
      StatementId: "api",
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
      SourceArn: `arn:aws:execute-api:${region}:${account}:${restApiId}/v1/*/scalableTargetDimensions/*`,
    });
  }
  await deploy(cloud, restApiId);
  return restApiId;
}

/** Deploys what the API is now to the stage "v1". */
export async function deploy(cloud: Platform, restApiId: string): Promise<string> {
  const { id } = await cloud.as("apigateway", "CreateDeployment", { restApiId, stageName: "v1" });
  return id;
}

export interface Sent {
  method?: string;
  path?: string;
  body?: string;
  headers?: Record<string, string>;
  caller?: Principal | "unsigned";
}

/** A request to the API, as root unless told. */
export function send(cloud: Platform, restApiId: string, sent: Sent = {}): Promise<HttpAnswer> {
  const { method = "GET", path = "/v1/scalableTargetDimensions/dev-stream", body, headers = {}, caller = root } = sent;
  const host = `${restApiId}.execute-api.${region}.amazonaws.com`;
  return cloud.peers.requestApi({ method, host, path, headers, body }, caller === "unsigned" ? undefined : caller);
}

export const stagePatch = (restApiId: string, values: Record<string, string>) => ({
  restApiId,
  stageName: "v1",
  patchOperations: Object.entries(values).map(([path, value]) => ({ op: "replace", path, value })),
});
