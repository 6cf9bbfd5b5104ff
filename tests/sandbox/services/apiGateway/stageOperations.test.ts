// Source: Set up CloudWatch logging for REST APIs in API Gateway; Variables for access logging for API Gateway
import assert = require("node:assert/strict");
import { allow, platform } from "../../support/platform";
import { deployApi, send, stagePatch } from "../../support/restApi";

const logRole = { ...allow(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], "*") };
const format =
  '{"id":"$context.requestId","who":"$context.identity.userArn","status":$context.status,"path":"$context.path","none":"$context.authorizer.claims"}';
const group = "arn:aws:logs:eu-west-1:123456789012:log-group:access";
const withLog = (id: string) =>
  stagePatch(id, { "/accessLogSettings/destinationArn": group, "/accessLogSettings/format": format });

describe("API Gateway stages", () => {
  it("an access log needs the account's role for CloudWatch Logs", async () => {
    const cloud = platform();
    const id = await deployApi(cloud);
    await assert.rejects(cloud.as("apigateway", "UpdateStage", withLog(id)), {
      name: "BadRequestException",
      message: "CloudWatch Logs role ARN must be set in account settings to enable logging",
    });
  });

  it("the account's role must trust API Gateway and may write logs", async () => {
    const cloud = platform();
    const set = (value: string) =>
      cloud.as("apigateway", "UpdateAccount", { patchOperations: [{ op: "replace", path: "/cloudwatchRoleArn", value }] });
    const message = /^The role ARN does not have required permissions configured/;
    await assert.rejects(set(await cloud.role("no-trust", [logRole])), { name: "BadRequestException", message });
    await assert.rejects(set(await cloud.role("no-policy", [], "apigateway.amazonaws.com")), {
      name: "BadRequestException",
      message,
    });
    const good = await cloud.role("good", [logRole], "apigateway.amazonaws.com");
    assert.equal((await set(good)).cloudwatchRoleArn, good);
  });

  it("writes one line a request to the access log, refused ones too", async () => {
    const cloud = platform();
    const id = await deployApi(cloud);
    const value = await cloud.role("log", [logRole], "apigateway.amazonaws.com");
    await cloud.as("apigateway", "UpdateAccount", { patchOperations: [{ op: "replace", path: "/cloudwatchRoleArn", value }] });
    await cloud.as("logs", "CreateLogGroup", { logGroupName: "access" });
    await cloud.as("apigateway", "UpdateStage", withLog(id));
    await send(cloud, id);
    await send(cloud, id, { caller: "unsigned" });
    const lines = (await cloud.lines("access")).map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.map(({ who, status, path, none }) => [who, status, path, none]),
      [
        ["arn:aws:iam::123456789012:root", 200, "/v1/scalableTargetDimensions/dev-stream", "-"],
        ["-", 403, "/v1/scalableTargetDimensions/dev-stream", "-"],
      ],
    );
  });

  it("an access log's format needs the request's id", async () => {
    const cloud = platform();
    const id = await deployApi(cloud);
    const value = await cloud.role("log", [logRole], "apigateway.amazonaws.com");
    await cloud.as("apigateway", "UpdateAccount", { patchOperations: [{ op: "replace", path: "/cloudwatchRoleArn", value }] });
    const bad = stagePatch(id, { "/accessLogSettings/destinationArn": group, "/accessLogSettings/format": "$context.status" });
    await assert.rejects(cloud.as("apigateway", "UpdateStage", bad), {
      name: "BadRequestException",
      message: /must contain \$context\.requestId/,
    });
  });

  // Source: Amazon API Gateway REST API Reference
  it("a deployment in use can't be deleted, an API without methods can't be deployed", async () => {
    const cloud = platform();
    const restApiId = await deployApi(cloud);
    const { deploymentId } = await cloud.as("apigateway", "GetStage", { restApiId, stageName: "v1" });
    await assert.rejects(cloud.as("apigateway", "DeleteDeployment", { restApiId, deploymentId }), {
      message: "Active stages pointing to this deployment must be moved or deleted",
    });
    const empty = await cloud.as("apigateway", "CreateRestApi", { name: "empty" });
    await assert.rejects(cloud.as("apigateway", "CreateDeployment", { restApiId: empty.id }), {
      message: "The REST API doesn't contain any methods",
    });
    await cloud.as("apigateway", "PutMethod", {
      restApiId: empty.id,
      resourceId: empty.rootResourceId,
      httpMethod: "GET",
      authorizationType: "NONE",
    });
    await assert.rejects(cloud.as("apigateway", "CreateDeployment", { restApiId: empty.id }), {
      message: "No integration defined for method",
    });
  });

  // Source: Amazon API Gateway REST API Reference
  it("shows the method settings that were patched", async () => {
    const cloud = platform();
    const restApiId = await deployApi(cloud);
    await cloud.as(
      "apigateway",
      "UpdateStage",
      stagePatch(restApiId, { "/*/*/throttling/rateLimit": "50", "/~1a~1{id}/GET/throttling/burstLimit": "7" }),
    );
    const { methodSettings } = await cloud.as("apigateway", "GetStage", { restApiId, stageName: "v1" });
    assert.equal(methodSettings["*/*"].throttlingRateLimit, 50);
    assert.equal(methodSettings["a/{id}/GET"].throttlingBurstLimit, 7);
  });
});
