// Source: Amazon EventBridge rules that run on a schedule; Amazon EventBridge quotas
import assert = require("node:assert/strict");
import { minute } from "../../../../sandbox/core/clock";
import { account, makeFunction, platform, start, type Platform } from "../../support/platform";

const log = "exports.handler = async (event) => console.log(JSON.stringify(event));";

async function received(cloud: Platform): Promise<Record<string, unknown>[]> {
  const lines = await cloud.lines("/aws/lambda/f");
  return lines.filter((line) => line.includes("\tINFO\t")).map((line) => JSON.parse(line.split("\t")[3] ?? ""));
}

async function minuteRule(cloud: Platform, more: object = {}, permission = true) {
  const { RuleArn } = await cloud.as("events", "PutRule", { Name: "minute", ScheduleExpression: "rate(1 minute)", ...more });
  const Arn = await makeFunction(cloud, "f", log);
  if (permission) {
    await cloud.as("lambda", "AddPermission", {
      FunctionName: "f",
      StatementId: "r",
      Action: "lambda:InvokeFunction",
      Principal: "events.amazonaws.com",
      SourceArn: RuleArn,
    });
  }
  await cloud.as("events", "PutTargets", { Rule: "minute", Targets: [{ Id: "1", Arn }] });
  return RuleArn as string;
}

describe("EventBridge", () => {
  it("invokes the target at each full minute with a scheduled event", async () => {
    const cloud = platform();
    const arn = await minuteRule(cloud);
    await cloud.clock.advanceTo(start + 2 * minute + 30_000);
    const [first, second, ...others] = await received(cloud);
    assert.deepEqual(others, []);
    assert.equal(second?.["time"], "2026-03-02T00:02:00Z");
    assert.match(String(first?.["id"]), /^[0-9a-f-]{36}$/);
    assert.deepEqual(
      { ...first, id: "" },
      {
        version: "0",
        id: "",
        "detail-type": "Scheduled Event",
        source: "aws.events",
        account,
        time: "2026-03-02T00:01:00Z",
        region: "eu-west-1",
        resources: [arn],
        detail: {},
      },
    );
  });

  it("the run of a minute ends before its alarms are evaluated", async () => {
    const cloud = platform();
    await minuteRule(cloud);
    const order: string[] = [];
    cloud.logs.subscribe(({ message }) => message.startsWith("START") && order.push("run"));
    const { Phase } = await import("../../../../sandbox/core/clock");
    cloud.clock.at(start + minute, Phase.Alarms, () => void order.push("alarms"));
    await cloud.clock.advanceTo(start + minute);
    assert.deepEqual(order, ["run", "alarms"]);
  });

  it("without the function's permission nothing runs, and the failure is counted", async () => {
    const cloud = platform();
    await minuteRule(cloud, {}, false);
    await cloud.clock.advanceTo(start + minute);
    assert.deepEqual(
      cloud.events.recent().map(({ source, type }) => [source, type]),
      [["events", "InvocationFailed"]],
    );
    assert.deepEqual(
      cloud.metrics.map(({ name }) => name),
      ["TriggeredRules", "Invocations", "FailedInvocations"],
    );
  });

  it("a disabled rule doesn't fire until it is enabled", async () => {
    const cloud = platform();
    await minuteRule(cloud, { State: "DISABLED" });
    await cloud.clock.advanceTo(start + 3 * minute);
    await cloud.as("events", "EnableRule", { Name: "minute" });
    await cloud.clock.advanceTo(start + 4 * minute);
    assert.deepEqual(
      (await received(cloud)).map(({ time }) => time),
      ["2026-03-02T00:04:00Z"],
    );
    await cloud.as("events", "DisableRule", { Name: "minute" });
    await cloud.clock.advanceTo(start + 6 * minute);
    assert.equal((await received(cloud)).length, 1);
  });

  it("a target's constant input replaces the event", async () => {
    const cloud = platform();
    await minuteRule(cloud);
    const [{ Arn }] = (await cloud.as("events", "ListTargetsByRule", { Rule: "minute" })).Targets;
    await cloud.as("events", "PutTargets", { Rule: "minute", Targets: [{ Id: "1", Arn, Input: '{"hello":1}' }] });
    await cloud.clock.advanceTo(start + minute);
    assert.deepEqual(await received(cloud), [{ hello: 1 }]);
  });

  it("a rule with targets can't be deleted, and has five at most", async () => {
    const cloud = platform();
    await minuteRule(cloud);
    await assert.rejects(cloud.as("events", "DeleteRule", { Name: "minute" }), {
      name: "ValidationException",
      message: "Rule can't be deleted since it has targets.",
    });
    const [{ Arn }] = (await cloud.as("events", "ListTargetsByRule", { Rule: "minute" })).Targets;
    const Targets = ["2", "3", "4", "5", "6"].map((Id) => ({ Id, Arn }));
    await assert.rejects(cloud.as("events", "PutTargets", { Rule: "minute", Targets }), { name: "LimitExceededException" });
    await cloud.as("events", "RemoveTargets", { Rule: "minute", Ids: ["1"] });
    await cloud.as("events", "DeleteRule", { Name: "minute" });
    await assert.rejects(cloud.as("events", "DescribeRule", { Name: "minute" }), {
      name: "ResourceNotFoundException",
      message: "Rule minute does not exist on EventBus default.",
    });
  });

  it("refuses a schedule that isn't valid", async () => {
    const cloud = platform();
    await assert.rejects(cloud.as("events", "PutRule", { Name: "r", ScheduleExpression: "rate(1 minutes)" }), {
      name: "ValidationException",
      message: "Parameter ScheduleExpression is not valid.",
    });
  });

  it("what it invokes is tried again as the function's configuration says", async () => {
    const cloud = platform();
    await minuteRule(cloud);
    await cloud.as("lambda", "UpdateFunctionCode", {
      FunctionName: "f",
      Code: { files: { "index.js": 'exports.handler = async () => { console.log("{}"); throw new Error("no"); };' } },
    });
    await cloud.as("lambda", "PutFunctionEventInvokeConfig", {
      FunctionName: "f",
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    });
    await cloud.clock.advanceTo(start + minute);
    await cloud.as("events", "DisableRule", { Name: "minute" });
    await cloud.clock.advanceTo(start + 10 * minute);
    assert.equal((await received(cloud)).length, 1);
  });
});
