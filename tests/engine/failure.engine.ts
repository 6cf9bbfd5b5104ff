import * as assert from "node:assert/strict";
import { openStack, type Stack } from "./support/stack";

describe("a pulumi up that fails in the middle, on the real engine", () => {
  let stack: Stack;
  before(async () => {
    stack = openStack("dev");
    await stack.done("pulumi stack init dev");
    await stack.done("pulumi config set sluice:codeBucket jobs");
    await stack.done("pulumi config set sluice:codeKey job.jar");
  });
  after(() => stack.close());

  it("says what was refused, and the next one completes the stack", async () => {
    const { call, deployer, account } = stack.cloud;
    await call("iam", "CreateUser", { UserName: "ci" }, deployer);
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await call("iam", "AttachUserPolicy", { UserName: "ci", PolicyArn }, deployer);
    const Statement = [{ Effect: "Deny", Action: "cloudwatch:PutMetricAlarm", Resource: "*" }];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await call("iam", "PutUserPolicy", { UserName: "ci", PolicyName: "no-alarms", PolicyDocument }, deployer);

    const ci = { arn: `arn:aws:iam::${account}:user/ci` };
    const { code, stdout, stderr } = await stack.run("pulumi up --skip-preview", ci);
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /error:.*AccessDenied.*cloudwatch:PutMetricAlarm/);
    assert.ok(stack.cloud.kinesis.look("sluice-dev"), "the stream was made before");

    await stack.done("pulumi up --skip-preview");
    await stack.done("pulumi preview --expect-no-changes");
    assert.equal(stack.cloud.flink.look("sluice-dev")?.kpus, 16);
  });
});
