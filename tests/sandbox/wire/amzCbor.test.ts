// Source: SdkStructuredCborFactory and the Kinesis client of the AWS SDK for Java; the front end of Kinesis
import { strict as assert } from "node:assert";
import { cbor, tag } from "@smithy/core/cbor";
import type { Shape } from "../../../sandbox/core/cloud";
import { openStack, send, signed, start } from "./fixture";

const contentType = "application/x-amz-cbor-1.1";

/** What SDKs for Java speak to Kinesis: AWS JSON's headers, CBOR's bodies, times in milliseconds. */
describe("the CBOR of the SDKs for Java", function () {
  this.timeout(60_000);
  let stack: Awaited<ReturnType<typeof openStack>>;
  before(async () => (stack = await openStack()));
  after(() => stack.server.close());

  const call = async (operation: string, body: Buffer) => {
    const headers = { "content-type": contentType, "x-amz-target": `Kinesis_20131202.${operation}` };
    const answer = await send(stack.server.port, await signed(stack.server.port, { headers, body }, { service: "kinesis" }));
    assert.equal(answer.headers["content-type"], contentType);
    return { ...answer, value: cbor.deserialize(answer.body) as Shape };
  };
  const ask = (operation: string, input: object) => call(operation, Buffer.from(cbor.serialize(input)));

  it("puts and gets records as bytes, with arrival times in milliseconds", async () => {
    const Data = Buffer.from([0, 255, 10]);
    const { value: put } = await ask("PutRecord", { StreamName: "sluice-dev", PartitionKey: "a", Data });
    const iterator = { StreamName: "sluice-dev", ShardId: put.ShardId, ShardIteratorType: "AT_TIMESTAMP" };
    const { value: from } = await ask("GetShardIterator", { ...iterator, Timestamp: tag({ tag: 1, value: start }) });
    const { value } = await ask("GetRecords", { ShardIterator: from.ShardIterator });
    assert.deepEqual(
      value.Records.map((record: Shape) => [Buffer.from(record.Data), record.ApproximateArrivalTimestamp.value]),
      [[Data, stack.cloud.clock.now()]],
    );
    const later = tag({ tag: 1, value: stack.cloud.clock.now() + 1 });
    const refused = await ask("GetShardIterator", { ...iterator, Timestamp: later });
    assert.match(refused.value.message, /cannot be greater than the currentTimestampInMillis/);
  });

  it("reads maps without a length, as Java's writer makes them", async () => {
    const endless = Buffer.concat([Buffer.from([0xbf]), Buffer.from(cbor.serialize("StreamName"))]);
    const body = Buffer.concat([endless, Buffer.from(cbor.serialize("sluice-dev")), Buffer.from([0xff])]);
    const { value } = await call("DescribeStreamSummary", body);
    assert.equal(value.StreamDescriptionSummary.StreamStatus, "ACTIVE");
  });

  it("answers errors in it, with the code in the header too", async () => {
    const { status, headers, value } = await ask("DescribeStreamSummary", { StreamName: "none" });
    assert.deepEqual([status, headers["x-amzn-errortype"]], [400, "ResourceNotFoundException"]);
    assert.deepEqual(value, {
      __type: "ResourceNotFoundException",
      message: "Stream none under account 123456789012 not found.",
    });
    const wrongTime = await ask("GetShardIterator", { StreamName: "sluice-dev", Timestamp: "5" });
    assert.equal(wrongTime.value.__type, "SerializationException");
  });
});
