// Source: Amazon CloudWatch Logs API Reference; Actions, resources, and condition keys for Amazon CloudWatch Logs
import assert = require("node:assert/strict");
import { day, minute } from "../../../../sandbox/core/clock";
import type { Shape } from "../../../../sandbox/core/cloud";
import type { Datum } from "../../../../sandbox/core/peers";
import { createLogs, type LogsOptions } from "../../../../sandbox/services/logs/logs";
import { fakeCloud } from "../../support/fakeCloud";
import { account, allow, platform, root } from "../../support/platform";

function setUp(options: LogsOptions = {}) {
  const metrics: Datum[] = [];
  const cloud = fakeCloud({ peers: { publishMetric: (datum) => void metrics.push(datum) } });
  const logs = createLogs(cloud, options);
  const call = async (operation: string, input: Shape): Promise<Shape> => logs.service.operations[operation]?.(input, root);
  const messages = async (input: object = {}) =>
    (await call("FilterLogEvents", { logGroupName: "g", ...input })).events.map(({ message }: Shape) => message);
  return { cloud, logs, call, messages, metrics };
}

describe("CloudWatch Logs", () => {
  it("stores lines with the clock's time and publishes the metrics in them", async () => {
    const { cloud, logs, call, messages, metrics } = setUp();
    await call("CreateLogGroup", { logGroupName: "g" });
    await cloud.clock.advanceTo(cloud.clock.now() + minute);
    logs.writeLog(
      "g",
      "s",
      '{"_aws":{"Timestamp":5,"CloudWatchMetrics":[{"Namespace":"N","Dimensions":[[]],"Metrics":[{"Name":"m"}]}]},"m":1}',
    );
    assert.equal((await messages()).length, 1);
    assert.deepEqual(
      metrics.map(({ name, timestamp }) => [name, timestamp]),
      [["m", 5]],
    );
    const { events } = await call("GetLogEvents", { logGroupName: "g", logStreamName: "s" });
    assert.equal(events[0].timestamp, cloud.clock.now());
  });

  it("a line to a group that doesn't exist is lost", async () => {
    const { logs, call } = setUp();
    logs.writeLog("g", "s", "lost");
    await assert.rejects(call("FilterLogEvents", { logGroupName: "g" }), {
      name: "ResourceNotFoundException",
      message: "The specified log group does not exist.",
    });
  });

  it("keeps the newest lines only, however long a run is", async () => {
    const { logs, call, messages } = setUp({ capacity: 3 });
    await call("CreateLogGroup", { logGroupName: "g" });
    for (let i = 0; i < 100; i++) logs.writeLog("g", "s", String(i));
    assert.deepEqual(await messages(), ["97", "98", "99"]);
  });

  it("retention hides what is older and takes AWS's values only", async () => {
    const { cloud, logs, call, messages } = setUp();
    await call("CreateLogGroup", { logGroupName: "g" });
    logs.writeLog("g", "s", "old");
    await call("PutRetentionPolicy", { logGroupName: "g", retentionInDays: 1 });
    await cloud.clock.advanceTo(cloud.clock.now() + day + minute);
    logs.writeLog("g", "s", "new");
    assert.deepEqual(await messages(), ["new"]);
    await assert.rejects(call("PutRetentionPolicy", { logGroupName: "g", retentionInDays: 2 }), {
      name: "InvalidParameterException",
      message:
        /^1 validation error detected: Value '2' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: \[1, 3, 5, 7, 14,/,
    });
  });

  it("filters by time, stream and terms", async () => {
    const { cloud, logs, call, messages } = setUp();
    await call("CreateLogGroup", { logGroupName: "g" });
    const t0 = cloud.clock.now();
    logs.writeLog("g", "one", "ERROR disk full");
    await cloud.clock.advanceTo(t0 + minute);
    logs.writeLog("g", "two", "ERROR net");
    logs.writeLog("g", "two", "INFO disk");
    assert.deepEqual(await messages({ filterPattern: "ERROR" }), ["ERROR disk full", "ERROR net"]);
    assert.deepEqual(await messages({ filterPattern: "ERROR -net" }), ["ERROR disk full"]);
    assert.deepEqual(await messages({ filterPattern: '"disk full"' }), ["ERROR disk full"]);
    assert.deepEqual(await messages({ filterPattern: "?net ?INFO" }), ["ERROR net", "INFO disk"]);
    assert.deepEqual(await messages({ logStreamNames: ["two"] }), ["ERROR net", "INFO disk"]);
    assert.deepEqual(await messages({ endTime: t0 + minute }), ["ERROR disk full"]);
    assert.deepEqual(await messages({ startTime: t0 + 1 }), ["ERROR net", "INFO disk"]);
  });

  // Source: Filter pattern syntax for metric filters, subscription filters, filter log events, and Live Tail
  it("finds quotes in a quoted term, in lines that are not JSON as a whole", async () => {
    const { logs, call, messages } = setUp();
    await call("CreateLogGroup", { logGroupName: "g" });
    const line = '2026-03-02T00:00:00Z\tid\tINFO\t{"sluice":"decision","reason":"no \\"error\\""}';
    logs.writeLog("g", "s", line);
    assert.deepEqual(await messages({ filterPattern: String.raw`"\"sluice\":\"decision\""` }), [line]);
    assert.deepEqual(await messages({ filterPattern: String.raw`"\"sluice\":\"error\""` }), []);
  });

  for (const [what, filterPattern, message] of [
    ["JSON", '{ $.sluice = "decision" }', /is not modelled/],
    ["a space-delimited line", "[time, id, level]", /is not modelled/],
    ["a regular expression", "%ERROR|WARN%", /is not modelled/],
    ["optional terms beside others", "?ERROR ?WARN disk", /is not modelled/],
    ["an unquoted term with other characters", "Status:500", /^Invalid character\(s\) in term ':'$/],
    ["a quoted term without an end", '"disk full', /^Invalid character\(s\) in term '"'$/],
  ] as const) {
    // Source: Filter pattern syntax for metric filters, subscription filters, filter log events, and Live Tail
    it(`refuses a filter pattern for ${what}`, async () => {
      const { call, messages } = setUp();
      await call("CreateLogGroup", { logGroupName: "g" });
      await assert.rejects(messages({ filterPattern }), { name: "InvalidParameterException", message });
    });
  }

  it("pages through events, forward from a token", async () => {
    const { logs, call, messages } = setUp();
    await call("CreateLogGroup", { logGroupName: "g" });
    for (let i = 0; i < 5; i++) logs.writeLog("g", "s", String(i));
    assert.deepEqual(await messages({ limit: 2 }), ["0", "1"]);
    assert.deepEqual(await messages({ limit: 2, nextToken: "2" }), ["2", "3"]);
    const read = (more: object) => call("GetLogEvents", { logGroupName: "g", logStreamName: "s", ...more });
    const texts = (page: Shape) => page.events.map(({ message }: Shape) => message);
    assert.deepEqual(texts(await read({ limit: 2 })), ["3", "4"]);
    const first = await read({ limit: 3, startFromHead: true });
    assert.deepEqual(texts(first), ["0", "1", "2"]);
    const second = await read({ nextToken: first.nextForwardToken });
    assert.deepEqual(texts(second), ["3", "4"]);
    assert.equal((await read({ nextToken: second.nextForwardToken })).nextForwardToken, second.nextForwardToken);
    const last = await read({ limit: 2 });
    assert.deepEqual(texts(await read({ limit: 2, nextToken: last.nextBackwardToken })), ["1", "2"]);
    await assert.rejects(read({ nextToken: "x" }), { name: "InvalidParameterException" });
  });

  // Source: DescribeLogStreams (API reference)
  it("lists streams by name or by their last event, either way round", async () => {
    const { cloud, logs, call } = setUp();
    await call("CreateLogGroup", { logGroupName: "g" });
    for (const [i, name] of ["b", "c", "a"].entries()) {
      await cloud.clock.advanceTo(cloud.clock.now() + (i + 1) * 60_000);
      logs.writeLog("g", name, "x");
    }
    const names = async (more: object) => {
      const { logStreams } = await call("DescribeLogStreams", { logGroupName: "g", ...more });
      return logStreams.map(({ logStreamName }: Shape) => logStreamName).join("");
    };
    assert.equal(await names({}), "abc");
    assert.equal(await names({ descending: true }), "cba");
    assert.equal(await names({ orderBy: "LastEventTime" }), "bca");
    assert.equal(await names({ orderBy: "LastEventTime", descending: true, limit: 1 }), "a");
    await assert.rejects(call("DescribeLogStreams", { logGroupName: "g", orderBy: "LastEventTime", logStreamNamePrefix: "a" }), {
      name: "InvalidParameterException",
    });
  });

  it("groups and streams have names that AWS allows, once each", async () => {
    const { call } = setUp();
    await call("CreateLogGroup", { logGroupName: "/aws/lambda/f" });
    await assert.rejects(call("CreateLogGroup", { logGroupName: "/aws/lambda/f" }), {
      name: "ResourceAlreadyExistsException",
      message: "The specified log group already exists",
    });
    await assert.rejects(call("CreateLogGroup", { logGroupName: "a b" }), { name: "InvalidParameterException" });
    await call("CreateLogStream", { logGroupName: "/aws/lambda/f", logStreamName: "2026/03/02/[$LATEST]x" });
    await assert.rejects(call("CreateLogStream", { logGroupName: "/aws/lambda/f", logStreamName: "a:b" }), {
      name: "InvalidParameterException",
    });
    const { logGroups } = await call("DescribeLogGroups", { logGroupNamePrefix: "/aws/" });
    assert.equal(logGroups[0].arn, `arn:aws:logs:eu-west-1:${account}:log-group:/aws/lambda/f:*`);
  });

  it("subscribers hear every line until they leave", async () => {
    const { logs, call } = setUp();
    await call("CreateLogGroup", { logGroupName: "g" });
    const heard: string[] = [];
    const leave = logs.subscribe(({ logGroup, message }) => heard.push(`${logGroup} ${message}`));
    logs.writeLog("g", "s", "one");
    leave();
    logs.writeLog("g", "s", "two");
    assert.deepEqual(heard, ["g one"]);
  });

  it("a policy for a group needs ':*' behind its ARN", async () => {
    const cloud = platform();
    await cloud.as("logs", "CreateLogGroup", { logGroupName: "g" });
    const arn = `arn:aws:logs:eu-west-1:${account}:log-group:g`;
    const exact = { arn: await cloud.role("exact", [allow("logs:*", arn)]) };
    const starred = { arn: await cloud.role("starred", [allow("logs:*", `${arn}:*`)]) };
    const create = (caller: { arn: string }) =>
      cloud.call("logs", "CreateLogStream", { logGroupName: "g", logStreamName: "s" }, caller);
    await assert.rejects(create(exact), { name: "AccessDeniedException" });
    await create(starred);
  });
});
