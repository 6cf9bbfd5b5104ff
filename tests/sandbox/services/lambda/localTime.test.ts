// Source: Configure Lambda function timeout
import assert = require("node:assert/strict");
import { allow, invoke, logging, makeFunction, platform } from "../../support/platform";

const permissions = [logging, allow("ssm:*", "*")];
const calls = (body: string) => `
const { SSMClient, GetParametersCommand, PutParameterCommand } = require("@aws-sdk/client-ssm");
const client = new SSMClient({});
const look = () => client.send(new GetParametersCommand({ Names: ["/x"] }));
const put = (name) => client.send(new PutParameterCommand({ Name: name, Value: "1", Type: "String" }));
exports.handler = async (event, context) => { ${body} };`;

describe("A Lambda's own time, with latency per AWS call", () => {
  it("calls made one after the other add up, calls made together overlap", async () => {
    const cloud = platform({ callLatencyMs: 20 });
    await makeFunction(
      cloud,
      "f",
      calls(
        "await look(); await look(); await Promise.all([look(), look(), look()]); return context.getRemainingTimeInMillis();",
      ),
      {},
      permissions,
    );
    assert.equal((await invoke(cloud, "f")).value, 3_000 - 60);
    assert.match((await cloud.lines("/aws/lambda/f")).at(-1) ?? "", /\tDuration: 60\.00 ms\t/);
  });

  it("at the timeout the invocation fails and what it had not called stays undone", async () => {
    const cloud = platform({ callLatencyMs: 400 });
    const text = calls('for (let i = 0; i < 5; i++) await put("/p" + i); return "done";');
    await makeFunction(cloud, "f", text, { Timeout: 1 }, permissions);
    const { FunctionError, value } = await invoke(cloud, "f");
    assert.equal(FunctionError, "Unhandled");
    assert.equal(value.errorType, "Sandbox.Timedout");
    assert.match(value.errorMessage, /^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/);
    const { Parameters } = await cloud.as("ssm", "DescribeParameters", {});
    assert.deepEqual(
      Parameters.map(({ Name }: { Name: string }) => Name),
      ["/p0", "/p1"],
    );
  });

  it("after a timeout the next invocation starts afresh", async () => {
    const cloud = platform({ callLatencyMs: 400 });
    await makeFunction(cloud, "slow", calls("await look(); await look(); await look();"), { Timeout: 1 }, permissions);
    await invoke(cloud, "slow");
    await invoke(cloud, "slow");
    const { logStreams } = await cloud.as("logs", "DescribeLogStreams", { logGroupName: "/aws/lambda/slow" });
    assert.equal(logStreams.length, 2);
  });

  it("an instance is busy for the duration and counts for concurrency", async () => {
    const cloud = platform({ callLatencyMs: 500 });
    await makeFunction(cloud, "f", calls("await look();"), { ReservedConcurrentExecutions: 1 }, permissions);
    await invoke(cloud, "f");
    await assert.rejects(invoke(cloud, "f"), { name: "TooManyRequestsException" });
    await cloud.clock.advanceTo(cloud.clock.now() + 500);
    assert.equal((await invoke(cloud, "f")).StatusCode, 200);
  });
});
