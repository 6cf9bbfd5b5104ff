// Source: Viewing resource-based IAM policies in Lambda; AddPermission (API reference)
import assert = require("node:assert/strict");
import { account, makeFunction, platform } from "../../support/platform";

const text = "exports.handler = async () => 1;";
const rule = `arn:aws:events:eu-west-1:${account}:rule/minute`;
const byRule = { arn: rule, service: "events.amazonaws.com" };
const permission = {
  FunctionName: "f",
  StatementId: "rule",
  Action: "lambda:InvokeFunction",
  Principal: "events.amazonaws.com",
  SourceArn: rule,
};

describe("Lambda permissions", () => {
  it("a service invokes only by the function's policy, from the source that it names", async () => {
    const cloud = platform();
    const arn = await makeFunction(cloud, "f", text);
    const invoke = (caller: { arn: string; service?: string }) => cloud.call("lambda", "Invoke", { FunctionName: "f" }, caller);
    await assert.rejects(invoke(byRule), {
      name: "AccessDeniedException",
      statusCode: 403,
      message: `User: events.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: ${arn} because no resource-based policy allows the lambda:InvokeFunction action`,
    });
    await cloud.as("lambda", "AddPermission", permission);
    assert.equal((await invoke(byRule)).StatusCode, 200);
    await assert.rejects(invoke({ ...byRule, arn: `${rule}2` }), { name: "AccessDeniedException" });
    await assert.rejects(invoke({ ...byRule, service: "apigateway.amazonaws.com" }), { name: "AccessDeniedException" });
    await cloud.as("lambda", "RemovePermission", { FunctionName: "f", StatementId: "rule" });
    await assert.rejects(invoke(byRule), { name: "AccessDeniedException" });
  });

  it("the function's policy may allow an identity that has no permission of its own", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", text);
    const caller = { arn: await cloud.role("caller", []) };
    await cloud.as("lambda", "AddPermission", {
      FunctionName: "f",
      StatementId: "role",
      Action: "lambda:InvokeFunction",
      Principal: caller.arn,
    });
    assert.equal((await cloud.call("lambda", "Invoke", { FunctionName: "f" }, caller)).StatusCode, 200);
  });

  it("an identity's own deny wins over the function's policy", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", text);
    const caller = { arn: await cloud.role("caller", [{ Effect: "Deny", Action: "lambda:*", Resource: "*" }]) };
    await cloud.as("lambda", "AddPermission", {
      FunctionName: "f",
      StatementId: "role",
      Action: "lambda:InvokeFunction",
      Principal: caller.arn,
    });
    await assert.rejects(cloud.call("lambda", "Invoke", { FunctionName: "f" }, caller), {
      message: /with an explicit deny in an identity-based policy$/,
    });
  });

  it("shows the policy as AWS writes it and has each statement id once", async () => {
    const cloud = platform();
    const arn = await makeFunction(cloud, "f", text);
    await assert.rejects(cloud.as("lambda", "GetPolicy", { FunctionName: "f" }), {
      name: "ResourceNotFoundException",
      message: "The resource you requested does not exist.",
    });
    await cloud.as("lambda", "AddPermission", permission);
    await assert.rejects(cloud.as("lambda", "AddPermission", permission), {
      name: "ResourceConflictException",
      message:
        "The statement id (rule) provided already exists. Please provide a new statement id, or remove the existing statement.",
    });
    const { Policy } = await cloud.as("lambda", "GetPolicy", { FunctionName: "f" });
    assert.deepEqual(JSON.parse(Policy).Statement, [
      {
        Sid: "rule",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "lambda:InvokeFunction",
        Resource: arn,
        Condition: { ArnLike: { "AWS:SourceArn": rule } },
      },
    ]);
  });
});
