// Source: AWS Query protocol (Smithy specification); Common error types
import { strict as assert } from "node:assert";
import { cbor } from "@smithy/core/cbor";
import { openEndpoint, send, signed, type Endpoint, type RawAnswer, type RawRequest } from "./fixture";

const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
const target = { "content-type": "application/x-amz-json-1.0", "x-amz-target": "DynamoDB_20120810.ListTables" };
const served =
  /this endpoint speaks AWS JSON and Smithy RPC v2 CBOR, for kinesis, .*logs, and serves REST APIs under \/execute-api/;

/** Answers in the protocol that was spoken, so that the client can tell what is wrong. */
describe("services that the endpoint lacks", () => {
  let endpoint: Endpoint;
  before(async () => (endpoint = await openEndpoint()));
  after(() => endpoint.server.close());

  const ask = async (service: string, request: RawRequest): Promise<RawAnswer> =>
    send(endpoint.server.port, await signed(endpoint.server.port, request, { service }));
  const xml = (answer: RawAnswer, status: number, pattern: RegExp) => {
    assert.deepEqual([answer.status, answer.headers["content-type"]], [status, "text/xml"], answer.text);
    assert.match(answer.text, pattern);
    assert.match(answer.text, served);
  };

  it("answer XML to AWS Query", async () => {
    const pattern =
      /<ErrorResponse><Error><Type>Sender<\/Type><Code>InvalidAction<\/Code><Message>The sandbox has no (iam|sns|sts) here/;
    for (const service of ["iam", "sns", "sts"])
      xml(await ask(service, { headers: form, body: "Action=Get&Version=2010-05-08" }), 400, pattern);
    xml(await ask("iam", { method: "GET", path: "/?Action=ListUsers&Version=2010-05-08" }), 400, pattern);
  });

  // Source: EC2 Query protocol (Smithy specification)
  it("answer XML of its own to EC2 Query", async () => {
    const answer = await ask("ec2", { headers: form, body: "Action=DescribeRegions&Version=2016-11-15" });
    xml(answer, 400, /<Response><Errors><Error><Code>InvalidAction<\/Code>/);
  });

  // Source: the sandbox's own
  it("say that CloudWatch's query protocol isn't spoken", async () => {
    const answer = await ask("monitoring", { headers: form, body: "Action=ListMetrics&Version=2010-08-01" });
    xml(answer, 400, /The sandbox's monitoring speaks AWS JSON and Smithy RPC v2 CBOR only/);
    xml(await send(endpoint.server.port, { body: "Action=ListMetrics" }), 400, /No operation is named/);
  });

  // Source: AWS REST-XML protocol (Smithy specification); Error responses (S3)
  it("answer S3's XML to S3, and the other REST-XML services theirs", async () => {
    xml(await ask("s3", { method: "GET", path: "/bucket/key" }), 501, /^<\?xml[^>]+>\n<Error><Code>NotImplemented<\/Code>/);
    xml(await ask("route53", { method: "GET", path: "/2013-04-01/hostedzone" }), 404, /<ErrorResponse><Error>/);
  });

  // Source: AWS REST-JSON and AWS JSON protocols (Smithy specifications)
  it("answer JSON to REST-JSON and AWS JSON", async () => {
    const rest = await ask("lambda", { method: "GET", path: "/2015-03-31/functions" });
    assert.deepEqual([rest.status, rest.headers["x-amzn-errortype"]], [404, "UnknownOperationException"]);
    assert.match(String(rest.json?.["message"]), /^The sandbox has no lambda here/);
    const json = await ask("dynamodb", { headers: target, body: "{}" });
    assert.deepEqual([json.status, json.headers["content-type"]], [400, "application/x-amz-json-1.0"]);
    assert.match(String(json.json?.["message"]), /^The sandbox has no dynamodb here/);
    assert.match(String(json.json?.["message"]), served);
  });

  // Source: Smithy RPC v2 CBOR protocol (Smithy specification)
  it("answer CBOR to RPC v2 CBOR", async () => {
    const headers = { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };
    const answer = await ask("arc", { path: "/service/Other/operation/List", headers, body: Buffer.from(cbor.serialize({})) });
    assert.deepEqual([answer.status, answer.headers["content-type"]], [400, "application/cbor"]);
    assert.match(cbor.deserialize(answer.body).message, /^The sandbox has no arc here/);
  });
});
