import * as assert from "node:assert/strict";
import { Scaler } from "../../../components/scaler/scaler";
import { validateScaler, type ScalerArgs } from "../../../components/scaler/scalerArgs";
import { account, record, region, resource, resourcesOf, type Recording } from "../../support/recorder";

const build = (args: Partial<ScalerArgs> = {}): Promise<Recording> =>
  record(() => {
    const { scalerName, url, roleName, functionName, logGroupName } = new Scaler("scaler", { scalerName: "dev", ...args });
    return { scalerName, url, roleName, functionName, logGroupName };
  });

/** Serialising the function takes most of a second: the usual one is built once. */
let usual: Promise<Recording> | undefined;
const run = (args?: Partial<ScalerArgs>) => (args ? build(args) : (usual ??= build()));

describe("Scaler: the function", () => {
  it("runs on nodejs24.x with 55 s and 256 MB, configured by its environment, logging text to a group of its own", async () => {
    const { code, ...inputs } = resource(await run({ logRetentionDays: 14 }), "aws:lambda/function:Function").inputs;
    assert.ok(code);
    assert.deepEqual(inputs, {
      description: "Sluice: answers Application Auto Scaling, and every minute changes what has to change.",
      handler: "__index.handler",
      role: "arn:iam:scaler-role",
      runtime: "nodejs24.x",
      timeout: 55,
      memorySize: 256,
      loggingConfig: { logFormat: "Text", logGroup: "/sluice/dev/scaler" },
      environment: { variables: { SLUICE_PREFIX: "/sluice/dev", SLUICE_STACK: "dev" } },
    });
  });

  it("is one file, which contains nothing of Pulumi and no path of this machine", async () => {
    const { inputs } = resource(await run(), "aws:lambda/function:Function");
    const assets = (await (inputs["code"] as { assets: Promise<Record<string, { text: Promise<string> }>> }).assets)!;
    assert.deepEqual(Object.keys(assets), ["__index.js"]);
    const text = await assets["__index.js"]!.text;
    assert.doesNotMatch(text, /@pulumi|\/node_modules\//);
    assert.ok(!text.includes(process.cwd()));
  });

  // Source: "Giving Lambda functions access to resources in an Amazon VPC", execution role permissions, and how to keep them from the code.
  it("runs in a VPC when it is given one: Lambda keeps its network interfaces with the role, and the function's code may not", async () => {
    const network = { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] };
    const recording = await run({ network });
    assert.deepEqual(resource(recording, "aws:lambda/function:Function").inputs["vpcConfig"], network);
    const { policy } = resource(recording, "aws:iam/rolePolicy:RolePolicy").inputs as { policy: string };
    const statements = JSON.parse(policy).Statement as { Sid: string; Effect: string; Action: string[]; Condition?: object }[];
    const [look, keep, deny] = statements.slice(-3);
    assert.deepEqual(look!.Action, ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]);
    assert.deepEqual(keep!.Action, [
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:UnassignPrivateIpAddresses",
    ]);
    assert.deepEqual([deny!.Effect, deny!.Action], ["Deny", [...look!.Action, ...keep!.Action]]);
    assert.deepEqual(deny!.Condition, { ArnLike: { "lambda:SourceFunctionArn": "arn:*:lambda:*:*:function:*" } });
  });

  it("refuses half a network", () => {
    assert.deepEqual(validateScaler({ network: { subnetIds: ["subnet-1"], securityGroupIds: [] } }, "scaler"), [
      {
        path: "network.securityGroupIds",
        value: [],
        text: "a VPC needs both `network.subnetIds` and `network.securityGroupIds`. Set it too, or remove the other",
      },
    ]);
  });

  it("has one role with one policy, which Lambda alone may assume", async () => {
    const recording = await run();
    const trust = JSON.parse(resource(recording, "aws:iam/role:Role", "scaler-role").inputs["assumeRolePolicy"] as string);
    assert.deepEqual(trust.Statement, [
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    const policies = resourcesOf(recording, "aws:iam/rolePolicy:RolePolicy");
    assert.deepEqual(
      policies.map(({ name, inputs }) => [name, inputs["role"]]),
      [["scaler-role-policy", "scaler-role-id"]],
    );
    const attached = resourcesOf(recording, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(
      ({ inputs }) => inputs["role"],
    );
    assert.deepEqual(attached, ["scaler-account-log-role"]);
    const { Statement } = JSON.parse(policies[0]!.inputs["policy"] as string);
    assert.deepEqual(Statement[2], {
      Sid: "WriteParameters",
      Effect: "Allow",
      Action: ["ssm:PutParameter"],
      Resource: [
        `arn:aws:ssm:${region}:${account}:parameter/sluice/dev/*/desired`,
        `arn:aws:ssm:${region}:${account}:parameter/sluice/dev/*/state`,
      ],
    });
  });

  it("is not called again for an event that failed or is older than a minute", async () => {
    const recording = await run();
    assert.deepEqual(resource(recording, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").inputs, {
      functionName: "scaler-function",
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: 60,
    });
  });

  it("is invoked every minute by a rule that may do so", async () => {
    const recording = await run();
    const rule = resource(recording, "aws:cloudwatch/eventRule:EventRule");
    assert.equal(rule.inputs["scheduleExpression"], "rate(1 minute)");
    const target = resource(recording, "aws:cloudwatch/eventTarget:EventTarget");
    assert.deepEqual(target.inputs, {
      rule: "scaler-minute",
      arn: "arn:lambda:scaler-function",
      retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
    });
    assert.ok(target.options.dependsOn.includes("scaler-minute-permission"));
    assert.deepEqual(resource(recording, "aws:lambda/permission:Permission", "scaler-minute-permission").inputs, {
      action: "lambda:InvokeFunction",
      function: "scaler-function",
      principal: "events.amazonaws.com",
      sourceArn: "arn:cloudwatch:scaler-minute",
    });
  });
});

describe("Scaler: its parameter", () => {
  it("says whose the prefix is: that of the component's name and the stack's, or the name that it was given", async () => {
    const owner = async (args?: Partial<ScalerArgs>) => resource(await run(args), "aws:ssm/parameter:Parameter").inputs;
    assert.deepEqual([(await owner())["name"], (await owner())["value"]], ["/sluice/dev/owner", "scaler"]);
    assert.equal((await owner({ scalerName: undefined }))["name"], "/sluice/scaler-dev/owner");
  });
});

describe("Scaler: the API", () => {
  it("answers signed GET and PATCH of /scalableTargetDimensions/{id} and nothing else", async () => {
    const recording = await run();
    const paths = resourcesOf(recording, "aws:apigateway/resource:Resource").map(({ inputs }) => [
      inputs["parentId"],
      inputs["pathPart"],
    ]);
    assert.deepEqual(paths, [
      ["scaler-api-root", "scalableTargetDimensions"],
      ["scaler-dimensions-id", "{id}"],
    ]);
    assert.deepEqual(
      resourcesOf(recording, "aws:apigateway/method:Method").map(({ inputs }) => inputs),
      ["GET", "PATCH"].map((httpMethod) => ({
        restApi: "scaler-api-id",
        resourceId: "scaler-dimension-id",
        httpMethod,
        authorization: "AWS_IAM",
        requestParameters: { "method.request.path.id": true },
      })),
    );
    assert.deepEqual(
      resourcesOf(recording, "aws:apigateway/integration:Integration").map(({ inputs }) => inputs),
      ["GET", "PATCH"].map((httpMethod) => ({
        restApi: "scaler-api-id",
        resourceId: "scaler-dimension-id",
        httpMethod,
        type: "AWS_PROXY",
        integrationHttpMethod: "POST",
        uri: "arn:invoke:scaler-function",
      })),
    );
    assert.deepEqual(resource(recording, "aws:lambda/permission:Permission", "scaler-api-permission").inputs, {
      action: "lambda:InvokeFunction",
      function: "scaler-function",
      principal: "apigateway.amazonaws.com",
      sourceArn: `arn:aws:execute-api:${region}:${account}:scaler-api-id/v1/*/scalableTargetDimensions/*`,
    });
  });

  it("is deployed after its methods, integrations and policy, to a stage with access logs and throttling", async () => {
    const recording = await run({ logRetentionDays: 14 });
    const { options } = resource(recording, "aws:apigateway/deployment:Deployment");
    for (const needed of [
      "scaler-api-policy",
      "scaler-get",
      "scaler-get-integration",
      "scaler-patch",
      "scaler-patch-integration",
    ])
      assert.ok(options.dependsOn.includes(needed), needed);
    const stage = resource(recording, "aws:apigateway/stage:Stage");
    assert.equal(stage.inputs["stageName"], "v1");
    assert.equal(stage.inputs["deployment"], "scaler-deployment-id");
    const { destinationArn, format } = stage.inputs["accessLogSettings"] as { destinationArn: string; format: string };
    assert.equal(destinationArn, "arn:cloudwatch:scaler-access-log");
    assert.equal(JSON.parse(format).caller, "$context.identity.userArn");
    assert.equal(resource(recording, "aws:cloudwatch/logGroup:LogGroup", "scaler-access-log").inputs["retentionInDays"], 14);
    assert.deepEqual(resource(recording, "aws:apigateway/methodSettings:MethodSettings").inputs, {
      restApi: "scaler-api-id",
      stageName: "v1",
      methodPath: "*/*",
      settings: { throttlingRateLimit: 50, throttlingBurstLimit: 100 },
    });
  });

  it("is deployed again when the policy changes, and only then", async () => {
    const triggers = async (args?: Partial<ScalerArgs>) =>
      resource(await run(args), "aws:apigateway/deployment:Deployment").inputs["triggers"];
    const before = await triggers();
    assert.match(JSON.stringify(before), /^\{"configuration":"[0-9a-f]{64}"\}$/);
    assert.deepEqual(await triggers({ logRetentionDays: 90 }), before);
    assert.notDeepEqual(await triggers({ callerArns: [`arn:aws:iam::${account}:role/operator`] }), before);
  });

  const scalingRole =
    `arn:aws:iam::${account}:role/aws-service-role/custom-resource.application-autoscaling.amazonaws.com/` +
    "AWSServiceRoleForApplicationAutoScaling_CustomResource";
  const call = {
    Effect: "Deny",
    Principal: "*",
    Action: "execute-api:Invoke",
    Resource: `arn:aws:execute-api:${region}:${account}:scaler-api-id/*`,
  };
  const policyOf = async (args: Partial<ScalerArgs>) =>
    JSON.parse(resource(await run(args), "aws:apigateway/restApiPolicy:RestApiPolicy").inputs["policy"] as string).Statement;
  const otherAccounts = {
    Sid: "NoOtherAccount",
    ...call,
    Condition: { StringNotEquals: { "aws:PrincipalAccount": account } },
  };

  it("allows nobody by its own policy: identities of the account need a permission in IAM, others are denied", async () => {
    assert.deepEqual(await policyOf({}), [otherAccounts]);
  });

  it("denies everyone but the callers that are named and Application Auto Scaling's service-linked role", async () => {
    const operator = `arn:aws:iam::${account}:role/operator`;
    const callers = [scalingRole, operator].sort();
    assert.deepEqual(await policyOf({ callerArns: [operator] }), [
      otherAccounts,
      { Sid: "NoOtherCaller", ...call, Condition: { ArnNotEquals: { "aws:PrincipalArn": callers } } },
    ]);
  });

  it("sets the account's role for access logs once, without calling another's change a drift, and leaves it when it goes", async () => {
    const recording = await run();
    const accountSettings = resource(recording, "aws:apigateway/account:Account");
    assert.deepEqual(accountSettings.inputs, { cloudwatchRoleArn: "arn:iam:scaler-account-log-role" });
    assert.deepEqual(accountSettings.options.ignoreChanges, ["cloudwatchRoleArn"]);
    for (const { options } of [accountSettings, resource(recording, "aws:iam/role:Role", "scaler-account-log-role")])
      assert.equal(options.retainOnDelete, true);
    assert.ok(resource(recording, "aws:apigateway/stage:Stage").options.dependsOn.includes("scaler-account"));

    const without = await run({ apiGatewayLogRole: false });
    assert.deepEqual(resourcesOf(without, "aws:apigateway/account:Account"), []);
    assert.deepEqual(
      resourcesOf(without, "aws:iam/role:Role").map(({ name }) => name),
      ["scaler-role"],
    );
  });

  it("gives an address of AWS's form", async () => {
    assert.deepEqual((await run()).outputs, {
      scalerName: "dev",
      url: `https://scaler-api-id.execute-api.${region}.amazonaws.com/v1`,
      roleName: "scaler-role",
      functionName: "scaler-function",
      logGroupName: "/sluice/dev/scaler",
    });
  });
});
