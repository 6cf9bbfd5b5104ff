import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { deployerPage, deployerPolicies, withPolicies, type DeployerPolicies, type PolicyTemplate } from "../../scripts/deployer";
import { minute } from "../../sandbox/core/clock";
import type { Principal } from "../../sandbox/core/cloud";
import { accountId, type SandboxCloud } from "../../sandbox/createCloud";
import type { StackFiles } from "../../sandbox/deploy/stackFiles";
import { createAgain, deployerStacks, liveWith, smallestStack } from "../support/deployer";
import { cloudFor, recordDeployment, type RecordedDeployment } from "../support/recordedDeployments";

describe("docs/deployer.md", function () {
  this.timeout(120_000);
  let policies: DeployerPolicies;
  before(async () => {
    policies = await deployerPolicies();
  });

  it("is up to date (written by scripts/deployer.ts)", () => {
    const page = fs.readFileSync(deployerPage, "utf8");
    assert.equal(page, withPolicies(page, policies));
  });

  it("has policies that fit into a managed policy each", () => {
    for (const policy of Object.values(policies)) assert.ok(JSON.stringify(policy).length < 6_144);
  });

  it("lets nobody scale who only deploys", () => {
    assert.ok(!actionsOf(policies.up).includes("kinesis:UpdateShardCount"));
  });

  it("lets a preview read, and do nothing else", async () => {
    for (const action of actionsOf(policies.preview)) assert.match(action, /:(Get|Describe|List)/);
    const [files] = deployerStacks as [StackFiles];
    const cloud = await cloudFor(files);
    const principal = await user(cloud, files, policies.preview);
    await assert.rejects(
      recordDeployment(files, { cloud, principal }),
      /user\/ci is not authorized to perform: \w+:\w+ on resource: arn:/,
    );
  });

  for (const [i, files] of deployerStacks.entries())
    describe(`with only these, stack ${i + 1} of ${deployerStacks.length}`, () => {
      let deployed: RecordedDeployment;

      before(async () => {
        const cloud = await cloudFor(files);
        const ci = await user(cloud, files, policies.up);
        deployed = await recordDeployment(files, { cloud, principal: ci });
      });

      it("pulumi up makes it", () => assert.ok(deployed.calls.length > 60));

      it("a preview reads it", async () => {
        const { cloud, resources } = deployed;
        const reader = await user(cloud, files, policies.preview, "reader");
        await liveWith(cloud, reader, resources, ["read"]);
      });

      it("pulumi up changes it and pulumi destroy deletes it", async () => {
        const { cloud, resources } = deployed;
        await cloud.clock.advanceTo(cloud.clock.now() + 10 * minute);
        await liveWith(cloud, { arn: `arn:aws:iam::${accountId}:user/ci` }, resources, ["update", "delete"]);
      });
    });

  it("each action is needed: without it the deployer is told which is missing", async () => {
    const files = smallestStack;
    const { resources } = await recordDeployment(files);
    for (const action of actionsOf(policies.up)) {
      const cloud = await cloudFor(files);
      const ci = await user(cloud, files, without(action, policies.up));
      const live = async () => {
        const made = await createAgain(cloud, ci, resources);
        await cloud.clock.advanceTo(cloud.clock.now() + 10 * minute);
        await liveWith(cloud, ci, made, ["read", "update", "delete"]);
      };
      const named = new RegExp(`User(: \\S+ is not authorized to perform: ${action} on resource: | is missing .*: ${action})`);
      await assert.rejects(live(), named, action);
    }
  });
});

const actionsOf = ({ Statement }: PolicyTemplate) => Statement.flatMap(({ Action }) => Action);

function without(action: string, { Version, Statement }: PolicyTemplate): PolicyTemplate {
  const left = Statement.map((statement) => ({ ...statement, Action: statement.Action.filter((other) => other !== action) }));
  return { Version, Statement: left.filter(({ Action }) => Action.length > 0) };
}

/** A user with the policy and nothing else. */
async function user(cloud: SandboxCloud, files: StackFiles, policy: PolicyTemplate, UserName = "ci"): Promise<Principal> {
  const PolicyDocument = JSON.stringify(policy)
    .replaceAll("REGION", cloud.region)
    .replaceAll("ACCOUNT", cloud.account)
    .replaceAll("STACK", files.stack);
  const iam = (operation: string, input: object) => cloud.call("iam", operation, input, cloud.deployer);
  const { User } = await iam("CreateUser", { UserName });
  const { Policy } = await iam("CreatePolicy", { PolicyName: UserName, PolicyDocument });
  await iam("AttachUserPolicy", { UserName, PolicyArn: Policy.Arn });
  return { arn: User.Arn as string };
}
