import { strict as assert } from "node:assert";
import { SSMClient } from "@aws-sdk/client-ssm";
import { scalerFactory } from "../../scaler/lambda";
import { apiEvent, invoke, scenario, scheduledEvent, start } from "./scenario";

describe("the function's event", () => {
  it("is a minute's run where EventBridge's schedule sends it, by the event's own time", async () => {
    const { aws, lines } = scenario();
    assert.equal(await invoke(aws, scheduledEvent(start), lines), undefined);
    assert.equal(aws.calls[0]?.operation, "GetParametersByPath");
    assert.ok(lines.some((line) => line.includes(new Date(start).toISOString())));
  });

  it("is a request where it has a method", async () => {
    const { aws, lines } = scenario();
    assert.equal((await invoke(aws, apiEvent("GET", "dev-stream", start), lines))?.statusCode, 200);
  });

  const others: unknown[] = [
    ...[null, undefined, "GET", 7, true, [], {}, { httpMethod: 7 }],
    Object.assign(() => undefined, { httpMethod: "GET" }),
    Object.assign(() => undefined, scheduledEvent(start)),
    { ...scheduledEvent(start), source: "aws.s3" },
    { source: "aws.events" },
    { source: "aws.events", time: "soon" },
    { source: "aws.events", time: start },
  ];
  for (const [i, event] of others.entries()) {
    it(`is nothing that is known here, and says so: ${i}, ${JSON.stringify(event) ?? typeof event}`, async () => {
      const { aws, lines } = scenario();
      assert.equal(await invoke(aws, event, lines), undefined);
      assert.deepEqual(aws.calls, []);
      assert.deepEqual(
        lines.map((line) => JSON.parse(line) as object),
        [
          {
            sluice: "error",
            time: "1970-01-01T00:00:00.000Z",
            stack: "dev",
            id: "",
            reason: "the event is neither API Gateway's nor EventBridge's schedule: nothing done",
          },
        ],
      );
    });
  }
});

describe("the Lambda", () => {
  const environment = { ...process.env };
  const asked: { client: unknown; input: unknown }[] = [];
  const { log } = console;
  let lines: string[] = [];

  beforeEach(() => {
    asked.length = 0;
    lines = [];
    console.log = (line: string) => void lines.push(line);
    Object.assign(process.env, { AWS_REGION: "us-east-1", AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" });
    const send = async function (this: unknown, { input }: { input: unknown }) {
      asked.push({ client: this, input });
      return {};
    };
    Object.assign(SSMClient.prototype, { send });
  });

  afterEach(() => {
    console.log = log;
    process.env = { ...environment };
    Reflect.deleteProperty(SSMClient.prototype, "send");
  });

  it("reads prefix and stack from its environment", async () => {
    Object.assign(process.env, { SLUICE_PREFIX: "/sluice/prod", SLUICE_STACK: "prod" });
    const handler = scalerFactory();
    await handler(scheduledEvent(start));
    assert.deepEqual(asked[0]?.input, { Path: "/sluice/prod", Recursive: true, MaxResults: 10, NextToken: undefined });
    await handler({});
    assert.equal((JSON.parse(lines[0] ?? "{}") as { stack?: string }).stack, "prod");
  });

  it("without an environment finds nothing, and belongs to no stack", async () => {
    delete process.env["SLUICE_PREFIX"];
    delete process.env["SLUICE_STACK"];
    const handler = scalerFactory();
    await handler(scheduledEvent(start));
    assert.equal((asked[0]?.input as { Path: string }).Path, "");
    await handler({});
    assert.equal((JSON.parse(lines[0] ?? "{}") as { stack?: string }).stack, "");
  });

  it("makes its clients once for all events of a warm instance, and others for another one", async () => {
    const [one, another] = [scalerFactory(), scalerFactory()];
    for (const handler of [one, one, another]) await handler(scheduledEvent(start));
    assert.equal(asked[0]?.client, asked[1]?.client);
    assert.notEqual(asked[1]?.client, asked[2]?.client);
  });
});
