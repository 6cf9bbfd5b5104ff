// Source: Gateway response types for API Gateway
import assert = require("node:assert/strict");
import { minute } from "../../../../sandbox/core/clock";
import { account, allow, deny, platform, start, type Platform } from "../../support/platform";
import { deploy, deployApi, send, stagePatch } from "../../support/restApi";

const caller = async (cloud: Platform, ...statements: object[]) => ({
  arn: await cloud.role("operator", statements),
  session: "s",
});
const everywhere = allow("execute-api:Invoke", "*");

describe("API Gateway requests", () => {
  // Source: Set up Lambda proxy integrations in API Gateway
  it("hands the function the event of a Lambda proxy integration", async () => {
    const cloud = platform();
    const id = await deployApi(cloud);
    await cloud.clock.advanceTo(start + 1_234);
    const operator = await caller(cloud, everywhere);
    const answer = await send(cloud, id, {
      method: "PATCH",
      path: "/v1/scalableTargetDimensions/dev%2Fstream?a=1&a=2&b=%20",
      body: '{"desiredCapacity":6.0}',
      headers: { "Content-Type": "application/json", "User-Agent": "test" },
      caller: operator,
    });
    const event = JSON.parse(answer.body);
    assert.match(event.requestContext.requestId, /^[0-9a-f-]{36}$/);
    assert.equal(event.requestContext.requestId, answer.headers["x-amzn-requestid"]);
    const { requestId, extendedRequestId, resourceId, deploymentId, identity, ...requestContext } = event.requestContext;
    assert.ok(requestId && extendedRequestId && resourceId && deploymentId);
    assert.deepEqual(
      { ...event, requestContext },
      {
        resource: "/scalableTargetDimensions/{id}",
        path: "/scalableTargetDimensions/dev%2Fstream",
        httpMethod: "PATCH",
        headers: { "Content-Type": "application/json", "User-Agent": "test" },
        multiValueHeaders: { "Content-Type": ["application/json"], "User-Agent": ["test"] },
        queryStringParameters: { a: "2", b: " " },
        multiValueQueryStringParameters: { a: ["1", "2"], b: [" "] },
        pathParameters: { id: "dev/stream" },
        stageVariables: null,
        requestContext: {
          resourcePath: "/scalableTargetDimensions/{id}",
          httpMethod: "PATCH",
          requestTime: "02/Mar/2026:00:00:01 +0000",
          requestTimeEpoch: start + 1_234,
          path: "/v1/scalableTargetDimensions/dev%2Fstream",
          accountId: account,
          protocol: "HTTP/1.1",
          stage: "v1",
          domainPrefix: id,
          domainName: `${id}.execute-api.eu-west-1.amazonaws.com`,
          apiId: id,
        },
        body: '{"desiredCapacity":6.0}',
        isBase64Encoded: false,
      },
    );
    assert.equal(identity.userArn, `arn:aws:sts::${account}:assumed-role/operator/s`);
    assert.match(identity.caller, /^AROA[A-Z2-7]{17}:s$/);
    assert.equal(identity.userAgent, "test");
  });

  // Source: Set up Lambda proxy integrations in API Gateway
  it("what isn't there is null, not empty", async () => {
    const cloud = platform();
    const event = JSON.parse((await send(cloud, await deployApi(cloud))).body);
    assert.deepEqual([event.body, event.queryStringParameters, event.headers], [null, null, null]);
  });

  // Source: Set up Lambda proxy integrations in API Gateway
  it("answers the function's status, headers and body", async () => {
    const cloud = platform();
    const id = await deployApi(cloud, {
      text: 'exports.handler = async () => ({ statusCode: 404, headers: { "Content-Type": "text/plain", N: 1 }, body: "no" });',
    });
    const answer = await send(cloud, id);
    assert.deepEqual(
      [answer.statusCode, answer.body, answer.headers["content-type"], answer.headers["n"]],
      [404, "no", "text/plain", "1"],
    );
  });

  it("a request without signature gets 403 Missing Authentication Token", async () => {
    const cloud = platform();
    const answer = await send(cloud, await deployApi(cloud), { caller: "unsigned" });
    assert.deepEqual([answer.statusCode, answer.body], [403, '{"message":"Missing Authentication Token"}']);
    assert.equal(answer.headers["x-amzn-errortype"], "MissingAuthenticationTokenException");
  });

  it("a path or method that the API doesn't have gets the same answer, another stage Forbidden", async () => {
    const cloud = platform();
    const id = await deployApi(cloud);
    for (const sent of [
      { path: "/v1/other" },
      { path: "/v1/scalableTargetDimensions" },
      { path: "/v1/scalableTargetDimensions/a/b" },
      { method: "DELETE" },
    ]) {
      assert.equal((await send(cloud, id, sent)).body, '{"message":"Missing Authentication Token"}');
    }
    assert.deepEqual((await send(cloud, id, { path: "/v2/scalableTargetDimensions/a" })).body, '{"message":"Forbidden"}');
    assert.deepEqual((await send(cloud, "nosuchapi")).statusCode, 403);
  });

  it("a key that belongs to nobody is an invalid security token", async () => {
    const cloud = platform();
    const answer = await send(cloud, await deployApi(cloud), { caller: { arn: `arn:aws:iam::${account}:user/nobody` } });
    assert.deepEqual(
      [answer.statusCode, answer.body],
      [403, '{"message":"The security token included in the request is invalid."}'],
    );
  });

  // Source: How API Gateway resource policies affect authorization workflow
  it("an identity without permission is refused with its name and the masked resource", async () => {
    const cloud = platform();
    const id = await deployApi(cloud);
    const answer = await send(cloud, id, { caller: await caller(cloud) });
    assert.equal(answer.statusCode, 403);
    assert.deepEqual(JSON.parse(answer.body), {
      Message:
        `User: arn:aws:sts::${account}:assumed-role/operator/s is not authorized to perform: execute-api:Invoke on resource: ` +
        `arn:aws:execute-api:eu-west-1:********9012:${id}/v1/GET/scalableTargetDimensions/dev-stream`,
    });
  });

  // Source: How API Gateway resource policies affect authorization workflow
  it("in one account either the identity's policies or the API's may allow", async () => {
    const policyAllows = { Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" };
    const status = async (policy: object | undefined, ...statements: object[]) => {
      const cloud = platform();
      const id = await deployApi(cloud, { policy });
      return (await send(cloud, id, { caller: await caller(cloud, ...statements) })).statusCode;
    };
    const other = { ...policyAllows, Resource: "execute-api:/v2/*" };
    assert.equal(await status(undefined), 403);
    assert.equal(await status(undefined, everywhere), 200);
    assert.equal(await status(policyAllows), 200);
    assert.equal(await status(other), 403);
    assert.equal(await status(other, everywhere), 200);
    assert.equal(await status(policyAllows, deny("execute-api:*", "*")), 403);
    assert.equal(await status({ ...policyAllows, Effect: "Deny" }, everywhere), 403);
  });

  // Source: How API Gateway resource policies affect authorization workflow
  it("a policy that denies all but named callers denies the account's root too", async () => {
    const cloud = platform();
    const operator = await caller(cloud, everywhere);
    const among = {
      Effect: "Allow",
      Principal: "*",
      Action: "execute-api:Invoke",
      Resource: "execute-api:/*",
      Condition: { ArnEquals: { "aws:PrincipalArn": [operator.arn] } },
    };
    const notAmong = { ...among, Effect: "Deny", Condition: { ArnNotEquals: { "aws:PrincipalArn": [operator.arn] } } };
    const id = await deployApi(cloud, { policy: [among, notAmong] });
    assert.equal((await send(cloud, id, { caller: operator })).statusCode, 200);
    const refused = await send(cloud, id);
    assert.equal(refused.statusCode, 403);
    assert.match(
      JSON.parse(refused.body).Message,
      /^User: arn:aws:iam::123456789012:root is not authorized .* with an explicit deny$/,
    );
  });

  // Source: How API Gateway resource policies affect authorization workflow
  it("a changed policy counts from the next deployment on", async () => {
    const cloud = platform();
    const id = await deployApi(cloud);
    const value = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" }],
    });
    await cloud.as("apigateway", "UpdateRestApi", {
      restApiId: id,
      patchOperations: [{ op: "replace", path: "/policy", value }],
    });
    assert.equal((await send(cloud, id)).statusCode, 200);
    await deploy(cloud, id);
    assert.equal((await send(cloud, id)).statusCode, 403);
  });

  it("a method without authorisation needs no signature", async () => {
    const cloud = platform();
    const id = await deployApi(cloud, { authorizationType: "NONE" });
    assert.equal((await send(cloud, id, { caller: "unsigned" })).statusCode, 200);
  });

  it("without the function's permission the caller gets 500 Internal server error", async () => {
    const cloud = platform();
    const answer = await send(cloud, await deployApi(cloud, { permission: false }));
    assert.deepEqual([answer.statusCode, answer.body], [500, '{"message":"Internal server error"}']);
  });

  it("an integration that doesn't POST fails with 500", async () => {
    const cloud = platform();
    const id = await deployApi(cloud, { integration: { integrationHttpMethod: "GET" } });
    assert.equal((await send(cloud, id)).statusCode, 500);
  });

  it("a function that throws or answers malformed gives 502", async () => {
    const answers = [
      "throw new Error('no')",
      "return 1",
      "return {}",
      "return { statusCode: 200, body: { a: 1 } }",
      "return { statusCode: 200, extra: 1 }",
      "return [1]",
    ];
    for (const text of answers) {
      const cloud = platform();
      const answer = await send(cloud, await deployApi(cloud, { text: `exports.handler = async () => { ${text} };` }));
      assert.deepEqual(
        [text, answer.statusCode, answer.body],
        [text, 502, '{"message": "Internal server error"}'.replace(" ", "")],
      );
    }
  });

  // Source: Amazon API Gateway quotas
  it("a function slower than the integration's timeout gives 504", async () => {
    const cloud = platform({ callLatencyMs: 100 });
    const text = `
      const { SSMClient, GetParametersCommand } = require("@aws-sdk/client-ssm");
      exports.handler = async () => {
        await new SSMClient({}).send(new GetParametersCommand({ Names: ["/x"] })).catch(() => 0);
        return { statusCode: 200 };
      };`;
    const id = await deployApi(cloud, { text, integration: { timeoutInMillis: 50 } });
    const answer = await send(cloud, id);
    assert.deepEqual([answer.statusCode, answer.body], [504, '{"message":"Endpoint request timed out"}']);
  });

  // Source: Throttle requests to your REST APIs in API Gateway
  it("throttles each method by the stage's burst and rate with 429", async () => {
    const cloud = platform();
    const id = await deployApi(cloud);
    await cloud.as(
      "apigateway",
      "UpdateStage",
      stagePatch(id, { "/*/*/throttling/rateLimit": "1", "/*/*/throttling/burstLimit": "2" }),
    );
    const status = async (method = "GET") => (await send(cloud, id, { method })).statusCode;
    assert.deepEqual([await status(), await status(), await status(), await status("PATCH")], [200, 200, 429, 200]);
    assert.equal((await send(cloud, id)).body, '{"message":"Too Many Requests"}');
    await cloud.clock.advanceTo(start + 1_000);
    assert.deepEqual([await status(), await status()], [200, 429]);
  });

  // Source: Amazon API Gateway quotas
  it("a body over 10 MB is refused with 413", async () => {
    const cloud = platform();
    const id = await deployApi(cloud);
    assert.equal((await send(cloud, id, { method: "PATCH", body: "x".repeat(10_485_761) })).statusCode, 413);
  });

  // Source: Amazon API Gateway dimensions and metrics
  it("publishes count, errors and latency a minute, by API and by stage", async () => {
    const cloud = platform();
    const id = await deployApi(cloud);
    await send(cloud, id);
    await send(cloud, id, { caller: "unsigned" });
    await cloud.clock.advanceTo(start + minute);
    const sums = cloud.metrics
      .filter(({ namespace, dimensions }) => namespace === "AWS/ApiGateway" && dimensions["Stage"] === "v1")
      .map(({ name, value }) => [name, typeof value === "number" ? value : value.sum]);
    assert.deepEqual(sums, [
      ["Count", 2],
      ["4XXError", 1],
      ["5XXError", 0],
      ["Latency", 0],
    ]);
    assert.equal(
      cloud.metrics.filter(({ namespace, dimensions }) => namespace === "AWS/ApiGateway" && !("Stage" in dimensions)).length,
      4,
    );
  });
});
