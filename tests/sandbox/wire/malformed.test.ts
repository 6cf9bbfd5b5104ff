// Source: Common error types (API references)
import { strict as assert } from "node:assert";
import { cbor, dateToTag, tag } from "@smithy/core/cbor";
import * as fc from "fast-check";
import { callCbor, callJson, openEndpoint, send, signed, type Endpoint, type RawAnswer } from "./fixture";

const encode = (value: unknown) => Buffer.from(cbor.serialize(value));
const decode = (body: Buffer) => cbor.deserialize(body);

/** AWS's error shape in JSON: a code in body and header, a request id. */
function assertJsonError(answer: RawAnswer, code: string, about: string, status = 400): void {
  assert.equal(answer.status, status, `${about}: ${answer.text}`);
  assert.equal(String(answer.json?.["__type"]).split("#").pop(), code, about);
  assert.equal(answer.headers["x-amzn-errortype"], code, about);
  assert.equal(typeof answer.json?.["message"], "string", about);
}

function assertCborError(answer: RawAnswer, code: string, about: string): void {
  assert.equal(answer.status, 400, about);
  assert.equal(answer.headers["content-type"], "application/cbor");
  assert.equal(answer.headers["smithy-protocol"], "rpc-v2-cbor");
  const body = decode(answer.body);
  assert.equal(body.__type, `com.amazonaws.cloudwatch#${code}`, about);
}

describe("malformed calls of the AWS endpoint", function () {
  this.timeout(60_000);
  let endpoint: Endpoint;
  let port: number;
  before(async () => {
    endpoint = await openEndpoint();
    port = endpoint.server.port;
  });
  after(() => endpoint.server.close());

  // Source: AWS JSON 1.1 protocol, Smithy RPC v2 CBOR protocol (Smithy specifications); Common error types
  it("answers SerializationException to what isn't a JSON object", async () => {
    const bodies = [
      "",
      "{",
      "null",
      "[]",
      '"text"',
      "1",
      "{}x",
      '{"a":}',
      "\u0000",
      Buffer.from([0xff, 0xfe, 0x7b]),
      "[".repeat(100_000),
    ];
    for (const body of bodies) {
      const answer = await callJson(port, "kinesis", "Kinesis_20131202.ListStreams", body);
      assertJsonError(answer, "SerializationException", String(body).slice(0, 20));
    }
  });

  // Source: AWS JSON 1.1 protocol, Smithy RPC v2 CBOR protocol (Smithy specifications); Common error types
  it("answers SerializationException to members of the wrong type, at any depth, and names the member", async () => {
    const wrong: [string, string, string, RegExp][] = [
      [
        "kinesis",
        "Kinesis_20131202.UpdateShardCount",
        '{"StreamName":"a","TargetShardCount":"8"}',
        /TargetShardCount is not a number/,
      ],
      [
        "kinesis",
        "Kinesis_20131202.PutRecords",
        '{"Records":[{"Data":5,"PartitionKey":"a"}]}',
        /Records\[0\]\.Data is not a blob/,
      ],
      ["kinesis", "Kinesis_20131202.PutRecords", '{"Records":{"Data":"eA=="}}', /Records is not a list/],
      ["kinesis", "Kinesis_20131202.PutRecords", '{"Records":[null]}', /Records\[0\] is not a structure/],
      ["kinesis", "Kinesis_20131202.GetShardIterator", '{"Timestamp":"2026-01-01"}', /Timestamp is not a timestamp/],
      ["kinesis", "Kinesis_20131202.GetShardIterator", '{"Timestamp":1e300}', /Timestamp is not a timestamp/],
      ["kinesis", "Kinesis_20131202.CreateStream", '{"StreamName":"a","Tags":{"b":1}}', /Tags\.b is not a string/],
      ["ssm", "AmazonSSM.PutParameter", '{"Name":["a"]}', /Name is not a string/],
      ["ssm", "AmazonSSM.GetParametersByPath", '{"Path":"/","Recursive":"yes"}', /Recursive is not a boolean/],
      [
        "kinesisanalytics",
        "KinesisAnalytics_20180523.UpdateApplication",
        '{"ApplicationConfigurationUpdate":7}',
        /not a structure/,
      ],
      [
        "monitoring",
        "GraniteServiceVersion20100801.PutMetricAlarm",
        '{"Metrics":[{"Id":{}}]}',
        /Metrics\[0\]\.Id is not a string/,
      ],
      [
        "application-autoscaling",
        "AnyScaleFrontendService.RegisterScalableTarget",
        '{"MinCapacity":{}}',
        /MinCapacity is not a number/,
      ],
    ];
    for (const [service, target, body, text] of wrong) {
      const answer = await callJson(port, service, target, body);
      assertJsonError(answer, "SerializationException", target);
      assert.match(String(answer.json?.["message"]), text);
    }
  });

  it("takes no names from Object's prototype for members", async () => {
    const body = '{"__proto__":{"StreamName":"a"},"constructor":1,"toString":{"a":1}}';
    const answer = await callJson(port, "kinesis", "Kinesis_20131202.ListStreams", body);
    assert.equal(answer.status, 200);
    for (const operation of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      assertJsonError(
        await callJson(port, "kinesis", `Kinesis_20131202.${operation}`, "{}"),
        "UnknownOperationException",
        operation,
      );
    }
  });

  it("answers UnknownOperationException to targets, services and operations that it doesn't know", async () => {
    for (const target of ["Kinesis_20131202.Nothing", "Kinesis_20131202.PutRecordInput", "DynamoDB_20120810.ListTables", "a.b"]) {
      assertJsonError(await callJson(port, "kinesis", target, "{}"), "UnknownOperationException", target);
    }
    for (const target of ["Kinesis_20131202", ".ListStreams", "Kinesis_20131202.", ""]) {
      assertJsonError(await callJson(port, "kinesis", target, "{}"), "UnknownOperationException", target, 404);
    }
  });

  it("answers UnknownOperationException to every method but POST", async () => {
    for (const method of ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]) {
      const headers = { "x-amz-target": "Kinesis_20131202.ListStreams" };
      const request = await signed(port, { method, headers, body: method === "GET" ? "" : "{}" }, { service: "kinesis" });
      assertJsonError(await send(port, request), "UnknownOperationException", method, 404);
    }
    assert.equal((await send(port, { method: "HEAD" })).status, 404);
  });

  // Source: Troubleshoot Signature Version 4 signing for AWS API requests
  it("answers AWS's authentication errors to unsigned and half signed calls", async () => {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "Kinesis_20131202.ListStreams" };
    const unsigned = await send(port, { headers, body: "{}" });
    assertJsonError(unsigned, "MissingAuthenticationTokenException", "unsigned");
    assert.equal(unsigned.json?.["message"], "Missing Authentication Token");
    const whole = await signed(port, { headers, body: "{}" }, { service: "kinesis" });
    const halves: [string, string | undefined, RegExp][] = [
      ["Bearer abc", undefined, /missing equal-sign/],
      [
        "AWS4-HMAC-SHA256 Credential=a/20260105/us-east-1/kinesis/aws4_request",
        undefined,
        /requires 'Signature' .*requires 'SignedHeaders'/,
      ],
      [whole.headers["authorization"]!, "", /existence of either a 'X-Amz-Date'/],
      [whole.headers["authorization"]!, "20261399T999999Z", /existence of either a 'X-Amz-Date'/],
    ];
    for (const [authorization, date, text] of halves) {
      const half = { ...whole.headers, authorization, ...(date === undefined ? {} : { "x-amz-date": date }) };
      const answer = await send(port, { ...whole, headers: half });
      assertJsonError(answer, "IncompleteSignatureException", authorization);
      assert.match(String(answer.json?.["message"]), text);
    }
  });

  // Source: Troubleshoot Signature Version 4 signing for AWS API requests
  it("answers InvalidSignatureException when anything that was signed differs", async () => {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "Kinesis_20131202.ListStreams" };
    const whole = await signed(port, { path: "/?a=1", headers, body: '{"Limit":1}' }, { service: "kinesis" });
    assert.equal((await send(port, whole)).status, 200);
    const changed = [
      { ...whole, body: '{"Limit":2}' },
      { ...whole, path: "/?a=2" },
      { ...whole, path: "/b?a=1" },
      { ...whole, headers: { ...whole.headers, "x-amz-target": "Kinesis_20131202.DeleteStream" } },
      { ...whole, headers: { ...whole.headers, "x-amz-date": "20260105T000000Z" } },
      { ...whole, headers: { ...whole.headers, host: "localhost" } },
      {
        ...whole,
        headers: {
          ...whole.headers,
          authorization: whole.headers["authorization"]!.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
        },
      },
    ];
    for (const request of changed) assertJsonError(await send(port, request), "InvalidSignatureException", request.path);
  });

  // Source: Troubleshoot Signature Version 4 signing for AWS API requests
  it("answers InvalidSignatureException to a credential of another service or region, and to one that doesn't sign Host", async () => {
    const call = {
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "Kinesis_20131202.ListStreams" },
      body: "{}",
    };
    const service = await send(port, await signed(port, call, { service: "ssm" }));
    assertJsonError(service, "InvalidSignatureException", "service");
    assert.match(service.text, /Credential should be scoped to correct service: 'kinesis'/);
    const region = await send(port, await signed(port, call, { service: "kinesis", region: "eu-west-1" }));
    assertJsonError(region, "InvalidSignatureException", "region");
    assert.match(region.text, /Credential should be scoped to a valid region, not 'eu-west-1'/);
    const whole = await signed(port, call, { service: "kinesis" });
    const authorization = whole.headers["authorization"]!.replace(";host", "");
    const host = await send(port, { ...whole, headers: { ...whole.headers, authorization } });
    assert.match(host.text, /'Host' or ':authority' must be a 'SignedHeader'/);
  });

  it("answers 413 with AWS's error shape to a body over 14 MiB, announced or chunked, and goes on answering", async () => {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "Kinesis_20131202.PutRecords" };
    const body = Buffer.alloc(15 * 1024 * 1024, "x");
    for (const more of [{}, { "transfer-encoding": "chunked" }] as Record<string, string>[]) {
      const answer = await send(port, { headers: { ...headers, ...more }, body });
      assertJsonError(answer, "RequestEntityTooLargeException", "huge", 413);
    }
    assert.equal((await callJson(port, "kinesis", "Kinesis_20131202.ListStreams", "{}")).status, 200);
  });

  // Source: the sandbox's own
  it("answers within the time of its bytes, whatever a body asks a parser to do", async () => {
    // The same number of bytes as one text: what reading, hashing and sending takes.
    const harmless = async (bytes: number) => {
      const began = performance.now();
      await callCbor(port, "DescribeAlarms", encode({ AlarmNamePrefix: "a".repeat(bytes) }));
      return performance.now() - began;
    };
    const megabyte = 1024 * 1024;
    const allowed = 1_000 + 10 * (await harmless(megabyte));
    const number = Buffer.concat([Buffer.from([0xc2, 0x5a, 0, 0x10, 0, 0]), Buffer.alloc(megabyte, 1)]);
    const hostile: Record<string, Buffer> = {
      "an integer of 1 MiB": number,
      "a member that is one": Buffer.concat([Buffer.from([0xa1, 0x61, 0x61]), number]),
      "a decimal with the exponent 2^28": Buffer.from([0xc4, 0x82, 0x1a, 0x10, 0, 0, 0, 1]),
      "lists that say they have 30 million items": Buffer.concat(Array(60).fill(Buffer.from([0x9a, 0x01, 0xc9, 0xc3, 0x80]))),
      "a million lists in each other": Buffer.alloc(megabyte, 0x81),
      "a million endless lists": Buffer.alloc(megabyte, 0x9f),
      "a million empty lists": Buffer.concat([Buffer.from([0x9a, 0, 0x10, 0, 0]), Buffer.alloc(megabyte, 0x80)]),
    };
    for (const [what, body] of Object.entries(hostile)) {
      const began = performance.now();
      assertCborError(await callCbor(port, "DescribeAlarms", body), "SerializationException", what);
      const took = performance.now() - began;
      assert.ok(took < allowed, `${what}: ${Math.round(took)} ms of ${Math.round(allowed)}`);
    }
    for (const body of ["[".repeat(megabyte) + "]".repeat(megabyte), `{"a":[${"[],".repeat(megabyte)}1]}`]) {
      const began = performance.now();
      const answer = await callJson(port, "kinesis", "Kinesis_20131202.ListStreams", body);
      assertJsonError(answer, "SerializationException", body.slice(0, 10));
      assert.match(String(answer.json?.["message"]), /nested deeper than 64 levels|more than 1000000 values/);
      assert.ok(performance.now() - began < 2 * allowed, `${performance.now() - began} ms of ${2 * allowed}`);
    }
  });

  // Source: Smithy RPC v2 CBOR protocol (Smithy specification); AWS Query compatible trait
  it("reads CBOR with tagged dates and answers in CBOR", async () => {
    const at = new Date(endpoint.cloud.clock.now() - 600_000);
    const put = await callCbor(
      port,
      "PutMetricData",
      encode({ Namespace: "Wire", MetricData: [{ MetricName: "m", Value: 2.5, Timestamp: dateToTag(at) }] }),
    );
    assert.equal(put.status, 200);
    assert.deepEqual(decode(put.body), {});
    const query = {
      StartTime: dateToTag(new Date(at.getTime() - 60_000)),
      EndTime: at.getTime() / 1000 + 60,
      MetricDataQueries: [{ Id: "m", MetricStat: { Metric: { Namespace: "Wire", MetricName: "m" }, Period: 60, Stat: "Sum" } }],
    };
    const answer = decode((await callCbor(port, "GetMetricData", encode(query))).body);
    assert.deepEqual(answer.MetricDataResults[0].Values, [2.5]);
    assert.deepEqual(answer.MetricDataResults[0].Timestamps, [dateToTag(at)]);
  });

  // Source: AWS JSON 1.1 protocol, Smithy RPC v2 CBOR protocol (Smithy specifications); Common error types
  it("answers SerializationException in CBOR to what isn't a CBOR map or has wrong types", async () => {
    const bodies: Record<string, Buffer> = {
      "cut off": encode({ AlarmNames: ["abc"] }).subarray(0, 12),
      "a list": encode([1]),
      null: encode(null),
      "a break alone": Buffer.from([0xff]),
      "a list of 2^31 elements": Buffer.from([0x9a, 0x7f, 0xff, 0xff, 0xff]),
      "a map of 2^63 entries": Buffer.from([0xbb, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
      "a string of 2^31 bytes": Buffer.from([0x7a, 0x7f, 0xff, 0xff, 0xff, 0x61]),
      "100,000 nested lists": Buffer.alloc(100_000, 0x81),
      "100,000 nested tags": Buffer.alloc(100_000, 0xc1),
      "a wrong type": encode({ AlarmNames: "abc" }),
      "a number for a timestamp's text": encode({ StateValue: 1 }),
      "a date beyond dates": encode({ StartDate: tag({ tag: 1, value: 1e300 }) }),
      JSON: Buffer.from("{}"),
    };
    for (const [what, body] of Object.entries(bodies)) {
      const operation = what.includes("date") ? "DescribeAlarmHistory" : "DescribeAlarms";
      assertCborError(await callCbor(port, operation, body), "SerializationException", what);
    }
  });

  // Source: Smithy RPC v2 CBOR protocol (Smithy specification); AWS Query compatible trait
  it("gives errors in CBOR with the query protocol's code where the client asks for it", async () => {
    const body = encode({ DashboardName: "none" });
    const answer = await callCbor(port, "GetDashboard", body, { "x-amzn-query-mode": "true" });
    assert.equal(answer.status, 404);
    assert.equal(decode(answer.body).__type, "com.amazonaws.cloudwatch#DashboardNotFoundError");
    assert.equal(answer.headers["x-amzn-query-error"], "ResourceNotFound;Sender");
    assert.equal((await callCbor(port, "GetDashboard", body)).headers["x-amzn-query-error"], undefined);
  });

  // Source: Smithy RPC v2 CBOR protocol (Smithy specification); AWS Query compatible trait
  it("never fails with 5xx, whatever bytes come as CBOR", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        const answer = await callCbor(port, "DescribeAlarms", Buffer.from(bytes));
        assert.ok(answer.status < 500, `${answer.status}`);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
