import { strict as assert } from "node:assert";
import { Console } from "node:console";
import { Writable } from "node:stream";
import { deflateRawSync } from "node:zlib";
import * as vm from "node:vm";
import * as pulumi from "@pulumi/pulumi";
import { withClosureDebugger } from "../../sandbox/deploy/closureDebugger";
import { scalerFactory } from "../../scaler/lambda";
import { awsError, equalShards, fakeAws } from "./fakeAws";
import type { FakeAws } from "./fakeAws";
import { apiEvent, flinkConfig, invoke, minute, parametersOf, scheduledEvent, start, streamConfig } from "./scenario";

const sdkModules: Record<string, { service: string; client: string }> = {
  "@aws-sdk/client-ssm": { service: "ssm", client: "SSMClient" },
  "@aws-sdk/client-kinesis": { service: "kinesis", client: "KinesisClient" },
  "@aws-sdk/client-kinesis-analytics-v2": { service: "kinesisanalytics", client: "KinesisAnalyticsV2Client" },
  "@aws-sdk/client-cloudwatch": { service: "cloudwatch", client: "CloudWatchClient" },
};

/** The function as components/scaler/scalerFunction.ts has it serialised. */
async function serialised(): Promise<string> {
  const { text } = await withClosureDebugger(() =>
    pulumi.runtime.serializeFunction(scalerFactory, {
      serialize: () => true,
      exportName: "handler",
      isFactoryFunction: true,
      allowSecrets: true,
    }),
  );
  return text;
}

type Handler = (event: unknown) => Promise<unknown>;

/** Runs the text as Lambda's runtime would: its own process and console, a clock that nobody may ask, fake clients in the SDK. */
function load(text: string, aws: FakeAws, lines: string[]): Handler {
  const exports: { handler?: Handler } = {};
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString().trimEnd());
      done();
    },
  });
  const process = { env: { SLUICE_PREFIX: "/sluice/dev", SLUICE_STACK: "dev" } };
  const run = vm.compileFunction(text, ["exports", "require", "module", "process", "Date", "console"]);
  run(exports, requireFor(aws), { exports }, process, eventTimeOnly(), new Console(sink));
  const { handler } = exports;
  assert.ok(handler);
  return handler;
}

function eventTimeOnly(): DateConstructor {
  return new Proxy(Date, {
    construct(target, args: number[]) {
      if (args[0] === undefined) throw new Error("the scaler asked the machine's clock");
      return new target(args[0]);
    },
    get(target, name, receiver) {
      if (name === "now") throw new Error("the scaler asked the machine's clock");
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
}

function requireFor(aws: FakeAws): (name: string) => unknown {
  return (name) => {
    const fake = sdkModules[name];
    if (!fake) throw new Error(`the Lambda's package has no ${name}`);
    const real = require(name) as Record<string, unknown>;
    const client = function FakeClient() {
      return {
        send: (command: { constructor: { name: string }; input: never }) =>
          aws.call(fake.service as never, command.constructor.name.replace(/Command$/, "") as never, command.input),
      };
    };
    return { ...Object.fromEntries(Object.keys(real).map((key) => [key, real[key]])), [fake.client]: client };
  };
}

interface Step {
  event?: unknown;
  before?: (aws: FakeAws) => void;
}

const at = (minutes: number) => start + minutes * minute;
const runAt = (minutes: number, before?: Step["before"]): Step => ({ event: scheduledEvent(at(minutes)), before });
const get = (minutes: number, id = "dev-stream"): Step => ({ event: apiEvent("GET", id, at(minutes) + 5_000) });
const patch = (minutes: number, body: string | null, id = "dev-stream"): Step => ({
  event: apiEvent("PATCH", id, at(minutes) + 5_000, body),
});
const to = (desiredCapacity: number) => JSON.stringify({ desiredCapacity });
const fault = (operation: string, error: Error, when?: "after") => (aws: FakeAws) =>
  void aws.faults.push({ operation, error, when, times: 1 });
const spoil = (name: string, value: string) => (aws: FakeAws) => void aws.parameters[`/sluice/dev/${name}`]?.push(value);

const stories: Record<string, Step[]> = {
  "scaling both out and in": [
    runAt(1),
    patch(1, to(20)),
    patch(1, to(8), "dev-flink"),
    ...[2, 3, 4, 5, 6, 7].map((minutes) => runAt(minutes, (aws) => aws.complete())),
    get(7),
    get(7, "dev-flink"),
    patch(7, to(2)),
    ...[8, 9, 10, 11, 12].map((minutes) => runAt(minutes, (aws) => aws.complete())),
    get(12),
  ],
  "every refused request": [
    runAt(1),
    patch(1, null),
    patch(1, "{}"),
    patch(1, '{"desiredCapacity": NaN}'),
    patch(1, to(-1)),
    patch(1, to(2.5)),
    patch(1, '{"desiredCapacity": "6"}'),
    patch(1, '{"desiredCapacity": null}'),
    patch(1, "[]"),
    patch(1, to(1e9)),
    patch(1, " ".repeat(2_000) + to(6)),
    patch(1, to(6), "nobody"),
    get(1, "../config"),
    { event: { httpMethod: "PATCH", pathParameters: null, body: to(6), requestContext: { requestTimeEpoch: start } } },
    { event: { httpMethod: "GET", pathParameters: { id: "dev-stream" } } },
    { event: apiEvent("DELETE", "dev-stream", start) },
    { event: { source: "aws.s3" } },
    { event: null },
  ],
  "a body in base64": [
    runAt(1),
    { event: { ...apiEvent("PATCH", "dev-stream", at(1), Buffer.from(to(12)).toString("base64")), isBase64Encoded: true } },
  ],
  "throttled parameters": [
    runAt(1),
    { event: apiEvent("GET", "dev-stream", at(1)), before: fault("GetParameters", awsError("ThrottlingException")) },
    { event: apiEvent("PATCH", "dev-stream", at(1), to(9)), before: fault("PutParameter", awsError("ThrottlingException")) },
    runAt(2),
  ],
  "throttled looks": [
    runAt(1, fault("DescribeStreamSummary", awsError("LimitExceededException"))),
    runAt(2, fault("DescribeApplication", awsError("ThrottlingException"))),
  ],
  "broken parameters": [
    runAt(1, spoil("dev-flink/config", "{not json")),
    get(1, "dev-flink"),
    runAt(2, spoil("dev-stream/desired", "[1]")),
    get(2),
    runAt(3, spoil("dev-stream/desired", "{}")),
    runAt(4, spoil("dev-stream/state", "oops")),
    runAt(5, spoil("dev-flink/config", '{"kind": "table"}')),
  ],
  "missing parameters": [runAt(1, (aws) => void delete aws.parameters["/sluice/dev/dev-stream/state"]), get(1), patch(1, to(3))],
  "a deleted stream and application": [
    runAt(1),
    runAt(2, (aws) => void (aws.streams = {})),
    get(2),
    patch(2, to(12)),
    runAt(3, (aws) => void (aws.applications = {})),
    get(3, "dev-flink"),
  ],
  "updates that are refused, busy, limited or unanswered": [
    runAt(1),
    patch(1, to(12)),
    runAt(2, fault("UpdateShardCount", awsError("ResourceInUseException"))),
    runAt(3, fault("UpdateShardCount", awsError("LimitExceededException", "limit of 10 in a rolling 24 hour period"))),
    runAt(4),
    runAt(5, (aws) => aws.complete()),
    patch(5, to(9), "dev-flink"),
    ...[6, 7, 8, 9, 10, 11, 12, 13].map((minutes) => runAt(minutes, (aws) => aws.complete())),
    runAt(14, fault("UpdateApplication", awsError("InvalidApplicationConfigurationException", "parallelism 9"))),
    get(14, "dev-flink"),
    patch(14, to(10), "dev-flink"),
    patch(15, to(6), "dev-flink"),
    runAt(16, fault("UpdateApplication", awsError("TimeoutError"), "after")),
    runAt(17, (aws) => aws.complete("FAILED", "not enough slots")),
    get(17, "dev-flink"),
  ],
};

async function tell(steps: Step[], serial: string | undefined) {
  const aws = fakeAws();
  aws.streams["orders"] = { status: "ACTIVE", onDemand: false, shards: equalShards(8) };
  aws.applications["enrich"] = {
    status: "RUNNING",
    parallelism: 4,
    parallelismPerKpu: 1,
    version: 1,
    autoScaling: false,
    operations: [],
  };
  Object.assign(aws.parameters, parametersOf("dev-stream", streamConfig), parametersOf("dev-flink", flinkConfig));
  const lines: string[] = [];
  const handler: Handler = serial === undefined ? (event) => invoke(aws, event, lines) : load(serial, aws, lines);
  const answers: unknown[] = [];
  for (const { event, before } of steps) {
    before?.(aws);
    aws.now += minute;
    answers.push(await handler(event));
  }
  return { answers, lines, calls: aws.calls, parameters: aws.parameters };
}

describe("the serialised scaler", () => {
  let text = "";
  before(async () => {
    text = await serialised();
  });

  it("contains no Pulumi code and nothing of this machine", () => {
    assert.ok(!text.includes("@pulumi/"));
    assert.ok(!text.includes(process.cwd()));
  });

  it("requires nothing but the AWS SDK's clients", () => {
    const required = [...text.matchAll(/require\(([^)]*)\)/g)].map(([, name]) => JSON.parse(name ?? '""') as string);
    assert.deepEqual([...new Set(required)].sort(), Object.keys(sdkModules).sort());
  });

  it("makes a package smaller than 64 KB", () => {
    const packed = deflateRawSync(text).length;
    assert.ok(packed < 64 * 1_024, `${packed} bytes packed, ${Buffer.byteLength(text)} bytes of text`);
  });

  for (const [name, steps] of Object.entries(stories)) {
    it(`does the same as the TypeScript function: ${name}`, async () => {
      const direct = await tell(steps, undefined);
      const serial = await tell(steps, text);
      assert.deepEqual(serial.answers, direct.answers);
      assert.deepEqual(serial.lines, direct.lines);
      assert.deepEqual(serial.calls, direct.calls);
      assert.deepEqual(serial.parameters, direct.parameters);
      assert.ok(direct.calls.length + direct.answers.filter(Boolean).length > 0);
    });
  }
});
