// Source: IAM API Reference; IAM and AWS STS quotas
import assert = require("node:assert/strict");
import { account, allow, platform, trust } from "../../support/platform";

const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

describe("IAM", () => {
  it("answers a role with its policy URL-encoded, as the API does", async () => {
    const cloud = platform();
    await cloud.as("iam", "CreateRole", {
      RoleName: "r",
      Path: "/team/",
      AssumeRolePolicyDocument: trust("lambda.amazonaws.com"),
    });
    const { Role } = await cloud.as("iam", "GetRole", { RoleName: "r" });
    assert.equal(Role.Arn, `arn:aws:iam::${account}:role/team/r`);
    assert.equal(decodeURIComponent(Role.AssumeRolePolicyDocument), trust("lambda.amazonaws.com"));
    assert.match(Role.RoleId, /^AROA[A-Z2-7]{17}$/);
  });

  it("names are unique whatever their path", async () => {
    const cloud = platform();
    await cloud.role("r", []);
    await assert.rejects(
      cloud.as("iam", "CreateRole", { RoleName: "r", Path: "/x/", AssumeRolePolicyDocument: trust("lambda.amazonaws.com") }),
      { name: "EntityAlreadyExists", message: "Role with name r already exists." },
    );
  });

  it("a role with policies can't be deleted", async () => {
    const cloud = platform();
    await cloud.role("r", [allow("s3:*", "*")]);
    await assert.rejects(cloud.as("iam", "DeleteRole", { RoleName: "r" }), {
      name: "DeleteConflict",
      message: "Cannot delete entity, must delete policies first.",
    });
    await cloud.as("iam", "DeleteRolePolicy", { RoleName: "r", PolicyName: "inline" });
    await cloud.as("iam", "DeleteRole", { RoleName: "r" });
    await assert.rejects(cloud.as("iam", "GetRole", { RoleName: "r" }), {
      name: "NoSuchEntity",
      message: "The role with name r cannot be found.",
    });
  });

  it("inline policies of a role hold 10,240 characters together, white space not counted", async () => {
    const cloud = platform();
    await cloud.role("r", []);
    const long = policy(
      allow(
        "s3:*",
        Array.from({ length: 150 }, (_, i) => `arn:aws:s3:::bucket-with-a-long-name-${i}/*`),
      ),
    );
    await cloud.as("iam", "PutRolePolicy", {
      RoleName: "r",
      PolicyName: "one",
      PolicyDocument: JSON.stringify(JSON.parse(long), null, 8),
    });
    await assert.rejects(cloud.as("iam", "PutRolePolicy", { RoleName: "r", PolicyName: "two", PolicyDocument: long }), {
      name: "LimitExceeded",
      message: "Maximum policy size of 10240 bytes exceeded for role r",
    });
    assert.deepEqual((await cloud.as("iam", "ListRolePolicies", { RoleName: "r" })).PolicyNames, ["one"]);
  });

  it("the service-linked role of Application Auto Scaling exists and may call the API", () => {
    const cloud = platform();
    const arn = `arn:aws:iam::${account}:role/aws-service-role/custom-resource.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_CustomResource`;
    assert.equal(cloud.iam.decideIdentity({ arn }, "execute-api:Invoke", "arn:aws:execute-api:eu-west-1:1:a/b/GET/c"), "allow");
    assert.equal(cloud.iam.decideIdentity({ arn }, "kinesis:UpdateShardCount", "*"), "none");
    assert.equal(cloud.iam.canAssume(arn, "custom-resource.application-autoscaling.amazonaws.com"), true);
  });

  it("a trust policy says which service may assume the role", async () => {
    const cloud = platform();
    const arn = await cloud.role("r", [], "kinesisanalytics.amazonaws.com");
    assert.equal(cloud.iam.canAssume(arn, "kinesisanalytics.amazonaws.com"), true);
    assert.equal(cloud.iam.canAssume(arn, "lambda.amazonaws.com"), false);
  });

  it("a user has at most two access keys, and a key leads back to the user", async () => {
    const cloud = platform();
    await cloud.as("iam", "CreateUser", { UserName: "ada" });
    const { AccessKey } = await cloud.as("iam", "CreateAccessKey", { UserName: "ada" });
    assert.match(AccessKey.AccessKeyId, /^AKIA[A-Z2-7]{16}$/);
    assert.equal(cloud.iam.credentials(AccessKey.AccessKeyId)?.principal.arn, `arn:aws:iam::${account}:user/ada`);
    assert.equal(cloud.iam.credentials(AccessKey.AccessKeyId)?.secretAccessKey, AccessKey.SecretAccessKey);
    await cloud.as("iam", "CreateAccessKey", { UserName: "ada" });
    await assert.rejects(cloud.as("iam", "CreateAccessKey", { UserName: "ada" }), { name: "LimitExceeded" });
    assert.equal(cloud.iam.credentials("AKIAUNKNOWN"), undefined);
    const remove = (UserName: string) => cloud.as("iam", "DeleteAccessKey", { UserName, AccessKeyId: AccessKey.AccessKeyId });
    await assert.rejects(remove("bob"), { name: "NoSuchEntity" });
    await remove("ada");
  });

  it("a managed policy has five versions at most and can't be deleted while attached", async () => {
    const cloud = platform();
    await cloud.role("r", []);
    const PolicyDocument = policy(allow("s3:*", "*"));
    const { Policy } = await cloud.as("iam", "CreatePolicy", { PolicyName: "p", PolicyDocument });
    await cloud.as("iam", "AttachRolePolicy", { RoleName: "r", PolicyArn: Policy.Arn });
    await assert.rejects(cloud.as("iam", "DeletePolicy", { PolicyArn: Policy.Arn }), { name: "DeleteConflict" });
    for (let i = 2; i <= 5; i++) await cloud.as("iam", "CreatePolicyVersion", { PolicyArn: Policy.Arn, PolicyDocument });
    await assert.rejects(cloud.as("iam", "CreatePolicyVersion", { PolicyArn: Policy.Arn, PolicyDocument }), {
      name: "LimitExceeded",
    });
  });
});
