import * as assert from "node:assert/strict";
import { errorsIn } from "./support/errors";
import { whatIsThere } from "./support/left";
import { administrator, deny } from "./support/principals";
import { initialise, openStack, type Stack } from "./support/stack";

/** What is refused until it has been said; of the first three the resource itself is there already. */
const actions = [
  "kinesis:IncreaseStreamRetentionPeriod",
  "logs:PutRetentionPolicy",
  "apigateway:PATCH",
  "iam:PutRolePolicy",
  "kinesisanalytics:CreateApplication",
  "lambda:CreateFunction",
  "cloudwatch:PutMetricAlarm",
  "application-autoscaling:RegisterScalableTarget",
];

describe("a pulumi up that fails in the middle, on the real engine", () => {
  let stack: Stack;
  before(async () => {
    stack = openStack("dev");
    await initialise(stack, "dev");
    await stack.done("pulumi config set sluice:retentionHours 48");
    await administrator(stack.cloud, "ci");
  });
  after(() => stack.close());

  /** Those of the refused actions that the errors name. */
  const failing = async (line: string, refused: string[]) => {
    await deny(stack.cloud, "ci", refused);
    const { code, stdout, stderr } = await stack.run(line, { arn: `arn:aws:iam::${stack.cloud.account}:user/ci` });
    assert.notEqual(code, 0);
    const errors = errorsIn(stdout + stderr).map((lines) => lines.join(" "));
    const named = refused.filter((action) => errors.some((error) => error.includes("AccessDenied") && error.includes(action)));
    assert.ok(named.length > 0, errors.join("\n"));
    return named;
  };

  // The engine makes side by side what doesn't depend on each other: which is refused first is open.
  it("says what was refused, each time that it goes on where the one before stopped", async () => {
    let refused = actions;
    while (refused.length > 0) {
      const named = await failing("pulumi up --skip-preview", refused);
      refused = refused.filter((action) => !named.includes(action));
    }
  });

  it("is completed by the next one", async () => {
    await stack.done("pulumi up --skip-preview");
    await stack.advance(5);
    await stack.done("pulumi preview --expect-no-changes");
    const { cloud } = stack;
    assert.deepEqual(cloud.kinesis.look("sluice-dev"), { openShards: 8, status: "ACTIVE", retentionHours: 48 });
    assert.equal(cloud.flink.look("sluice-dev")?.status, "RUNNING");
    const { logGroups } = await cloud.call("logs", "DescribeLogGroups", {}, cloud.deployer);
    assert.deepEqual([...new Set(logGroups.map(({ retentionInDays }: { retentionInDays?: number }) => retentionInDays))], [7]);
  });

  it("fails like this at its end, too, and the next pulumi destroy leaves nothing", async () => {
    await failing("pulumi destroy --skip-preview", ["kinesis:DeleteStream"]);
    await stack.done("pulumi destroy --skip-preview");
    assert.deepEqual(await whatIsThere(stack.cloud), {});
  });
});
