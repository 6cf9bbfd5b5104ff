// Source: IAM JSON policy element reference
import assert = require("node:assert/strict");
import { compilePolicy } from "../../../../sandbox/services/iam/policyDocument";

const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const refused = (statement: object, kind: "identity" | "trust" | "resource", message: RegExp) =>
  assert.throws(() => compilePolicy(document(statement), kind), { name: "MalformedPolicyDocument", message });

describe("IAM policy documents", () => {
  it("actions are not case-sensitive, resources are", () => {
    const [statement] = compilePolicy(
      document({ Effect: "Allow", Action: "ssm:Get*", Resource: "arn:aws:ssm:*:*:parameter/Sluice/*" }),
      "identity",
    );
    assert.equal(statement?.action("SSM:getParameter"), true);
    assert.equal(statement?.resource("arn:aws:ssm:eu-west-1:1:parameter/Sluice/dev"), true);
    assert.equal(statement?.resource("arn:aws:ssm:eu-west-1:1:parameter/sluice/dev"), false);
  });

  it("NotAction and NotResource match all but what they name", () => {
    const [statement] = compilePolicy(
      document({ Effect: "Allow", NotAction: "iam:*", NotResource: "arn:aws:s3:::secret/*" }),
      "identity",
    );
    assert.equal(statement?.action("iam:PassRole"), false);
    assert.equal(statement?.action("s3:GetObject"), true);
    assert.equal(statement?.resource("arn:aws:s3:::secret/a"), false);
    assert.equal(statement?.resource("arn:aws:s3:::open/a"), true);
  });

  it("a principal may be everybody, an account, an identity or a service", () => {
    const match = (Principal: unknown, who: { arn: string; account: string; service?: string }) =>
      compilePolicy(document({ Effect: "Allow", Principal, Action: "a:B", Resource: "*" }), "resource")[0]?.principal(who);
    const role = { arn: "arn:aws:iam::123456789012:role/x", account: "123456789012" };
    assert.equal(match("*", role), true);
    assert.equal(match({ AWS: "123456789012" }, role), true);
    assert.equal(match({ AWS: "arn:aws:iam::123456789012:root" }, role), true);
    assert.equal(match({ AWS: "arn:aws:iam::999999999999:root" }, role), false);
    assert.equal(match({ AWS: ["arn:aws:iam::123456789012:role/y", role.arn] }, role), true);
    assert.equal(match({ Service: "lambda.amazonaws.com" }, { ...role, service: "lambda.amazonaws.com" }), false);
    assert.equal(
      match({ Service: "lambda.amazonaws.com" }, { arn: "lambda.amazonaws.com", account: "", service: "lambda.amazonaws.com" }),
      true,
    );
  });

  it("refuses what IAM refuses", () => {
    assert.throws(() => compilePolicy("{", "identity"), {
      name: "MalformedPolicyDocument",
      message: "This policy contains invalid Json",
    });
    refused({ Effect: "allow", Action: "*", Resource: "*" }, "identity", /Effect must be Allow or Deny/);
    refused({ Effect: "Allow", Resource: "*" }, "identity", /Missing required field Action/);
    refused({ Effect: "Allow", Action: "s3:GetObject" }, "identity", /Missing required field Resource/);
    refused({ Effect: "Allow", Action: "GetObject", Resource: "*" }, "identity", /must be prefaced by a vendor/);
    refused({ Effect: "Allow", Action: "s3:GetObject", Resource: "bucket/*" }, "identity", /must be in ARN format or "\*"/);
    refused(
      { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" },
      "identity",
      /should not specify a principal/,
    );
    refused(
      { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole", Resource: "*" },
      "trust",
      /Has prohibited field Resource/,
    );
    refused({ Effect: "Allow", Action: "sts:AssumeRole" }, "trust", /Missing required field Principal/);
    refused({ Effect: "Allow", Actions: "s3:GetObject", Resource: "*" }, "identity", /unknown element Actions/);
  });

  it("refuses what it doesn't model instead of half understanding it", () => {
    refused(
      { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::b/${aws:username}" },
      "identity",
      /Policy variables are not modelled/,
    );
    refused(
      { Effect: "Allow", Action: "s3:*", Resource: "*", Condition: { DateLessThan: { "aws:CurrentTime": "x" } } },
      "identity",
      /DateLessThan is not modelled/,
    );
    refused({ Effect: "Allow", Principal: { Federated: "x" }, Action: "sts:AssumeRole" }, "trust", /"Federated" is not modelled/);
  });
});
