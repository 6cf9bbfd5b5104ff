// Source: Amazon API Gateway REST API Reference; Actions, resources, and condition keys for Amazon API Gateway Management
import assert = require("node:assert/strict");
import { allow, platform } from "../../support/platform";

describe("API Gateway", () => {
  it("builds paths from parts and has each once", async () => {
    const cloud = platform();
    const { id: restApiId, rootResourceId: parentId } = await cloud.as("apigateway", "CreateRestApi", { name: "a" });
    const { id, path } = await cloud.as("apigateway", "CreateResource", { restApiId, parentId, pathPart: "things" });
    assert.equal(path, "/things");
    assert.equal(
      (await cloud.as("apigateway", "CreateResource", { restApiId, parentId: id, pathPart: "{id}" })).path,
      "/things/{id}",
    );
    await assert.rejects(cloud.as("apigateway", "CreateResource", { restApiId, parentId, pathPart: "things" }), {
      name: "ConflictException",
      message: "Another resource with the same parent already has this name: things",
    });
    await assert.rejects(cloud.as("apigateway", "CreateResource", { restApiId, parentId, pathPart: "a/b" }), {
      name: "BadRequestException",
    });
  });

  it("deleting a resource deletes those under it", async () => {
    const cloud = platform();
    const { id: restApiId, rootResourceId: parentId } = await cloud.as("apigateway", "CreateRestApi", { name: "a" });
    const { id: resourceId } = await cloud.as("apigateway", "CreateResource", { restApiId, parentId, pathPart: "things" });
    await cloud.as("apigateway", "CreateResource", { restApiId, parentId: resourceId, pathPart: "{id}" });
    await cloud.as("apigateway", "DeleteResource", { restApiId, resourceId });
    assert.deepEqual(
      (await cloud.as("apigateway", "GetResources", { restApiId })).items.map((item: { path: string }) => item.path),
      ["/"],
    );
  });

  it("refuses a policy that it can't evaluate", async () => {
    const cloud = platform();
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: "execute-api:/*" }],
    });
    await assert.rejects(cloud.as("apigateway", "CreateRestApi", { name: "a", policy }), {
      name: "BadRequestException",
      message:
        /^Invalid policy document\. Please check the policy syntax and ensure that Principals are valid\. Missing required field Principal/,
    });
  });

  it("refuses integrations and authorisations that it doesn't model", async () => {
    const cloud = platform();
    const { id: restApiId, rootResourceId: resourceId } = await cloud.as("apigateway", "CreateRestApi", { name: "a" });
    const method = { restApiId, resourceId, httpMethod: "GET" };
    await assert.rejects(cloud.as("apigateway", "PutMethod", { ...method, authorizationType: "CUSTOM" }), {
      message: "Authorization type CUSTOM is not modelled; use NONE or AWS_IAM.",
    });
    await cloud.as("apigateway", "PutMethod", { ...method, authorizationType: "AWS_IAM" });
    await assert.rejects(cloud.as("apigateway", "PutIntegration", { ...method, type: "HTTP" }), {
      message: "Integration type HTTP is not modelled; use AWS_PROXY.",
    });
    await assert.rejects(
      cloud.as("apigateway", "PutIntegration", { ...method, type: "AWS_PROXY", integrationHttpMethod: "POST", uri: "https://x" }),
      {
        message: "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
      },
    );
  });

  it("tags APIs and stages that are there", async () => {
    const cloud = platform();
    const { id } = await cloud.as("apigateway", "CreateRestApi", { name: "a" });
    const tag = (resource: string) =>
      cloud.as("apigateway", "TagResource", {
        resourceArn: `arn:aws:apigateway:eu-west-1::/restapis/${resource}`,
        tags: { a: "b" },
      });
    await tag(id);
    assert.deepEqual((await cloud.as("apigateway", "GetRestApi", { restApiId: id })).tags, { a: "b" });
    await assert.rejects(tag("none"), { name: "NotFoundException" });
    await assert.rejects(tag(`${id}/stages/none`), { name: "NotFoundException" });
  });

  it("its actions are HTTP verbs on its own paths", async () => {
    const cloud = platform();
    const { id: restApiId } = await cloud.as("apigateway", "CreateRestApi", { name: "a" });
    const reader = {
      arn: await cloud.role("reader", [allow("apigateway:GET", `arn:aws:apigateway:eu-west-1::/restapis/${restApiId}`)]),
    };
    assert.equal((await cloud.call("apigateway", "GetRestApi", { restApiId }, reader)).name, "a");
    await assert.rejects(cloud.call("apigateway", "DeleteRestApi", { restApiId }, reader), {
      name: "AccessDeniedException",
      message: /apigateway:DELETE on resource: arn:aws:apigateway:eu-west-1::\/restapis\//,
    });
  });

  // Source: Actions, resources, and condition keys for Amazon API Gateway Management
  it("a resource policy needs UpdateRestApiPolicy beside the verb", async () => {
    const cloud = platform();
    const { id: restApiId } = await cloud.as("apigateway", "CreateRestApi", { name: "a" });
    const patcher = { arn: await cloud.role("patcher", [allow("apigateway:PATCH", "*")]) };
    const patch = (path: string, value: string) =>
      cloud.call("apigateway", "UpdateRestApi", { restApiId, patchOperations: [{ op: "replace", path, value }] }, patcher);
    await patch("/description", "mine");
    await assert.rejects(patch("/policy", "{}"), {
      name: "AccessDeniedException",
      message: /apigateway:UpdateRestApiPolicy on resource: arn:aws:apigateway:eu-west-1::\/restapis\//,
    });
  });
});
