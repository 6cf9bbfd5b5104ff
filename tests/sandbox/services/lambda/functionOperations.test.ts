// Source: CreateFunction, UpdateFunctionConfiguration, PutFunctionEventInvokeConfig (API reference); Lambda runtimes; Lambda quotas
import assert = require("node:assert/strict");
import { allow, makeFunction, platform, trust } from "../../support/platform";

const text = "exports.handler = async () => 1;";

async function refused(more: object, name: string, message: RegExp) {
  await assert.rejects(makeFunction(platform(), "f", text, more), { name, message });
}

describe("Lambda functions", () => {
  it("describes a function with its hash, defaults and log group", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", text);
    const { Configuration, Code } = await cloud.as("lambda", "GetFunction", { FunctionName: "f" });
    const { Timeout, MemorySize, State, LastUpdateStatus, LoggingConfig, CodeSize } = Configuration;
    assert.deepEqual(
      { Timeout, MemorySize, State, LastUpdateStatus, LoggingConfig, CodeSize },
      {
        Timeout: 3,
        MemorySize: 128,
        State: "Active",
        LastUpdateStatus: "Successful",
        LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/f" },
        CodeSize: text.length,
      },
    );
    assert.deepEqual(Code.files, { "index.js": text });
  });

  it("keeps the VPC that a function is given until it is given none", async () => {
    const cloud = platform();
    const VpcConfig = { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] };
    await makeFunction(cloud, "f", text, { VpcConfig });
    const described = async () => (await cloud.as("lambda", "GetFunctionConfiguration", { FunctionName: "f" })).VpcConfig;
    await cloud.as("lambda", "UpdateFunctionConfiguration", { FunctionName: "f", Timeout: 5 });
    assert.deepEqual(await described(), VpcConfig);
    await cloud.as("lambda", "UpdateFunctionConfiguration", {
      FunctionName: "f",
      VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
    });
    assert.deepEqual(await described(), { SubnetIds: [], SecurityGroupIds: [] });
  });

  it("the hash tells the code's content only", async () => {
    const cloud = platform();
    const hash = async (name: string, code: string) => {
      await makeFunction(cloud, name, code);
      return (await cloud.as("lambda", "GetFunctionConfiguration", { FunctionName: name })).CodeSha256;
    };
    const first = await hash("a", text);
    assert.equal(await hash("b", text), first);
    assert.notEqual(await hash("c", text + " "), first);
  });

  it("refuses a timeout over 900 s and memory under 128 MB", async () => {
    await refused(
      { Timeout: 901 },
      "ValidationException",
      /^1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900$/,
    );
    await refused({ Timeout: 0 }, "ValidationException", /greater than or equal to 1$/);
    await refused({ MemorySize: 127 }, "ValidationException", /Value '127' at 'memorySize'.*greater than or equal to 128$/);
  });

  it("refuses a runtime that can't be created any more and one that the sandbox can't run", async () => {
    await refused(
      { Runtime: "nodejs20.x" },
      "InvalidParameterValueException",
      /^The runtime parameter of nodejs20\.x is no longer supported for creating or updating AWS Lambda functions\./,
    );
    await refused(
      { Runtime: "python3.13" },
      "InvalidParameterValueException",
      /not modelled: the sandbox runs nodejs22\.x, nodejs24\.x, nodejs26\.x/,
    );
  });

  it("refuses reserved environment variables and more than 4 KB of them", async () => {
    await refused(
      { Environment: { Variables: { AWS_REGION: "x" } } },
      "InvalidParameterValueException",
      /Reserved keys used in this request: AWS_REGION$/,
    );
    await refused(
      { Environment: { Variables: { BIG: "x".repeat(4_096) } } },
      "InvalidParameterValueException",
      /exceeded the 4KB limit/,
    );
  });

  it("refuses a role that Lambda can't assume", async () => {
    const cloud = platform();
    const { Role } = await cloud.as("iam", "CreateRole", { RoleName: "r", AssumeRolePolicyDocument: trust("ec2.amazonaws.com") });
    const input = {
      FunctionName: "f",
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Role: Role.Arn,
      Code: { files: { "index.js": text } },
    };
    await assert.rejects(cloud.as("lambda", "CreateFunction", input), {
      name: "InvalidParameterValueException",
      message: "The role defined for the function cannot be assumed by Lambda.",
    });
  });

  it("who creates a function must be allowed to pass its role to Lambda", async () => {
    const cloud = platform();
    const Role = await cloud.role("f-role", []);
    const input = {
      FunctionName: "f",
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Role,
      Code: { files: { "index.js": text } },
    };
    const creator = { arn: await cloud.role("creator", [allow("lambda:*", "*")]) };
    await assert.rejects(cloud.call("lambda", "CreateFunction", input, creator), {
      message: /is not authorized to perform: iam:PassRole on resource: .*role\/f-role/,
    });
    const passer = allow("iam:PassRole", Role, { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } });
    const both = { arn: await cloud.role("both", [allow("lambda:*", "*"), passer]) };
    assert.equal((await cloud.call("lambda", "CreateFunction", input, both)).FunctionName, "f");
  });

  it("a name is taken once and an unknown one is not found", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", text);
    const Role = (await cloud.as("lambda", "GetFunctionConfiguration", { FunctionName: "f" })).Role;
    const again = {
      FunctionName: "f",
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Role,
      Code: { files: { "index.js": text } },
    };
    await assert.rejects(cloud.as("lambda", "CreateFunction", again), {
      name: "ResourceConflictException",
      message: "Function already exist: f",
      statusCode: 409,
    });
    await cloud.as("lambda", "DeleteFunction", { FunctionName: "f" });
    await assert.rejects(cloud.as("lambda", "GetFunction", { FunctionName: "f" }), {
      name: "ResourceNotFoundException",
      statusCode: 404,
    });
  });

  it("an update keeps what it doesn't name", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", text, { Timeout: 55, Environment: { Variables: { MODE: "act" } } });
    await cloud.as("lambda", "UpdateFunctionConfiguration", { FunctionName: "f", MemorySize: 256 });
    const { Timeout, MemorySize, Environment } = await cloud.as("lambda", "GetFunctionConfiguration", { FunctionName: "f" });
    assert.deepEqual([Timeout, MemorySize, Environment.Variables], [55, 256, { MODE: "act" }]);
  });

  it("tags are set, listed and removed by ARN", async () => {
    const cloud = platform();
    const Resource = await makeFunction(cloud, "f", text, { Tags: { a: "1" } });
    await cloud.as("lambda", "TagResource", { Resource, Tags: { b: "2" } });
    await cloud.as("lambda", "UntagResource", { Resource, TagKeys: ["a"] });
    assert.deepEqual(await cloud.as("lambda", "ListTags", { Resource }), { Tags: { b: "2" } });
  });

  it("the event invoke configuration has limits: 0 to 2 retries, 60 s to 6 h of age", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", text);
    const put = (config: object) => cloud.as("lambda", "PutFunctionEventInvokeConfig", { FunctionName: "f", ...config });
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = await put({
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    });
    assert.deepEqual([MaximumRetryAttempts, MaximumEventAgeInSeconds], [0, 60]);
    await assert.rejects(put({ MaximumRetryAttempts: 3 }), { name: "ValidationException" });
    await assert.rejects(put({ MaximumEventAgeInSeconds: 59 }), { name: "ValidationException" });
    await assert.rejects(put({ MaximumEventAgeInSeconds: 21_601 }), { name: "ValidationException" });
  });
});
