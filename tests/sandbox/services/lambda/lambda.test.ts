// Source: Define Lambda function handler in Node.js; Invoke (API reference)
import assert = require("node:assert/strict");
import { minute } from "../../../../sandbox/core/clock";
import { account, allow, deny, invoke, logging, makeFunction, platform, root, start } from "../../support/platform";

const echo = "exports.handler = async (event) => ({ got: event });";

describe("Lambda", () => {
  it("answers what the handler returns, as JSON", async () => {
    const cloud = platform();
    await makeFunction(cloud, "echo", echo);
    const result = await invoke(cloud, "echo", { a: 1 });
    assert.deepEqual([result.StatusCode, result.FunctionError, result.value], [200, undefined, { got: { a: 1 } }]);
    await makeFunction(cloud, "nothing", "exports.handler = async () => {};");
    assert.equal((await invoke(cloud, "nothing")).value, null);
  });

  it("loads the code once for many invocations, and again after an update", async () => {
    const cloud = platform();
    const counter = "let calls = 0; exports.handler = async () => ++calls;";
    await makeFunction(cloud, "counter", counter);
    assert.deepEqual([(await invoke(cloud, "counter")).value, (await invoke(cloud, "counter")).value], [1, 2]);
    await cloud.as("lambda", "UpdateFunctionConfiguration", { FunctionName: "counter", Timeout: 10 });
    assert.equal((await invoke(cloud, "counter")).value, 1);
    await cloud.as("lambda", "UpdateFunctionCode", {
      FunctionName: "counter",
      Code: { files: { "index.js": counter.replace("0", "10") } },
    });
    assert.equal((await invoke(cloud, "counter")).value, 11);
  });

  // Source: Understanding Lambda function scaling; Configuring reserved concurrency for a function
  it("concurrent invocations have an instance each", async () => {
    const cloud = platform();
    await makeFunction(cloud, "counter", "let calls = 0; exports.handler = async () => { await null; return ++calls; };");
    const both = await Promise.all([invoke(cloud, "counter"), invoke(cloud, "counter")]);
    assert.deepEqual(
      both.map(({ value }) => value),
      [1, 1],
    );
  });

  it("has its own environment: its variables, Lambda's, and none of this process", async () => {
    const cloud = platform();
    process.env["SANDBOX_TEST_SECRET"] = "x";
    try {
      const text =
        "exports.handler = async () => [process.env.MODE, process.env.AWS_REGION, process.env.AWS_LAMBDA_FUNCTION_NAME, process.env.SANDBOX_TEST_SECRET];";
      await makeFunction(cloud, "f", text, { Environment: { Variables: { MODE: "act" } } });
      assert.deepEqual((await invoke(cloud, "f")).value, ["act", "eu-west-1", "f", null]);
    } finally {
      delete process.env["SANDBOX_TEST_SECRET"];
    }
  });

  it("asking for the machine's time throws, dates from a value work", async () => {
    const cloud = platform();
    const of = (expression: string) => `exports.handler = async () => ${expression};`;
    await makeFunction(cloud, "now", of("Date.now()"));
    await makeFunction(cloud, "new", of("new Date().getTime()"));
    await makeFunction(cloud, "call", of("Date()"));
    await makeFunction(
      cloud,
      "value",
      of("[new Date(0).toISOString(), Date.parse('2026-03-02T00:00:00Z'), new Date(5) instanceof Date]"),
    );
    for (const name of ["now", "new", "call"]) {
      const { FunctionError, value } = await invoke(cloud, name);
      assert.equal(FunctionError, "Unhandled");
      assert.match(
        value.errorMessage,
        /^The machine's clock is not available in the sandbox: time is virtual\. Take the time from the event/,
      );
    }
    assert.deepEqual((await invoke(cloud, "value")).value, ["1970-01-01T00:00:00.000Z", start, true]);
  });

  it("an exception is a function error with type, message and the package's own stack", async () => {
    const cloud = platform();
    const text =
      'function broken() { throw Object.assign(new Error("no"), { name: "Busy" }); }\nexports.handler = async () => broken();';
    await makeFunction(cloud, "f", text);
    const { StatusCode, FunctionError, value } = await invoke(cloud, "f");
    assert.deepEqual([StatusCode, FunctionError, value.errorType, value.errorMessage], [200, "Unhandled", "Busy", "no"]);
    assert.equal(value.trace[0], "Busy: no");
    assert.match(value.trace[1], /at broken \(\/var\/task\/index\.js:1:/);
    assert.ok(
      value.trace.slice(1).every((frame: string) => frame.includes("/var/task/")),
      value.trace.join("\n"),
    );
    assert.deepEqual(
      cloud.events.recent().map(({ type, message }) => [type, message]),
      [["InvocationFailed", "f failed: Busy: no"]],
    );
  });

  it("a thrown value that is no Error has its type as error type", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", 'exports.handler = async () => { throw "plain"; };');
    assert.deepEqual((await invoke(cloud, "f")).value, { errorType: "string", errorMessage: "plain", trace: [] });
  });

  it("code that can't be loaded fails with the runtime's error types", async () => {
    const cloud = platform();
    const errorType = async (name: string, text: string, more = {}) => {
      await makeFunction(cloud, name, text, more);
      return (await invoke(cloud, name)).value.errorType;
    };
    assert.equal(await errorType("syntax", "exports.handler = async () => {"), "Runtime.UserCodeSyntaxError");
    assert.equal(await errorType("missing", echo, { Handler: "other.handler" }), "Runtime.ImportModuleError");
    assert.equal(await errorType("export", echo, { Handler: "index.main" }), "Runtime.HandlerNotFound");
    assert.equal(
      await errorType("package", 'require("left-pad"); exports.handler = async () => 1;'),
      "Runtime.ImportModuleError",
    );
    assert.equal(
      await errorType("callback", "exports.handler = (event, context, callback) => callback(null, 1);"),
      "Runtime.CallbackHandlerDeprecated",
    );
  });

  it("requires its package's own files and Node's modules", async () => {
    const cloud = platform();
    const files = {
      "index.js":
        'const { double } = require("./lib/double"); exports.handler = async (n) => double(n) + require("node:path").sep;',
      "lib/double.js": "exports.double = (n) => 2 * n;",
    };
    await makeFunction(cloud, "f", "", { Code: { files } });
    assert.equal((await invoke(cloud, "f", 4)).value, "8/");
  });

  // Source: Lambda quotas
  it("an answer over 6 MB is an error", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", "exports.handler = async (n) => 'x'.repeat(n);");
    assert.equal((await invoke(cloud, "f", 6_291_554)).FunctionError, undefined);
    assert.deepEqual((await invoke(cloud, "f", 6_291_555)).value.errorType, "Function.ResponseSizeTooLarge");
  });

  // Source: Lambda quotas
  it("a payload over 6 MB is refused, over 1 MB if asynchronous", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", echo);
    const send = (bytes: number, InvocationType: string) =>
      cloud.as("lambda", "Invoke", { FunctionName: "f", InvocationType, Payload: JSON.stringify("x".repeat(bytes - 2)) });
    await send(1_048_576, "Event");
    await assert.rejects(send(1_048_577, "Event"), { name: "RequestEntityTooLargeException", statusCode: 413 });
    await assert.rejects(send(6_291_457, "RequestResponse"), { name: "RequestEntityTooLargeException" });
  });

  // Source: Understanding Lambda function scaling; Configuring reserved concurrency for a function
  it("reserved concurrency 0 throttles every invocation with 429", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", echo);
    await cloud.as("lambda", "PutFunctionConcurrency", { FunctionName: "f", ReservedConcurrentExecutions: 0 });
    await assert.rejects(invoke(cloud, "f"), { name: "TooManyRequestsException", message: "Rate Exceeded.", statusCode: 429 });
    await cloud.as("lambda", "DeleteFunctionConcurrency", { FunctionName: "f" });
    assert.equal((await invoke(cloud, "f")).StatusCode, 200);
  });

  // Source: Understanding Lambda function scaling; Configuring reserved concurrency for a function
  it("reserved concurrency 1 lets one of two simultaneous invocations through", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", "exports.handler = async () => { await null; return 1; };", {
      ReservedConcurrentExecutions: 1,
    });
    const both = await Promise.allSettled([invoke(cloud, "f"), invoke(cloud, "f")]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ["fulfilled", "rejected"],
    );
  });

  // Source: Sending Lambda function logs to CloudWatch Logs; Configuring JSON and plain text log formats
  it("console lines go to the function's log group, between START and REPORT, with time and request id", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", 'exports.handler = async () => { console.log("hello", { a: 1 }); console.error("bad"); };');
    await invoke(cloud, "f");
    const lines = await cloud.lines("/aws/lambda/f");
    const id = /RequestId: ([0-9a-f-]{36})/.exec(lines[0] ?? "")?.[1];
    assert.deepEqual(lines, [
      `START RequestId: ${id} Version: $LATEST`,
      `2026-03-02T00:00:00.000Z\t${id}\tINFO\thello { a: 1 }`,
      `2026-03-02T00:00:00.000Z\t${id}\tERROR\tbad`,
      `END RequestId: ${id}`,
      `REPORT RequestId: ${id}\tDuration: 0.00 ms\tBilled Duration: 0 ms\tMemory Size: 128 MB`,
    ]);
  });

  // Source: Sending Lambda function logs to CloudWatch Logs; Configuring JSON and plain text log formats
  it("log format JSON wraps the text, so that embedded metrics in it are not found", async () => {
    const emf = `console.log(JSON.stringify({ _aws: { Timestamp: ${start}, CloudWatchMetrics: [{ Namespace: "N", Dimensions: [[]], Metrics: [{ Name: "m" }] }] }, m: 1 }))`;
    const published = async (LogFormat: string) => {
      const cloud = platform();
      await makeFunction(cloud, "f", `exports.handler = async () => { ${emf} };`, { LoggingConfig: { LogFormat } });
      await invoke(cloud, "f");
      return cloud.metrics.length;
    };
    assert.equal(await published("Text"), 1);
    assert.equal(await published("JSON"), 0);
  });

  // Source: Sending Lambda function logs to CloudWatch Logs; Configuring JSON and plain text log formats
  it("a role without permission to write logs loses its lines, and that is an event", async () => {
    const cloud = platform();
    await cloud.as("logs", "CreateLogGroup", { logGroupName: "/aws/lambda/f" });
    await makeFunction(cloud, "f", 'exports.handler = async () => console.log("lost");', {}, [
      allow("logs:CreateLogStream", "*"),
      deny("logs:PutLogEvents", "*"),
    ]);
    await invoke(cloud, "f");
    assert.deepEqual(await cloud.lines("/aws/lambda/f"), []);
    await makeFunction(cloud, "g", "exports.handler = async () => 1;", {}, []);
    await invoke(cloud, "g");
    assert.deepEqual(
      cloud.events.recent().map(({ type }) => type),
      ["LogRefused"],
    );
  });

  // Source: Sending Lambda function logs to CloudWatch Logs; Configuring JSON and plain text log formats
  it("a missing log group is made if the role may", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", echo, {}, [logging]);
    await invoke(cloud, "f");
    const { logGroups } = await cloud.as("logs", "DescribeLogGroups", {});
    assert.deepEqual(
      logGroups.map(({ logGroupName }: { logGroupName: string }) => logGroupName),
      ["/aws/lambda/f"],
    );
  });

  // Source: Understanding Lambda function scaling; Configuring reserved concurrency for a function
  it("publishes its minute's invocations, errors, throttles and duration, and nothing for a quiet minute", async () => {
    const cloud = platform();
    await makeFunction(cloud, "f", "exports.handler = async (fail) => { if (fail) throw new Error(); };");
    await invoke(cloud, "f", false);
    await invoke(cloud, "f", true);
    await cloud.clock.advanceTo(start + 3 * minute);
    const values = cloud.metrics.map(({ name, timestamp, value }) => [
      name,
      timestamp,
      typeof value === "number" ? value : value.sum,
    ]);
    assert.deepEqual(values, [
      ["Invocations", start, 2],
      ["Errors", start, 1],
      ["Duration", start, 0],
      ["Throttles", start, 0],
    ]);
    assert.deepEqual(cloud.metrics[0]?.dimensions, { FunctionName: "f" });
    assert.equal(cloud.metrics[0]?.namespace, "AWS/Lambda");
  });

  it("a caller without permission is refused, a dry run only asks for permission", async () => {
    const cloud = platform();
    const arn = await makeFunction(cloud, "f", echo);
    const caller = { arn: await cloud.role("caller", []), session: "s" };
    await assert.rejects(cloud.call("lambda", "Invoke", { FunctionName: "f" }, caller), {
      name: "AccessDeniedException",
      message:
        `User: arn:aws:sts::${account}:assumed-role/caller/s is not authorized to perform: lambda:InvokeFunction on resource: ${arn} ` +
        "because no identity-based policy allows the lambda:InvokeFunction action",
    });
    assert.deepEqual(await cloud.call("lambda", "Invoke", { FunctionName: arn, InvocationType: "DryRun" }, root), {
      StatusCode: 204,
    });
  });

  it("through peers a refusal is a result with its status", async () => {
    const cloud = platform();
    const missing = await cloud.peers.invokeLambda("nothing", "{}", root);
    assert.equal(missing.statusCode, 404);
    assert.deepEqual(JSON.parse(missing.payload), {
      Type: "ResourceNotFoundException",
      Message: `Function not found: arn:aws:lambda:eu-west-1:${account}:function:nothing`,
    });
  });
});
