// Source: the sandbox's own
import assert = require("node:assert/strict");
import { caller, kinesisFixture } from "./fixture";

describe("injected faults", () => {
  it("fail the next calls of an operation with the code that was ordered, and then no more", () => {
    const { call, kinesis } = kinesisFixture();
    kinesis.failNext("DescribeStreamSummary", "InternalFailure", { message: "Down.", times: 2, statusCode: 500 });
    for (let i = 0; i < 2; i++) {
      assert.throws(() => call("DescribeStreamSummary", { StreamName: "s" }), {
        name: "InternalFailure",
        message: "Down.",
        statusCode: 500,
      });
    }
    assert.equal(call("DescribeStreamSummary", { StreamName: "s" }).StreamDescriptionSummary.StreamName, "s");
  });
});

it("every operation answers without a clock tick of its own: the same calls give the same answers", () => {
  const run = () => {
    const { kinesis, call } = kinesisFixture({ shards: 3 });
    call("PutRecord", { StreamName: "s", PartitionKey: "k", Data: Buffer.from("x") });
    return JSON.stringify([kinesis.operations.DescribeStream!({ StreamName: "s" }, caller), kinesis.billing("s")]);
  };
  assert.equal(run(), run());
});
