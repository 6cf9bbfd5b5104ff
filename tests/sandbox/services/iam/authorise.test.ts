// Source: Policy evaluation logic; Troubleshoot access denied error messages
import assert = require("node:assert/strict");
import { account, allow, deny, platform, root, type Platform } from "../../support/platform";

const stream = `arn:aws:kinesis:eu-west-1:${account}:stream/dev`;
const need = (action: string, resource = stream) => [{ action, resource }];

async function roleWith(cloud: Platform, ...statements: object[]) {
  const arn = await cloud.role("scaler", statements);
  return { arn, service: "lambda.amazonaws.com", session: "dev-scaler" };
}

describe("IAM authorisation", () => {
  it("what no policy allows is denied with AWS's text, the role named as its session", async () => {
    const cloud = platform();
    const caller = await roleWith(cloud, allow("kinesis:DescribeStreamSummary", stream));
    assert.equal(cloud.iam.authorise(caller, need("kinesis:DescribeStreamSummary")), undefined);
    const denied = cloud.iam.authorise(caller, need("kinesis:UpdateShardCount"));
    assert.equal(denied?.name, "AccessDeniedException");
    assert.equal(denied?.statusCode, 400);
    assert.equal(
      denied?.message,
      `User: arn:aws:sts::${account}:assumed-role/scaler/dev-scaler is not authorized to perform: kinesis:UpdateShardCount on resource: ${stream} ` +
        "because no identity-based policy allows the kinesis:UpdateShardCount action",
    );
  });

  it("an explicit deny wins over every allow", async () => {
    const cloud = platform();
    const caller = await roleWith(cloud, allow("*", "*"), deny("kinesis:*", stream));
    assert.match(
      cloud.iam.authorise(caller, need("kinesis:UpdateShardCount"))?.message ?? "",
      /with an explicit deny in an identity-based policy$/,
    );
    assert.equal(cloud.iam.authorise(caller, need("kinesis:UpdateShardCount", `${stream}2`)), undefined);
  });

  it("the root user may do everything, an unknown identity nothing", async () => {
    const cloud = platform();
    assert.equal(cloud.iam.authorise(root, need("iam:DeleteRole")), undefined);
    const nobody = { arn: `arn:aws:iam::${account}:role/nobody` };
    assert.equal(cloud.iam.authorise(nobody, need("kinesis:ListShards"))?.name, "UnrecognizedClientException");
  });

  it("a query service says AccessDenied with 403", async () => {
    const cloud = platform();
    const caller = await roleWith(cloud);
    const denied = cloud.iam.authorise(caller, need("cloudwatch:PutMetricData", "*"));
    assert.deepEqual([denied?.name, denied?.statusCode], ["AccessDenied", 403]);
  });

  it("conditions see the request's context, and their decision isn't remembered across contexts", async () => {
    const cloud = platform();
    const caller = await roleWith(
      cloud,
      allow("iam:PassRole", "*", { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } }),
    );
    const pass = (service: string) =>
      cloud.iam.authorise(caller, need("iam:PassRole", "arn:aws:iam::1:role/x"), { "iam:passedtoservice": service });
    assert.equal(pass("lambda.amazonaws.com"), undefined);
    assert.equal(pass("ec2.amazonaws.com")?.name, "AccessDenied");
    assert.equal(pass("lambda.amazonaws.com"), undefined);
  });

  it("a changed policy counts at once", async () => {
    const cloud = platform();
    const caller = await roleWith(cloud, allow("kinesis:*", stream));
    assert.equal(cloud.iam.authorise(caller, need("kinesis:UpdateShardCount")), undefined);
    await cloud.as("iam", "DeleteRolePolicy", { RoleName: "scaler", PolicyName: "inline" });
    assert.equal(cloud.iam.authorise(caller, need("kinesis:UpdateShardCount"))?.name, "AccessDeniedException");
    const { Policy } = await cloud.as("iam", "CreatePolicy", {
      PolicyName: "managed",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [allow("kinesis:*", "*")] }),
    });
    await cloud.as("iam", "AttachRolePolicy", { RoleName: "scaler", PolicyArn: Policy.Arn });
    assert.equal(cloud.iam.authorise(caller, need("kinesis:UpdateShardCount")), undefined);
    await cloud.as("iam", "CreatePolicyVersion", {
      PolicyArn: Policy.Arn,
      SetAsDefault: true,
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [allow("ssm:*", "*")] }),
    });
    assert.equal(cloud.iam.authorise(caller, need("kinesis:UpdateShardCount"))?.name, "AccessDeniedException");
  });

  it("lists the permissions that no call has needed, by action and by resource", async () => {
    const cloud = platform();
    const caller = await roleWith(
      cloud,
      { Sid: "Streams", ...allow(["kinesis:Describe*", "kinesis:UpdateShardCount"], [stream, `${stream}-other`]) },
      { ...allow("ssm:PutParameter", "*"), Condition: { StringEquals: { "aws:PrincipalAccount": account } } },
    );
    cloud.iam.authorise(caller, need("kinesis:DescribeStreamSummary"));
    const unused = cloud.iam.unusedPermissions(caller.arn);
    assert.deepEqual(unused, [
      { policy: "inline", managed: false, statement: "Streams", action: "kinesis:UpdateShardCount" },
      { policy: "inline", managed: false, statement: "Streams", resource: `${stream}-other` },
      { policy: "inline", managed: false, statement: "#1", action: "ssm:PutParameter" },
      { policy: "inline", managed: false, statement: "#1", resource: "*" },
    ]);
    cloud.iam.authorise(caller, [...need("kinesis:UpdateShardCount", `${stream}-other`), ...need("ssm:PutParameter", "*")]);
    assert.deepEqual(cloud.iam.unusedPermissions(caller.arn), []);
  });

  it("a call that was denied uses no permission", async () => {
    const cloud = platform();
    const caller = await roleWith(cloud, allow("kinesis:*", stream), deny("kinesis:*", "*"));
    cloud.iam.authorise(caller, need("kinesis:UpdateShardCount"));
    assert.equal(cloud.iam.unusedPermissions(caller.arn).length, 2);
  });
});
